package org.latchkey.directory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.latchkey.api.Entity;
import org.latchkey.api.Page;

/**
 * One page of those who are in a group in effect: walks the direct members of all groups whose members may be members
 * here, in one order, and leaves out whom a rule excludes. Reads little more than it gives, however large the group.
 */
final class Members {

    /** So many candidates are looked at for each one that is wanted; if rules exclude nearly all, pages are short. */
    private static final int LOOKED_AT = 10;

    private static final int CHUNK = 100;

    private final Accounts accounts;
    private final GroupGraph graph;
    private final String group;

    Members(Accounts accounts, GroupGraph graph, String group) {
        this.accounts = accounts;
        this.graph = graph;
        this.group = group;
    }

    Page<Entity> page(String after, int limit) {
        PriorityQueue<Source> sources = new PriorityQueue<>(
                Comparator.comparing(source -> source.first().id()));
        for (String name : graph.sources(group)) {
            Source source = new Source(name, after, Math.min(limit + 1, CHUNK));
            if (source.hasNext()) {
                sources.add(source);
            }
        }
        List<Entity> found = new ArrayList<>();
        String last = after;
        for (int looked = 0; !sources.isEmpty(); looked++) {
            if (found.size() == limit || looked == limit * LOOKED_AT) {
                return new Page<>(found, Optional.of(last));
            }
            Entity candidate = take(sources);
            last = candidate.id();
            if (graph.effective(candidate.groups()).contains(group)) {
                found.add(candidate);
            }
        }
        return new Page<>(found, Optional.empty());
    }

    /** The next candidate, out of every source that has it. */
    private static Entity take(PriorityQueue<Source> sources) {
        Entity next = sources.peek().first();
        while (!sources.isEmpty() && sources.peek().first().id().equals(next.id())) {
            Source source = sources.poll();
            source.drop();
            if (source.hasNext()) {
                sources.add(source);
            }
        }
        return next;
    }

    /** The direct members of one group, read a chunk at a time. */
    private final class Source {

        private final String name;
        private final int chunk;
        private final Deque<Entity> read = new ArrayDeque<>();
        private String after;
        private boolean more = true;

        Source(String name, String after, int chunk) {
            this.name = name;
            this.after = after;
            this.chunk = chunk;
        }

        boolean hasNext() {
            if (read.isEmpty() && more) {
                accounts.inGroup(name, after, chunk).forEach(account -> read.add(account.entity()));
                more = read.size() == chunk;
            }
            return !read.isEmpty();
        }

        Entity first() {
            return read.getFirst();
        }

        void drop() {
            after = read.removeFirst().id();
        }
    }
}
