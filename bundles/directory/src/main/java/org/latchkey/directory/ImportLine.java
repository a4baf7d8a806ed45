package org.latchkey.directory;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.MetaField;
import org.latchkey.api.Secret;

/** One line of an import. What a line does not say stays as it is. */
sealed interface ImportLine {

    /** The name of an entity or a group. */
    String name();

    /** What it counts as in the report. */
    String kind();

    /** Whose turns the line needs. */
    List<String> turns();

    /**
     * An entity.
     *
     * @param secret a plaintext, to be hashed and judged by secret policies
     * @param hash a secret that was hashed elsewhere
     */
    record OfEntity(
            String name,
            Optional<Long> number,
            Optional<Boolean> locked,
            Map<MetaField, String> meta,
            Optional<Set<String>> groups,
            Optional<Set<Capability>> capabilities,
            Optional<Map<String, List<String>>> keys,
            Optional<Map<String, List<String>>> kv,
            Optional<Secret> secret,
            Optional<SecretHash> hash)
            implements ImportLine {

        @Override
        public String kind() {
            return "entity";
        }

        @Override
        public List<String> turns() {
            List<String> turns = new ArrayList<>();
            groups.ifPresent(all -> all.forEach(group -> turns.add(GroupOperations.turn(group))));
            turns.add(EntityOperations.turn(name));
            return turns;
        }

        Entity applyTo(Entity entity) {
            Entity made = entity.withNumber(number.orElse(entity.number())).withLocked(locked.orElse(entity.locked()));
            for (Map.Entry<MetaField, String> field : meta.entrySet()) {
                made = made.withMeta(field.getKey(), field.getValue());
            }
            return made.withGroups(groups.<Set<String>>map(LinkedHashSet::new).orElse(entity.groups()))
                    .withCapabilities(capabilities.orElse(entity.capabilities()))
                    .withKeys(keys.orElse(entity.keys()))
                    .withKv(kv.orElse(entity.kv()));
        }
    }

    /** A group, without what ties it to other groups. */
    record OfGroup(
            String name,
            Optional<Long> number,
            Optional<String> displayName,
            Optional<Set<Capability>> capabilities,
            Optional<Map<String, List<String>>> kv)
            implements ImportLine {

        @Override
        public String kind() {
            return "group";
        }

        @Override
        public List<String> turns() {
            return List.of(GroupOperations.turn(name));
        }

        Group applyTo(Group group) {
            return group.withNumber(number.orElse(group.number()))
                    .withDisplayName(displayName.orElse(group.displayName()))
                    .withCapabilities(capabilities.orElse(group.capabilities()))
                    .withKv(kv.orElse(group.kv()));
        }
    }

    /** The end of an export. */
    record OfEnd(long lines) implements ImportLine {

        @Override
        public String name() {
            return "";
        }

        @Override
        public String kind() {
            return ImportParser.END;
        }

        @Override
        public List<String> turns() {
            return List.of();
        }
    }

    /** What ties a group to others: the rules it has for them, and the group that manages it. */
    record OfLinks(String name, Optional<Map<String, Group.Rule>> rules, Optional<String> managedBy)
            implements ImportLine {

        @Override
        public String kind() {
            return "links";
        }

        @Override
        public List<String> turns() {
            List<String> turns = new ArrayList<>(List.of(GroupOperations.turn(name)));
            rules.ifPresent(all -> all.keySet().forEach(target -> turns.add(GroupOperations.turn(target))));
            return turns;
        }

        Group applyTo(Group group) {
            return group.withRules(rules.orElse(group.rules())).withManagedBy(managedBy.orElse(group.managedBy()));
        }
    }
}
