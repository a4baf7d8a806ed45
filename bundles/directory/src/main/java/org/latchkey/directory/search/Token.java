package org.latchkey.directory.search;

/**
 * A part of a query.
 *
 * @param at where it begins
 * @param field of a {@link Kind#TERM}: what stands before the colon, empty if there is none
 * @param valueAt of a term: where what is looked for begins
 * @param value of a term: what is looked for, with the wildcards of {@link Glob}
 */
record Token(Kind kind, int at, String field, int valueAt, String value) {

    enum Kind {
        TERM("a term"),
        AND("AND"),
        OR("OR"),
        NOT("NOT"),
        PLUS("+"),
        MINUS("-"),
        OPEN("("),
        CLOSE(")"),
        END("the end");

        private final String shown;

        Kind(String shown) {
            this.shown = shown;
        }

        @Override
        public String toString() {
            return shown;
        }
    }

    static Token of(Kind kind, int at) {
        return new Token(kind, at, "", at, "");
    }
}
