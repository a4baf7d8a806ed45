package org.latchkey.directory.search;

import org.latchkey.directory.search.Token.Kind;

/** Cuts a query into its parts. */
final class Lexer {

    private final String query;
    private int at;

    Lexer(String query) {
        this.query = query;
        refuseWhatIsNoText();
    }

    Token next() {
        while (at < query.length() && isSpace(query.charAt(at))) {
            at++;
        }
        if (at == query.length()) {
            return Token.of(Kind.END, at);
        }
        return switch (query.charAt(at)) {
            case '(' -> Token.of(Kind.OPEN, at++);
            case ')' -> Token.of(Kind.CLOSE, at++);
            case '+' -> sign(Kind.PLUS);
            case '-' -> sign(Kind.MINUS);
            default -> word();
        };
    }

    private Token sign(Kind kind) {
        Token sign = Token.of(kind, at++);
        if (at == query.length() || isSpace(query.charAt(at))) {
            throw Malformed.at(query, at, "expected a term right after " + kind + ".");
        }
        return sign;
    }

    private Token word() {
        int start = at;
        Word word = new Word(query, start);
        at = word.end();
        return switch (query.substring(start, at)) {
            case "AND" -> Token.of(Kind.AND, start);
            case "OR" -> Token.of(Kind.OR, start);
            case "NOT" -> Token.of(Kind.NOT, start);
            default -> word.term();
        };
    }

    /** Control characters have no place in a query, and half a character (a lone surrogate) is no text at all. */
    private void refuseWhatIsNoText() {
        for (int i = 0; i < query.length(); i += Character.charCount(query.codePointAt(i))) {
            int point = query.codePointAt(i);
            if (Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE) {
                throw Malformed.at(query, i, "there is a control character, or half a character.");
            }
        }
    }

    static boolean isSpace(char character) {
        return Character.isSpaceChar(character);
    }
}
