package org.latchkey.testkit;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;

/** Who is in which group in effect, by the definition and without any thought of speed; rules must not go in circles. */
final class Memberships {

    private final Map<String, Group> groups;

    Memberships(Map<String, Group> groups) {
        this.groups = groups;
    }

    /** The groups that an entity is in; of which it is a direct member though they are not there, these too. */
    Set<String> effective(Entity entity) {
        Set<String> effective = new LinkedHashSet<>();
        entity.groups().stream().filter(name -> isIn(entity, name)).forEach(effective::add);
        groups.keySet().stream().filter(name -> isIn(entity, name)).forEach(effective::add);
        return effective;
    }

    boolean isIn(Entity entity, String name) {
        Map<String, Group.Rule> rules =
                groups.containsKey(name) ? groups.get(name).rules() : Map.of();
        return !matches(entity, rules, Group.Rule.EXCLUDE)
                && (entity.groups().contains(name) || matches(entity, rules, Group.Rule.INCLUDE));
    }

    private boolean matches(Entity entity, Map<String, Group.Rule> rules, Group.Rule wanted) {
        return rules.entrySet().stream().anyMatch(rule -> rule.getValue() == wanted && isIn(entity, rule.getKey()));
    }
}
