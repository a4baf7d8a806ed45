package org.latchkey.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.Test;
import org.latchkey.api.Group;
import org.latchkey.api.Group.Rule;

public class GroupGraphTest {

    private static final int GRAPHS = 1000;
    private static final int GROUPS = 12;
    private static final int ENTITIES = 8;

    private static Group group(String name, Map<String, Rule> rules) {
        return Group.named(name).withRules(rules);
    }

    @Test
    public void row55_excludeBeatsDirectAndIncludedMembershipAtItsLevel() {
        GroupGraph graph = GroupGraph.of(
                1, List.of(group("permit-login", Map.of("users", Rule.INCLUDE, "restricted", Rule.EXCLUDE))));
        assertThat(graph.effective(Set.of("users"))).containsExactlyInAnyOrder("users", "permit-login");
        assertThat(graph.effective(Set.of("users", "restricted"))).containsExactlyInAnyOrder("users", "restricted");
        assertThat(graph.effective(Set.of("permit-login", "restricted"))).containsExactly("restricted");
    }

    @Test
    public void row56_anExcludeWithinAnIncludedGroupStaysThere() {
        GroupGraph graph = GroupGraph.of(
                1,
                List.of(
                        group("all", Map.of("staff", Rule.INCLUDE, "guests", Rule.INCLUDE)),
                        group("staff", Map.of("interns", Rule.EXCLUDE))));
        assertThat(graph.effective(Set.of("staff", "interns"))).containsExactlyInAnyOrder("interns");
        assertThat(graph.effective(Set.of("staff", "interns", "guests")))
                .containsExactlyInAnyOrder("interns", "guests", "all");
    }

    @Test
    public void row60_effectiveGroupsAreThoseOfABruteForceOracleOn1000RandomGraphs() {
        Random random = new Random(60);
        for (int round = 0; round < GRAPHS; round++) {
            Map<String, Map<String, Rule>> rules = rules(random);
            Map<String, Set<String>> direct = memberships(random);
            List<Group> groups = new ArrayList<>();
            rules.forEach((name, ofOne) -> groups.add(group(name, ofOne)));
            GroupGraph whole = GroupGraph.of(1, groups);
            GroupGraph grown = GroupGraph.EMPTY;
            for (Group each : groups) {
                grown = grown.with(1, List.of(each.withRules(Map.of("g0", Rule.EXCLUDE))))
                        .with(1, List.of(each));
            }
            for (Set<String> memberships : direct.values()) {
                Set<String> expected = new TreeSet<>();
                rules.keySet().stream()
                        .filter(name -> isMember(name, memberships, rules))
                        .forEach(expected::add);
                assertThat(whole.effective(memberships))
                        .as(rules + " " + memberships)
                        .containsExactlyInAnyOrderElementsOf(expected);
                assertThat(new TreeSet<>(grown.effective(memberships))).isEqualTo(expected);
            }
        }
    }

    /** Each group may name those before it, so there is no cycle. */
    private static Map<String, Map<String, Rule>> rules(Random random) {
        Map<String, Map<String, Rule>> rules = new LinkedHashMap<>();
        for (int i = 0; i < GROUPS; i++) {
            Map<String, Rule> ofOne = new LinkedHashMap<>();
            for (int j = 0; j < i; j++) {
                if (random.nextInt(4) == 0) {
                    ofOne.put("g" + j, random.nextInt(3) == 0 ? Rule.EXCLUDE : Rule.INCLUDE);
                }
            }
            rules.put("g" + i, ofOne);
        }
        return rules;
    }

    private static Map<String, Set<String>> memberships(Random random) {
        Map<String, Set<String>> direct = new LinkedHashMap<>();
        for (int i = 0; i < ENTITIES; i++) {
            Set<String> ofOne = new LinkedHashSet<>();
            for (int j = 0; j < GROUPS; j++) {
                if (random.nextInt(5) == 0) {
                    ofOne.add("g" + j);
                }
            }
            direct.put("e" + i, ofOne);
        }
        return direct;
    }

    /** NetAuth's expression, word by word: (self | inc1 | inc2 ...) and not exc1 and not exc2 ... */
    private static boolean isMember(String group, Set<String> direct, Map<String, Map<String, Rule>> rules) {
        boolean in = direct.contains(group);
        for (Map.Entry<String, Rule> rule : rules.get(group).entrySet()) {
            in |= rule.getValue() == Rule.INCLUDE && isMember(rule.getKey(), direct, rules);
        }
        for (Map.Entry<String, Rule> rule : rules.get(group).entrySet()) {
            in &= rule.getValue() == Rule.INCLUDE || !isMember(rule.getKey(), direct, rules);
        }
        return in;
    }

    @Test
    public void depthAndHeightCountTheRulesOnTheLongestWay() {
        GroupGraph graph = GroupGraph.of(
                1,
                List.of(
                        group("a", Map.of("b", Rule.INCLUDE, "d", Rule.EXCLUDE)),
                        group("b", Map.of("c", Rule.INCLUDE)),
                        group("c", Map.of("d", Rule.INCLUDE))));
        assertThat(graph.depth("a")).isEqualTo(3);
        assertThat(graph.depth("d")).isZero();
        assertThat(graph.height("d")).isEqualTo(3);
        assertThat(graph.affectedBy("c")).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(graph.dependsOn("a", "d")).isTrue();
        assertThat(graph.dependsOn("d", "a")).isFalse();
        assertThat(graph.sources("a")).containsExactlyInAnyOrder("a", "b", "c", "d");
    }
}
