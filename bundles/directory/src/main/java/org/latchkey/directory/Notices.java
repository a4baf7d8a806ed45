package org.latchkey.directory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.latchkey.api.Caller;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.MetaField;
import org.latchkey.api.extension.Notice;

/** Makes the notices of the directory's changes: who or what changed and in which of its parts, never to what. */
final class Notices {

    private static final int LONGEST = 4000;

    private Notices() {}

    static Notice of(Caller caller, String type, Entity entity, Map<String, String> more) {
        Map<String, String> content = new TreeMap<>(more);
        content.put("entity", entity.id());
        content.put("number", String.valueOf(entity.number()));
        return of(caller, type, content);
    }

    static Notice of(Caller caller, String type, Group group, Map<String, String> more) {
        Map<String, String> content = new TreeMap<>(more);
        content.put("group", group.name());
        content.put("number", String.valueOf(group.number()));
        return of(caller, type, content);
    }

    private static Notice of(Caller caller, String type, Map<String, String> content) {
        return new Notice(UUID.randomUUID().toString(), type, Instant.now(), caller.id(), content);
    }

    /** The parts in which an entity differs, such as {@code locked}, {@code meta.shell} and {@code kv.phone}. */
    static Map<String, String> changed(Entity before, Entity after) {
        List<String> parts = new ArrayList<>();
        if (before.locked() != after.locked()) {
            parts.add("locked");
        }
        for (MetaField field : MetaField.values()) {
            if (!before.meta(field).equals(after.meta(field))) {
                parts.add("meta." + field.key());
            }
        }
        parts.addAll(differing("kv.", before.kv(), after.kv()));
        parts.addAll(differing("key.", before.keys(), after.keys()));
        return Map.of("changed", list(parts));
    }

    /** The parts in which a group differs. */
    static Map<String, String> changed(Group before, Group after) {
        List<String> parts = new ArrayList<>();
        if (!before.displayName().equals(after.displayName())) {
            parts.add("display_name");
        }
        if (!before.managedBy().equals(after.managedBy())) {
            parts.add("managed_by");
        }
        parts.addAll(differing("kv.", before.kv(), after.kv()));
        return Map.of("changed", list(parts));
    }

    private static List<String> differing(
            String prefix, Map<String, List<String>> before, Map<String, List<String>> after) {
        Set<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        return keys.stream()
                .filter(key -> !Objects.equals(before.get(key), after.get(key)))
                .map(key -> prefix + key)
                .toList();
    }

    /** The groups in effect that a change of memberships gives and takes. */
    static Map<String, String> moved(GroupGraph graph, Entity before, Entity after) {
        Set<String> gained = new LinkedHashSet<>(graph.effective(after.groups()));
        Set<String> lost = new LinkedHashSet<>(graph.effective(before.groups()));
        Set<String> kept = new LinkedHashSet<>(gained);
        kept.retainAll(lost);
        gained.removeAll(kept);
        lost.removeAll(kept);
        return Map.of("gained", list(gained), "lost", list(lost));
    }

    /** Names with commas between them; a list that is too long ends with three dots. */
    static String list(Collection<String> names) {
        StringBuilder list = new StringBuilder();
        for (String name : names) {
            if (list.length() + name.length() > LONGEST) {
                return list.append(",...").toString();
            }
            list.append(list.isEmpty() ? "" : ",").append(name);
        }
        return list.toString();
    }
}
