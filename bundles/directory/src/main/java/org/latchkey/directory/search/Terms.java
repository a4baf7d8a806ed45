package org.latchkey.directory.search;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a single term of a query means. */
final class Terms<T> {

    private static final Pattern NUMBER = Pattern.compile("(>=|<=|>|<|)([0-9]{1,18})");

    private final String query;
    private final Vocabulary<T> vocabulary;

    Terms(String query, Vocabulary<T> vocabulary) {
        this.query = query;
        this.vocabulary = vocabulary;
    }

    Node<T> node(Token term) {
        if (term.field().isEmpty()) {
            Glob glob = Glob.of(term.value());
            return new Node.Or<>(vocabulary.named().stream()
                    .<Node<T>>map(field -> new Node.Like<>(field, glob))
                    .toList());
        }
        Field<T> field = vocabulary
                .field(term.field())
                .orElseThrow(() -> Malformed.at(
                        query,
                        term.at(),
                        "there is no field \"" + term.field() + "\"; fields are " + vocabulary.names()
                                + ". A colon that is part of a text is quoted."));
        return field instanceof Field.Number<T> number ? between(number, term) : like((Field.Text<T>) field, term);
    }

    private Node<T> like(Field.Text<T> field, Token term) {
        Glob glob = Glob.of(term.value());
        if (!field.choices().isEmpty() && field.choices().stream().noneMatch(glob::matches)) {
            throw Malformed.at(
                    query,
                    term.valueAt(),
                    "expected one of "
                            + String.join(
                                    ", ", field.choices().stream().sorted().toList()) + ".");
        }
        return new Node.Like<>(field, glob);
    }

    private Node<T> between(Field.Number<T> field, Token term) {
        Matcher matcher = NUMBER.matcher(term.value());
        if (!matcher.matches()) {
            throw Malformed.at(
                    query, term.valueAt(), "expected a number, or one of >=, >, <=, < and a number right after it.");
        }
        long number = Long.parseLong(matcher.group(2));
        return switch (matcher.group(1)) {
            case ">=" -> new Node.Between<>(field, number, Long.MAX_VALUE);
            case ">" -> new Node.Between<>(field, number + 1, Long.MAX_VALUE);
            case "<=" -> new Node.Between<>(field, 0, number);
            case "<" -> new Node.Between<>(field, 0, number - 1);
            default -> new Node.Between<>(field, number, number);
        };
    }
}
