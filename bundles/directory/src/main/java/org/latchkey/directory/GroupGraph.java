package org.latchkey.directory;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.latchkey.api.Capability;
import org.latchkey.api.Group;

/**
 * How groups depend on one another and what they confer: all that decides, together with direct memberships, who is
 * in which group in effect. A group's members are its own and those of the groups it includes, without those of the
 * groups it excludes, where each of these is taken with its own rules (NetAuth's algebra). Immutable.
 *
 * @param epoch version of the stored rules and capabilities that this shows
 * @param nodes groups with rules or capabilities; of all others nothing needs to be known
 * @param dependants by group: those whose rules name it
 */
record GroupGraph(long epoch, Map<String, Node> nodes, Map<String, Set<String>> dependants) {

    private static final Node PLAIN = new Node(Map.of(), Set.of());

    /** What is kept of a group. */
    record Node(Map<String, Group.Rule> rules, Set<Capability> capabilities) {

        List<String> targets(Group.Rule rule) {
            return rules.keySet().stream()
                    .filter(target -> rules.get(target) == rule)
                    .toList();
        }
    }

    static final GroupGraph EMPTY = new GroupGraph(0, Map.of(), Map.of());

    static GroupGraph of(long epoch, Collection<Group> groups) {
        return EMPTY.with(epoch, groups);
    }

    static boolean matters(Group group) {
        return !group.rules().isEmpty() || !group.capabilities().isEmpty();
    }

    /** The same with some groups as they are now; of one that has neither rules nor capabilities nothing is kept. */
    GroupGraph with(long changedEpoch, Collection<Group> changed) {
        GroupGraph made = new GroupGraph(changedEpoch, new HashMap<>(nodes), new HashMap<>(dependants));
        changed.forEach(made::put);
        return made;
    }

    /** For a graph that nobody else has seen yet. */
    private void put(Group group) {
        for (String target : node(group.name()).rules().keySet()) {
            dependants.computeIfPresent(target, (name, all) -> without(all, group.name()));
        }
        for (String target : group.rules().keySet()) {
            dependants.merge(target, Set.of(group.name()), GroupGraph::union);
        }
        if (matters(group)) {
            nodes.put(group.name(), new Node(group.rules(), group.capabilities()));
        } else {
            nodes.remove(group.name());
        }
    }

    /** Nothing, and not an empty set, if nobody is left. */
    private static Set<String> without(Set<String> all, String name) {
        Set<String> left = new LinkedHashSet<>(all);
        left.remove(name);
        return left.isEmpty() ? null : left;
    }

    private static Set<String> union(Set<String> all, Set<String> more) {
        Set<String> both = new LinkedHashSet<>(all);
        both.addAll(more);
        return both;
    }

    /** One that the lines of an import may change in its place. */
    GroupGraph draft() {
        return with(epoch, List.of());
    }

    /** Changes a draft. */
    void redraw(Group group) {
        put(group);
    }

    private Node node(String group) {
        return nodes.getOrDefault(group, PLAIN);
    }

    /** The groups that somebody with these direct memberships is in. */
    Set<String> effective(Set<String> direct) {
        if (nodes.isEmpty()) {
            return direct;
        }
        Membership membership = new Membership(this, direct);
        Set<String> effective = new LinkedHashSet<>();
        for (String candidate : reachable(direct, dependants)) {
            if (membership.in(candidate)) {
                effective.add(candidate);
            }
        }
        return effective;
    }

    /** What membership of these groups confers. */
    Set<Capability> conferred(Set<String> effective) {
        Set<Capability> conferred = EnumSet.noneOf(Capability.class);
        effective.forEach(group -> conferred.addAll(node(group).capabilities()));
        return conferred;
    }

    /** The groups whose direct members may be members of this one: itself, and those it includes at any depth. */
    Set<String> sources(String group) {
        Set<String> sources = new LinkedHashSet<>(Set.of(group));
        Deque<String> open = new ArrayDeque<>(sources);
        while (!open.isEmpty()) {
            for (String included : node(open.pop()).targets(Group.Rule.INCLUDE)) {
                if (sources.add(included)) {
                    open.push(included);
                }
            }
        }
        return sources;
    }

    /** The group itself and all whose membership it has a say in, at any depth. */
    Set<String> affectedBy(String group) {
        return reachable(Set.of(group), dependants);
    }

    /** Whether a group has a say in the membership of another, at any depth; each has in its own. */
    boolean dependsOn(String group, String other) {
        return affectedBy(other).contains(group);
    }

    /** How many rules follow one another at most, from this group down. */
    int depth(String group) {
        return depth(group, new HashMap<>(), name -> node(name).rules().keySet());
    }

    /** How many rules follow one another at most, from this group up. */
    int height(String group) {
        return depth(group, new HashMap<>(), name -> dependants.getOrDefault(name, Set.of()));
    }

    private interface Neighbours {
        Set<String> of(String group);
    }

    private static int depth(String group, Map<String, Integer> known, Neighbours neighbours) {
        Integer before = known.get(group);
        if (before != null) {
            return before;
        }
        int depth = 0;
        for (String next : neighbours.of(group)) {
            depth = Math.max(depth, 1 + depth(next, known, neighbours));
        }
        known.put(group, depth);
        return depth;
    }

    private static Set<String> reachable(Set<String> from, Map<String, Set<String>> edges) {
        Set<String> reached = new LinkedHashSet<>(from);
        Deque<String> open = new ArrayDeque<>(from);
        while (!open.isEmpty()) {
            for (String next : edges.getOrDefault(open.pop(), Set.of())) {
                if (reached.add(next)) {
                    open.push(next);
                }
            }
        }
        return reached;
    }

    /** The membership of one entity, each group looked at once. */
    private static final class Membership {

        private final GroupGraph graph;
        private final Set<String> direct;
        private final Map<String, Boolean> known = new HashMap<>();

        Membership(GroupGraph graph, Set<String> direct) {
            this.graph = graph;
            this.direct = direct;
        }

        boolean in(String group) {
            Boolean before = known.get(group);
            if (before != null) {
                return before;
            }
            boolean in = direct.contains(group);
            boolean out = false;
            for (Map.Entry<String, Group.Rule> rule : graph.node(group).rules().entrySet()) {
                if (rule.getValue() == Group.Rule.EXCLUDE) {
                    out = out || in(rule.getKey());
                } else {
                    in = in || in(rule.getKey());
                }
            }
            known.put(group, in && !out);
            return in && !out;
        }
    }
}
