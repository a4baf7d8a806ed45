package org.latchkey.api;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is told of somebody.
 *
 * @param memberOf the names of groups, in order
 * @param extra other claims by name, such as {@code mail}; each has one value or several
 */
public record Claims(Set<String> memberOf, Map<String, List<String>> extra) {

    public static final Claims NONE = new Claims(Set.of(), Map.of());

    public Claims {
        memberOf = Frozen.set(memberOf);
        extra = Frozen.lists(extra);
    }

    /** One claim with one value. */
    public static Claims of(String name, String value) {
        return new Claims(Set.of(), Map.of(name, List.of(value)));
    }

    /** These and those of a later source: of a claim that both have the later one's values count, groups are united. */
    public Claims and(Claims later) {
        Set<String> groups = new LinkedHashSet<>(memberOf);
        groups.addAll(later.memberOf);
        Map<String, List<String>> merged = new LinkedHashMap<>(extra);
        merged.putAll(later.extra);
        return new Claims(groups, merged);
    }
}
