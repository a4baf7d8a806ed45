package org.latchkey.cas;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A regular expression for URLs, taken apart where the URL is: scheme, host with port, and path are each matched from end
 * to end by their part of it. So what stands for a host cannot run on into the path: {@code https://.*\.example\.org/.*}
 * is not {@code https://evil.example/.example.org/}. An expression whose host part takes any host at all is none.
 *
 * <p>It must therefore have {@code ://} and a path, both outside of groups and classes; a group or an alternative that spans
 * more than one part is refused. A {@code ^} in front and a {@code $} behind say what holds anyway. Scheme and host are
 * compared in lower case, the path as {@link ServiceUrl} writes it, without query. What takes too much work does not match.
 */
final class UrlPattern {

    private static final Logger LOG = LoggerFactory.getLogger(UrlPattern.class);

    /** Hosts that nobody can have in mind (RFC 6761, RFC 5737): whatever takes several of them takes any. */
    private static final List<String> FOREIGN =
            List.of("latchkey-probe.invalid", "q7.x-0.invalid:8443", "probe.example.zz9.test", "192.0.2.77");

    private static final String AROUND_HOST = "://";

    private final String expression;
    private final Pattern scheme;
    private final Pattern authority;
    private final Pattern path;
    private final AtomicBoolean warned = new AtomicBoolean();

    private UrlPattern(String expression, String scheme, String authority, String path) {
        this.expression = expression;
        this.scheme = Pattern.compile(scheme);
        this.authority = Pattern.compile(authority);
        this.path = Pattern.compile(path);
    }

    /**
     * Reads an expression.
     *
     * @throws java.util.regex.PatternSyntaxException if it, or a part of it, is malformed
     * @throws IllegalArgumentException with a sentence for the operator, if it cannot be taken apart or takes any host
     */
    static UrlPattern of(String expression) {
        if (expression.length() > ServiceUrl.LONGEST) {
            throw new IllegalArgumentException(
                    "Its url is a pattern of more than " + ServiceUrl.LONGEST + " characters.");
        }
        Pattern.compile(expression); // its own fault first, before a part is blamed
        List<Token> tokens = withoutAnchors(Token.all(expression));
        int colon = find(tokens, 0, AROUND_HOST);
        int slash = colon < 0 ? -1 : find(tokens, colon + AROUND_HOST.length(), "/");
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "Its url is a pattern without :// and a path outside of groups: write https://host/path.");
        }
        if (find(tokens, slash, AROUND_HOST) >= 0) {
            throw new IllegalArgumentException(
                    "Its url is a pattern for several URLs: make each a service of its own.");
        }
        UrlPattern pattern = new UrlPattern(
                expression,
                text(tokens.subList(0, colon)),
                text(tokens.subList(colon + AROUND_HOST.length(), slash)),
                text(tokens.subList(slash, tokens.size())));
        if (FOREIGN.stream()
                        .filter(each -> pattern.matches(pattern.authority, each))
                        .count()
                > 1) {
            throw new IllegalArgumentException("Its url is a pattern that takes any host.");
        }
        return pattern;
    }

    boolean matches(ServiceUrl url) {
        return matches(scheme, url.scheme()) && matches(authority, url.authority()) && matches(path, url.path());
    }

    private boolean matches(Pattern part, String text) {
        try {
            return part.matcher(new BoundedText(text)).matches();
        } catch (BoundedText.TooMuchWork | StackOverflowError tooMuch) {
            if (warned.compareAndSet(false, true)) {
                LOG.atWarn()
                        .addKeyValue("pattern", expression)
                        .log("a pattern takes too much work; some URLs do not match it");
            }
            return false;
        }
    }

    private static List<Token> withoutAnchors(List<Token> tokens) {
        int from = !tokens.isEmpty() && tokens.get(0).text().equals("^") ? 1 : 0;
        int to = tokens.size();
        return tokens.subList(from, to > from && tokens.get(to - 1).text().equals("$") ? to - 1 : to);
    }

    /** Where these characters stand for themselves, one after the other; -1 if nowhere. */
    private static int find(List<Token> tokens, int from, String characters) {
        for (int at = from; at + characters.length() <= tokens.size(); at++) {
            int same = 0;
            while (same < characters.length() && tokens.get(at + same).stands(characters.charAt(same))) {
                same++;
            }
            if (same == characters.length()) {
                return at;
            }
        }
        return -1;
    }

    private static String text(List<Token> tokens) {
        StringBuilder text = new StringBuilder();
        tokens.forEach(token -> text.append(token.text()));
        return text.toString();
    }

    /**
     * A piece of an expression that cannot be taken apart.
     *
     * @param text as it is written
     * @param isOuter whether it is outside of groups
     */
    private record Token(String text, boolean isOuter) {

        /** All of an expression that compiles. */
        static List<Token> all(String expression) {
            List<Token> all = new ArrayList<>();
            int depth = 0;
            for (int at = 0; at < expression.length(); ) {
                int end = end(expression, at);
                String text = expression.substring(at, end);
                depth += text.equals("(") ? 1 : 0;
                all.add(new Token(text, depth == 0));
                depth -= text.equals(")") ? 1 : 0;
                at = end;
            }
            return all;
        }

        private static int end(String expression, int at) {
            if (expression.startsWith("\\Q", at)) {
                int close = expression.indexOf("\\E", at);
                return close < 0 ? expression.length() : close + 2;
            }
            return switch (expression.charAt(at)) {
                case '\\' -> Math.min(at + 2, expression.length());
                case '[' -> endOfClass(expression, at);
                default -> at + 1;
            };
        }

        private static int endOfClass(String expression, int from) {
            int open = 0;
            for (int at = from; at < expression.length(); ) {
                char each = expression.charAt(at);
                at = each == '[' ? at + 1 : end(expression, at);
                open += each == '[' ? 1 : each == ']' ? -1 : 0;
                if (open == 0) {
                    return at;
                }
            }
            return expression.length();
        }

        /** Whether it is this character and no other, escaped or not. */
        boolean stands(char character) {
            return isOuter && (text.equals(String.valueOf(character)) || text.equals("\\" + character));
        }
    }
}
