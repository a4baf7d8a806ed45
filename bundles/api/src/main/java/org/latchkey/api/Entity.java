package org.latchkey.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A person or a machine account. Immutable; never carries a secret or its hash.
 *
 * @param id unique name: 1 to 128 of {@code A-Z a-z 0-9 . _ @ + -}, beginning with a letter or digit
 * @param number unique number above 0, 0 while not yet allocated
 * @param locked whether authentication is refused
 * @param hasSecret whether a secret is set at all
 * @param meta typed metadata; an unset field is absent
 * @param groups names of the groups it is a direct member of, in the order of joining
 * @param capabilities held directly, without those of its groups
 * @param keys public keys by type, such as {@code SSH}, each in the order of adding
 * @param kv untyped metadata: ordered values by key; see {@link Kv}
 * @param version counts the stored changes; 0 before the first
 */
public record Entity(
        String id,
        long number,
        boolean locked,
        boolean hasSecret,
        Map<MetaField, String> meta,
        Set<String> groups,
        Set<Capability> capabilities,
        Map<String, List<String>> keys,
        Map<String, List<String>> kv,
        long version) {

    public Entity {
        meta = Frozen.map(meta);
        groups = Frozen.set(groups);
        capabilities = Frozen.set(capabilities);
        keys = Frozen.lists(keys);
        kv = Frozen.lists(kv);
    }

    /** A new account with nothing but its name. */
    public static Entity named(String id) {
        return new Entity(id, 0, false, false, Map.of(), Set.of(), Set.of(), Map.of(), Map.of(), 0);
    }

    /** Its JSON form, the same in REST, shell and export. */
    public Map<String, Object> json() {
        Map<String, Object> fields = new LinkedHashMap<>();
        meta.forEach((field, value) -> fields.put(field.key(), value));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("number", number);
        json.put("locked", locked);
        json.put("has_secret", hasSecret);
        json.put("meta", fields);
        json.put("groups", groups);
        json.put("capabilities", capabilities);
        json.put("keys", keys);
        json.put("kv", kv);
        json.put("version", version);
        return json;
    }

    /** The value of a metadata field, empty when unset. */
    public String meta(MetaField field) {
        return meta.getOrDefault(field, "");
    }

    public Entity withNumber(long changed) {
        return new Entity(id, changed, locked, hasSecret, meta, groups, capabilities, keys, kv, version);
    }

    public Entity withLocked(boolean changed) {
        return new Entity(id, number, changed, hasSecret, meta, groups, capabilities, keys, kv, version);
    }

    public Entity withSecret() {
        return new Entity(id, number, locked, true, meta, groups, capabilities, keys, kv, version);
    }

    /** Sets one metadata field; the empty value clears it. */
    public Entity withMeta(MetaField field, String value) {
        return new Entity(
                id,
                number,
                locked,
                hasSecret,
                Frozen.with(meta, field, value),
                groups,
                capabilities,
                keys,
                kv,
                version);
    }

    public Entity withGroups(Set<String> changed) {
        return new Entity(id, number, locked, hasSecret, meta, changed, capabilities, keys, kv, version);
    }

    public Entity withCapabilities(Set<Capability> changed) {
        return new Entity(id, number, locked, hasSecret, meta, groups, changed, keys, kv, version);
    }

    public Entity withKeys(Map<String, List<String>> changed) {
        return new Entity(id, number, locked, hasSecret, meta, groups, capabilities, changed, kv, version);
    }

    public Entity withKv(Map<String, List<String>> changed) {
        return new Entity(id, number, locked, hasSecret, meta, groups, capabilities, keys, changed, version);
    }

    /** Sets the values of one key; no values clear it. */
    public Entity withKv(String key, List<String> values) {
        return withKv(Frozen.with(kv, key, values));
    }

    public Entity withVersion(long changed) {
        return new Entity(id, number, locked, hasSecret, meta, groups, capabilities, keys, kv, changed);
    }
}
