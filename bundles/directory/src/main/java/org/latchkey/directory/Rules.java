package org.latchkey.directory;

import java.util.LinkedHashMap;
import java.util.Map;
import org.latchkey.api.Group;
import org.latchkey.api.Refusal;

/** The two changes of a group's rules: one rule for each target, found by its exact name. */
final class Rules {

    private Rules() {}

    static Map<String, Group.Rule> with(Map<String, Group.Rule> rules, String target, Group.Rule rule) {
        Map<String, Group.Rule> changed = new LinkedHashMap<>(rules);
        changed.put(target, rule);
        return changed;
    }

    static Map<String, Group.Rule> without(Map<String, Group.Rule> rules, String target) {
        Map<String, Group.Rule> changed = new LinkedHashMap<>(rules);
        if (changed.remove(target) == null) {
            throw Refusal.notFound("rule for the group", target);
        }
        return changed;
    }
}
