package org.latchkey.admin;

import java.util.List;
import java.util.Optional;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Request;

/**
 * Which part of a list a request wants.
 *
 * @param query {@code q}, {@code *} if not given
 * @param cursor {@code cursor} of the page before, empty for the first
 * @param limit 1 to 1,000, 100 if not given
 */
record Paging(String query, String cursor, int limit) {

    private static final int MOST = 1_000;

    static Paging of(Request request) {
        return new Paging(single(request, "q", "*"), single(request, "cursor", ""), limit(request));
    }

    private static int limit(Request request) {
        String text = single(request, "limit", "100");
        if (text.length() <= 4 && !text.isEmpty() && text.chars().allMatch(each -> each >= '0' && each <= '9')) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        }
        throw invalid("The limit must be a number from 1 to 1000.");
    }

    /** A parameter that may be there once. */
    static Optional<String> single(Request request, String name) {
        List<String> values = request.query(name);
        if (values.size() > 1) {
            throw invalid("The parameter " + name + " is there twice.");
        }
        return values.stream().findFirst();
    }

    private static String single(Request request, String name, String absent) {
        return single(request, name).orElse(absent);
    }

    private static Refusal invalid(String message) {
        return Refusal.of(Refusal.Kind.INVALID, "invalid", message);
    }
}
