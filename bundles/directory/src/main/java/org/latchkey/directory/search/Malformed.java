package org.latchkey.directory.search;

import org.latchkey.api.Refusal;

/** What is said of a query that is none: where, and what was expected there. */
final class Malformed {

    private static final String QUERY = "/q";

    private Malformed() {}

    /** @param at place in the query; told as a column, counted in characters from 1 */
    static Refusal at(String query, int at, String message) {
        return Refusal.invalid(QUERY, "Column " + (query.codePointCount(0, at) + 1) + ": " + message);
    }

    static Refusal asAWhole(String message) {
        return Refusal.invalid(QUERY, message);
    }
}
