package org.latchkey.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A group of entities. Immutable. Who belongs to it is kept with the entities.
 *
 * @param name unique name, same grammar as an entity's id
 * @param number unique number above 0, 0 while not yet allocated
 * @param displayName for people, may be empty
 * @param managedBy name of the group whose members may administer this one, empty for nobody
 * @param capabilities conferred on every member
 * @param kv untyped metadata: ordered values by key
 * @param version counts the stored changes; 0 before the first
 */
public record Group(
        String name,
        long number,
        String displayName,
        String managedBy,
        Set<Capability> capabilities,
        Map<String, List<String>> kv,
        long version) {

    public Group {
        capabilities = Frozen.set(capabilities);
        kv = Frozen.lists(kv);
    }

    /** A new group with nothing but its name. */
    public static Group named(String name) {
        return new Group(name, 0, "", "", Set.of(), Map.of(), 0);
    }

    /** Its JSON form, the same in REST, shell and export. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("number", number);
        json.put("display_name", displayName);
        json.put("managed_by", managedBy);
        json.put("capabilities", capabilities);
        json.put("kv", kv);
        json.put("version", version);
        return json;
    }

    public Group withNumber(long changed) {
        return new Group(name, changed, displayName, managedBy, capabilities, kv, version);
    }

    public Group withDisplayName(String changed) {
        return new Group(name, number, changed, managedBy, capabilities, kv, version);
    }

    public Group withManagedBy(String changed) {
        return new Group(name, number, displayName, changed, capabilities, kv, version);
    }

    public Group withCapabilities(Set<Capability> changed) {
        return new Group(name, number, displayName, managedBy, changed, kv, version);
    }

    /** Sets the values of one key; no values clear it. */
    public Group withKv(String key, List<String> values) {
        return new Group(name, number, displayName, managedBy, capabilities, Frozen.with(kv, key, values), version);
    }

    public Group withVersion(long changed) {
        return new Group(name, number, displayName, managedBy, capabilities, kv, changed);
    }
}
