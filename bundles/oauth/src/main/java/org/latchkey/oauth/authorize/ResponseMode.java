package org.latchkey.oauth.authorize;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How parameters reach the client (OAuth 2.0 Multiple Response Types; OAuth 2.0 Form Post Response Mode), as they are or in a
 * signed JWT (JARM, 2.3).
 */
enum ResponseMode {
    QUERY("query", Way.QUERY),
    FRAGMENT("fragment", Way.FRAGMENT),
    FORM_POST("form_post", Way.FORM_POST),
    QUERY_JWT("query.jwt", Way.QUERY),
    FRAGMENT_JWT("fragment.jwt", Way.FRAGMENT),
    FORM_POST_JWT("form_post.jwt", Way.FORM_POST);

    /** The usual one of a response type, in a JWT. */
    private static final String JWT = "jwt";

    private final String word;
    private final Way way;

    /** What carries them. */
    enum Way {
        QUERY,
        FRAGMENT,
        FORM_POST
    }

    ResponseMode(String word, Way way) {
        this.word = word;
        this.way = way;
    }

    Way way() {
        return way;
    }

    boolean isSigned() {
        return word.endsWith(JWT);
    }

    /** All words that a request may say. */
    static Set<String> words() {
        Set<String> all = new TreeSet<>(Set.of(JWT));
        for (ResponseMode mode : values()) {
            all.add(mode.word);
        }
        return all;
    }

    /** The one of that word, in a request for a response type. */
    static Optional<ResponseMode> of(String word, String responseType) {
        if (word.equals(JWT)) {
            return Optional.of(usual(responseType) == QUERY ? QUERY_JWT : FRAGMENT_JWT);
        }
        for (ResponseMode mode : values()) {
            if (mode.word.equals(word)) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }

    /** The one of a response type that names none: only codes may be in a query. */
    static ResponseMode usual(String responseType) {
        return responseType.equals("code") || responseType.equals("none") ? QUERY : FRAGMENT;
    }

    /** Whether what a response type gives out may go this way. */
    boolean fits(String responseType) {
        return way != Way.QUERY || usual(responseType) == QUERY;
    }
}
