package org.latchkey.oauth.authorize;

import java.util.Optional;

/** How parameters reach the client (OAuth 2.0 Multiple Response Types; OAuth 2.0 Form Post Response Mode). */
enum ResponseMode {
    QUERY("query"),
    FRAGMENT("fragment"),
    FORM_POST("form_post");

    private final String word;

    ResponseMode(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    static Optional<ResponseMode> of(String word) {
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
}
