package org.latchkey.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A group of entities. Immutable. Who belongs to it directly is kept with the entities; who belongs to it in
 * effect are those and the members of the groups it includes, without the members of the groups it excludes.
 *
 * @param name unique name, same grammar as an entity's id
 * @param number unique number above 0, 0 while not yet allocated
 * @param displayName for people, may be empty
 * @param managedBy name of the group whose members may administer this one, empty for nobody
 * @param capabilities conferred on every member
 * @param rules what its membership takes over from other groups: the name of each, and how
 * @param kv untyped metadata: ordered values by key; see {@link Kv}
 * @param version counts the stored changes; 0 before the first
 */
public record Group(
        String name,
        long number,
        String displayName,
        String managedBy,
        Set<Capability> capabilities,
        Map<String, Rule> rules,
        Map<String, List<String>> kv,
        long version) {

    public Group {
        capabilities = Frozen.set(capabilities);
        rules = Frozen.map(rules);
        kv = Frozen.lists(kv);
    }

    /** How the membership of another group counts in this one (NetAuth's expansions). */
    public enum Rule {
        /** Its members are members here too. */
        INCLUDE,
        /** Its members are none here, whatever else says so. */
        EXCLUDE;

        /** The name in JSON: {@code include} or {@code exclude}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The rule of that name in any case, if there is one. */
        public static Optional<Rule> of(String name) {
            return Stream.of(values())
                    .filter(rule -> rule.key().equals(name.toLowerCase(Locale.ROOT)))
                    .findFirst();
        }
    }

    /** A new group with nothing but its name. */
    public static Group named(String name) {
        return new Group(name, 0, "", "", Set.of(), Map.of(), Map.of(), 0);
    }

    /** Its JSON form, the same in REST, shell and export. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("number", number);
        json.put("display_name", displayName);
        json.put("managed_by", managedBy);
        json.put("capabilities", capabilities);
        Map<String, Object> named = new LinkedHashMap<>();
        rules.forEach((target, rule) -> named.put(target, rule.key()));
        json.put("rules", named);
        json.put("kv", kv);
        json.put("version", version);
        return json;
    }

    public Group withNumber(long changed) {
        return new Group(name, changed, displayName, managedBy, capabilities, rules, kv, version);
    }

    public Group withDisplayName(String changed) {
        return new Group(name, number, changed, managedBy, capabilities, rules, kv, version);
    }

    public Group withManagedBy(String changed) {
        return new Group(name, number, displayName, changed, capabilities, rules, kv, version);
    }

    public Group withCapabilities(Set<Capability> changed) {
        return new Group(name, number, displayName, managedBy, changed, rules, kv, version);
    }

    public Group withRules(Map<String, Rule> changed) {
        return new Group(name, number, displayName, managedBy, capabilities, changed, kv, version);
    }

    public Group withKv(Map<String, List<String>> changed) {
        return new Group(name, number, displayName, managedBy, capabilities, rules, changed, version);
    }

    /** Sets the values of one key; no values clear it. */
    public Group withKv(String key, List<String> values) {
        return withKv(Frozen.with(kv, key, values));
    }

    public Group withVersion(long changed) {
        return new Group(name, number, displayName, managedBy, capabilities, rules, kv, changed);
    }
}
