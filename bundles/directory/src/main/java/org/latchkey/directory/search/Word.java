package org.latchkey.directory.search;

import org.latchkey.directory.search.Token.Kind;

/** Reads one word of a query: to the next space or parenthesis that is neither quoted nor escaped. */
final class Word {

    private static final int NONE = -1;

    private final String query;
    private final int start;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder field = new StringBuilder();
    private int valueAt = NONE;
    private int at;

    Word(String query, int start) {
        this.query = query;
        this.start = start;
        this.at = start;
        while (at < query.length() && !isDelimiter(query.charAt(at))) {
            read(query.charAt(at));
        }
    }

    int end() {
        return at;
    }

    Token term() {
        if (valueAt == NONE) {
            refuseEmpty(start);
            return new Token(Kind.TERM, start, "", start, text.toString());
        }
        if (field.isEmpty()) {
            throw Malformed.at(query, start, "expected the name of a field before the colon.");
        }
        refuseEmpty(valueAt);
        return new Token(Kind.TERM, start, field.toString(), valueAt, text.toString());
    }

    private void refuseEmpty(int where) {
        if (text.isEmpty()) {
            throw Malformed.at(query, where, "expected what to look for; an empty text is found by NOT and *.");
        }
    }

    private void read(char character) {
        switch (character) {
            case '"' -> quotation();
            case '\\' -> escaped();
            case '*' -> take(Glob.STAR);
            case '?' -> take(Glob.ANY);
            case ':' -> colon();
            default -> take(character);
        }
    }

    /** The first colon ends the name of the field; others are what is looked for. */
    private void colon() {
        if (valueAt != NONE) {
            take(':');
            return;
        }
        at++;
        valueAt = at;
        field.append(text.toString().replace(Glob.STAR, '*').replace(Glob.ANY, '?'));
        text.setLength(0);
    }

    /** Within quotation marks nothing has a meaning but the backslash. */
    private void quotation() {
        int opened = at++;
        while (at < query.length() && query.charAt(at) != '"') {
            if (query.charAt(at) == '\\') {
                escaped();
            } else {
                take(query.charAt(at));
            }
        }
        if (at == query.length()) {
            throw Malformed.at(query, opened, "expected another \" where the quotation ends.");
        }
        at++;
    }

    private void escaped() {
        if (at + 1 == query.length()) {
            throw Malformed.at(query, at, "expected a character after the backslash.");
        }
        at++;
        take(query.charAt(at));
    }

    private void take(char character) {
        text.append(character);
        at++;
    }

    private static boolean isDelimiter(char character) {
        return character == '(' || character == ')' || Lexer.isSpace(character);
    }
}
