package org.latchkey.directory.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Chooses where the candidates for a query come from. Of what all have to be, the narrowest is looked up; of
 * alternatives, each in turn, if all of them can be. Looks at the query alone, never at what is stored, so that every
 * page of a query has the same plan.
 */
final class Planner {

    /** More places than that are not looked up one after another. */
    private static final int MOST_SOURCES = 16;

    private Planner() {}

    /** The sources of a query, in order; what matches is in one of them at least. */
    static <T> List<Source<T>> plan(Node<T> node) {
        if (node instanceof Node.And<T> and) {
            return narrowest(and);
        }
        if (node instanceof Node.Or<T> or) {
            return inTurn(or);
        }
        if (node instanceof Node.Like<T> like) {
            return List.of(source(like));
        }
        if (node instanceof Node.Between<T> between) {
            return List.of(new NumberSource<>(between.field(), between.first(), between.last()));
        }
        return List.of(new EverySource<>());
    }

    private static <T> List<Source<T>> narrowest(Node.And<T> and) {
        return joined(and.all())
                .map(Planner::plan)
                .min(Comparator.comparingLong(Planner::guess))
                .orElseThrow();
    }

    private static <T> long guess(List<Source<T>> plan) {
        return plan.stream().mapToLong(Source::guess).sum();
    }

    /** The conditions, with those on one number made one. */
    private static <T> Stream<Node<T>> joined(List<Node<T>> all) {
        List<Node<T>> others = new ArrayList<>();
        Map<Field.Number<T>, Node.Between<T>> numbers = new LinkedHashMap<>();
        for (Node<T> node : all) {
            if (node instanceof Node.Between<T> between) {
                numbers.merge(between.field(), between, Planner::both);
            } else {
                others.add(node);
            }
        }
        return Stream.concat(numbers.values().stream(), others.stream());
    }

    private static <T> Node.Between<T> both(Node.Between<T> one, Node.Between<T> other) {
        return new Node.Between<>(
                one.field(), Math.max(one.first(), other.first()), Math.min(one.last(), other.last()));
    }

    private static <T> List<Source<T>> inTurn(Node.Or<T> or) {
        List<Source<T>> sources = or.some().stream()
                .map(Planner::plan)
                .flatMap(List::stream)
                .distinct()
                .toList();
        boolean isAll = sources.stream().anyMatch(EverySource.class::isInstance);
        return isAll || sources.size() > MOST_SOURCES ? List.of(new EverySource<>()) : sources;
    }

    private static <T> Source<T> source(Node.Like<T> like) {
        String head = Fold.cut(like.glob().head());
        return switch (like.field().index()) {
            case GROUPS -> new GroupSource<>(like.field(), like.glob());
            case FOLDED -> {
                if (like.glob().isExact()) {
                    yield new ExactSource<>(like.field(), head);
                }
                yield head.isEmpty() ? new EverySource<>() : new PrefixSource<>(like.field(), head);
            }
            case NONE -> new EverySource<>();
        };
    }
}
