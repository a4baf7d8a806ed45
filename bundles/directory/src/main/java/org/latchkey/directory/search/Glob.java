package org.latchkey.directory.search;

import java.util.List;

/**
 * What a value has to look like as a whole: text in which a star is any number of characters and a question mark is
 * one. Compared to {@link Fold folded} text only.
 */
final class Glob {

    /** A query has no control characters, so two of them are free to be the wildcards. */
    static final char STAR = '\u0001';

    static final char ANY = '\u0002';

    private final String text;
    private final List<String> parts;

    private Glob(String text) {
        this.text = text;
        this.parts = List.of(text.split(String.valueOf(STAR), -1));
    }

    /** Of text with {@link #STAR} and {@link #ANY} in it. */
    static Glob of(String text) {
        return new Glob(Fold.of(text));
    }

    /** Whether there is no wildcard in it. */
    boolean isExact() {
        return head().length() == text.length();
    }

    /** The text before the first wildcard. */
    String head() {
        int end = 0;
        while (end < text.length() && text.charAt(end) != STAR && text.charAt(end) != ANY) {
            end++;
        }
        return text.substring(0, end);
    }

    boolean matches(String folded) {
        if (parts.size() == 1) {
            return end(text, folded, 0) == folded.length();
        }
        int at = end(parts.get(0), folded, 0);
        for (int i = 1; i < parts.size() - 1 && at >= 0; i++) {
            at = endOfNext(parts.get(i), folded, at);
        }
        return at >= 0 && isAtEnd(parts.get(parts.size() - 1), folded, at);
    }

    /** The leftmost place is as good as any: it leaves the most for what follows. */
    private static int endOfNext(String part, String folded, int from) {
        if (part.indexOf(ANY) < 0) {
            int start = folded.indexOf(part, from);
            return start < 0 ? -1 : start + part.length();
        }
        for (int start = from; start <= folded.length(); start = next(folded, start)) {
            int end = end(part, folded, start);
            if (end >= 0) {
                return end;
            }
        }
        return -1;
    }

    private static boolean isAtEnd(String part, String folded, int from) {
        if (part.indexOf(ANY) < 0) {
            return folded.length() - part.length() >= from && folded.endsWith(part);
        }
        for (int start = from; start <= folded.length(); start = next(folded, start)) {
            if (end(part, folded, start) == folded.length()) {
                return true;
            }
        }
        return false;
    }

    /** Where the part ends that begins at a place of the text, -1 if it does not. */
    private static int end(String part, String folded, int start) {
        int at = start;
        for (int i = 0; i < part.length(); i++) {
            if (at >= folded.length()) {
                return -1;
            }
            if (part.charAt(i) == ANY) {
                at = next(folded, at);
            } else if (part.charAt(i) == folded.charAt(at)) {
                at++;
            } else {
                return -1;
            }
        }
        return at;
    }

    /** The place after one whole character; beyond the end after the last. */
    private static int next(String text, int at) {
        return at + (at < text.length() ? Character.charCount(text.codePointAt(at)) : 1);
    }

    /** With a wildcard that stands for itself in brackets. */
    @Override
    public String toString() {
        return text.replace("*", "[*]").replace("?", "[?]").replace(STAR, '*').replace(ANY, '?');
    }
}
