package org.latchkey.directory.search;

import java.util.ArrayList;
import java.util.List;
import org.latchkey.directory.search.Token.Kind;

/**
 * Reads a query. NOT binds closest, then AND, which may be left out, then OR:
 *
 * <pre>
 * or    = and { "OR" and }
 * and   = unary { [ "AND" ] unary }
 * unary = ( "NOT" | "-" | "+" ) unary | "(" or ")" | [ field ":" ] value
 * </pre>
 */
final class Parser<T> {

    private static final int MOST_CHARACTERS = 1024;
    private static final int MOST_TERMS = 64;
    private static final int DEEPEST = 16;

    private final String query;
    private final Terms<T> terms;
    private final Lexer lexer;
    private Token next;
    private int count;
    private int depth;

    private Parser(String query, Vocabulary<T> vocabulary) {
        this.query = query;
        this.terms = new Terms<>(query, vocabulary);
        this.lexer = new Lexer(query);
        this.next = lexer.next();
    }

    /** Refuses (INVALID, at {@code /q}) what is no query, and what is too long, too deep or of too many terms. */
    static <T> Node<T> parse(String query, Vocabulary<T> vocabulary) {
        if (query.length() > MOST_CHARACTERS) {
            throw Malformed.asAWhole("A query is at most " + MOST_CHARACTERS + " characters.");
        }
        Parser<T> parser = new Parser<>(query, vocabulary);
        Node<T> node = parser.or();
        if (parser.next.kind() == Kind.CLOSE) {
            throw Malformed.at(query, parser.next.at(), "there is no ( that this ) closes.");
        }
        return node;
    }

    private Node<T> or() {
        List<Node<T>> some = new ArrayList<>();
        some.add(and());
        while (next.kind() == Kind.OR) {
            take();
            some.add(and());
        }
        return some.size() == 1 ? some.get(0) : new Node.Or<>(some);
    }

    private Node<T> and() {
        List<Node<T>> all = new ArrayList<>();
        all.add(unary());
        while (next.kind() != Kind.OR && next.kind() != Kind.CLOSE && next.kind() != Kind.END) {
            if (next.kind() == Kind.AND) {
                take();
            }
            all.add(unary());
        }
        return all.size() == 1 ? all.get(0) : new Node.And<>(all);
    }

    private Node<T> unary() {
        Token token = take();
        return switch (token.kind()) {
            case NOT, MINUS -> {
                deeper(token);
                Node<T> node = new Node.Not<>(unary());
                depth--;
                yield node;
            }
            case PLUS -> {
                deeper(token);
                Node<T> node = unary();
                depth--;
                yield node;
            }
            case OPEN -> {
                deeper(token);
                Node<T> node = or();
                close(token);
                depth--;
                yield node;
            }
            case TERM -> term(token);
            default -> throw Malformed.at(query, token.at(), "expected a term, not " + token.kind() + ".");
        };
    }

    private Node<T> term(Token token) {
        count++;
        if (count > MOST_TERMS) {
            throw Malformed.at(query, token.at(), "a query is at most " + MOST_TERMS + " terms.");
        }
        return terms.node(token);
    }

    private void close(Token opened) {
        if (take().kind() != Kind.CLOSE) {
            throw Malformed.at(
                    query,
                    query.length(),
                    "expected ) for the ( in column " + (query.codePointCount(0, opened.at()) + 1) + ".");
        }
    }

    private void deeper(Token token) {
        depth++;
        if (depth > DEEPEST) {
            throw Malformed.at(query, token.at(), "a query is at most " + DEEPEST + " deep.");
        }
    }

    private Token take() {
        Token taken = next;
        next = lexer.next();
        return taken;
    }
}
