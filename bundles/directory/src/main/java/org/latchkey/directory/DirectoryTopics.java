package org.latchkey.directory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.latchkey.api.extension.NoticeCatalogue;
import org.osgi.service.component.annotations.Component;

/** The notices that {@link Notices} makes. */
@Component
public final class DirectoryTopics implements NoticeCatalogue {

    private static final String NUMBER = "its number";
    private static final String CHANGED =
            "the parts that differ, with commas, such as locked, meta.shell, kv.phone, key.SSH; never their values";

    private static final String PARTS =
            "the parts that differ, with commas, such as display_name, managed_by, kv.room; never their values";

    @Override
    public List<Topic> topics() {
        List<Topic> topics = new ArrayList<>();
        topics.addAll(ofEntities());
        topics.addAll(ofGroups());
        topics.add(entity(
                "membership.changed",
                "An entity was added to a group or removed from it.",
                Map.of(
                        "group", "the group",
                        "change", "added or removed",
                        "gained", "the groups that it is in now in effect and was not, with commas",
                        "lost", "the groups that it was in in effect and is not any more, with commas")));
        topics.add(entity(
                "authentication.failed",
                "Somebody whom the directory knows was not signed in.",
                Map.of("address", "where the attempt came from", "outcome", "why, in a few words")));
        return topics;
    }

    private static List<Topic> ofEntities() {
        return List.of(
                changed("entity.created", "An entity was created."),
                changed("entity.updated", "An entity's metadata was changed."),
                changed("entity.kv-changed", "An entity's KV was changed."),
                changed("entity.keys-changed", "An entity's public keys were changed."),
                changed("entity.capabilities-changed", "An entity's own capabilities were changed."),
                changed("entity.secret-changed", "An entity has another secret."),
                changed("entity.locked", "An entity was locked, by hand or by a hook."),
                changed("entity.unlocked", "An entity was unlocked, by hand or by a hook."),
                changed("entity.destroyed", "An entity was destroyed."));
    }

    private static Topic changed(String type, String when) {
        return entity(type, when, Map.of("changed", CHANGED));
    }

    private static Topic entity(String type, String when, Map<String, String> more) {
        Map<String, String> facts = new HashMap<>(more);
        facts.put("entity", "the entity");
        facts.put("number", NUMBER);
        return new Topic(type, when, "entity", facts);
    }

    private static List<Topic> ofGroups() {
        return List.of(
                group("group.created", "A group was created."),
                group("group.updated", "A group's display name or managing group was changed."),
                group("group.kv-changed", "A group's KV was changed."),
                group("group.capabilities-changed", "What a group confers was changed."),
                group("group.destroyed", "A group was destroyed."),
                new Topic(
                        "group.rules-changed",
                        "A group includes or excludes another one, or does not any more.",
                        "group",
                        Map.of(
                                "group", "the group",
                                "number", NUMBER,
                                "target", "the other group",
                                "rule", "include, exclude or none",
                                "affected", "the groups whose members in effect may have changed, with commas")));
    }

    private static Topic group(String type, String when) {
        return new Topic(type, when, "group", Map.of("group", "the group", "number", NUMBER, "changed", PARTS));
    }
}
