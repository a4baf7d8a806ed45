package org.latchkey.ldap;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.MetaField;
import org.latchkey.api.Refusal;
import org.latchkey.api.service.Directory;

/** Writes what is in the directory as entries, for one request of one reader. */
final class Entries {

    static final List<String> ENTITY_CLASSES =
            List.of("top", "person", "organizationalPerson", "inetOrgPerson", "latchkeyEntity", "posixAccount");
    static final List<String> GROUP_CLASSES = List.of("top", "groupOfNames", "posixGroup");

    private static final String POSIX = "posixAccount";

    private final Directory directory;
    private final Tree tree;
    private final Map<String, String> fromKv;
    private final Reader reader;
    private final Predicate<String> needed;
    private final Map<String, Optional<Long>> numbers = new HashMap<>();

    /**
     * @param fromKv which attribute shows which key
     * @param reader who will read them
     * @param needed whether anybody looks at an attribute; asked about those that cost something
     */
    Entries(Directory directory, Tree tree, Map<String, String> fromKv, Reader reader, Predicate<String> needed) {
        this.directory = directory;
        this.tree = tree;
        this.fromKv = fromKv;
        this.reader = reader;
        this.needed = needed;
    }

    /** The top of the tree. */
    Entry base() {
        Entry entry = new Entry(tree.base());
        entry.addAttribute("objectClass", "top", "domain");
        entry.addAttribute("dc", tree.base().replaceFirst("^dc=([^,]*).*", "$1"));
        return completed(entry, "domain", true);
    }

    /** What holds the entities. */
    Entry entities() {
        return unit(tree.entities(), "entities");
    }

    /** What holds the groups. */
    Entry groups() {
        return unit(tree.groups(), "groups");
    }

    private static Entry unit(String dn, String name) {
        Entry entry = new Entry(dn);
        entry.addAttribute("objectClass", "top", "organizationalUnit");
        entry.addAttribute("ou", name);
        return completed(entry, "organizationalUnit", true);
    }

    /** A posixAccount only if it has all that one must have (RFC 2307). */
    Entry of(Entity entity) {
        Entry entry = new Entry(tree.entity(entity.id()));
        Optional<Long> group = number(entity.meta(MetaField.PRIMARY_GROUP));
        boolean posix = entity.number() > 0
                && group.isPresent()
                && !entity.meta(MetaField.HOME).isEmpty();
        entry.addAttribute(
                "objectClass",
                ENTITY_CLASSES.stream()
                        .filter(name -> posix || !name.equals(POSIX))
                        .toList());
        entry.addAttribute("uid", entity.id());
        add(entry, "cn", commonName(entity));
        add(entry, "sn", surname(entity));
        add(entry, "displayName", entity.meta(MetaField.DISPLAY_NAME));
        add(entry, "employeeNumber", entity.meta(MetaField.BADGE_NUMBER));
        add(entry, "uidNumber", entity.number() > 0 ? String.valueOf(entity.number()) : "");
        add(entry, "gidNumber", group.map(String::valueOf).orElse(""));
        add(entry, "gecos", entity.meta(MetaField.GECOS));
        add(entry, "homeDirectory", entity.meta(MetaField.HOME));
        add(entry, "loginShell", entity.meta(MetaField.SHELL));
        add(entry, "sshPublicKey", entity.keys().getOrDefault("SSH", List.of()));
        fromKv.forEach((attribute, key) -> add(entry, attribute, entity.kv().getOrDefault(key, List.of())));
        if (needed.test("memberOf")) {
            add(entry, "memberOf", groupsOf(entity).stream().map(tree::group).toList());
        }
        if (entity.locked()) {
            entry.addAttribute("nsAccountLock", "TRUE");
        }
        return completed(entry, "inetOrgPerson", false);
    }

    /** Who belongs to a group is shown to those who read all; others find themselves alone in it. */
    Entry of(Group group) {
        Entry entry = new Entry(tree.group(group.name()));
        entry.addAttribute("objectClass", GROUP_CLASSES);
        entry.addAttribute("cn", group.name());
        add(entry, "gidNumber", group.number() > 0 ? String.valueOf(group.number()) : "");
        add(entry, "description", group.displayName());
        add(entry, "owner", group.managedBy().isEmpty() ? "" : tree.group(group.managedBy()));
        if (needed.test("member") || needed.test("memberUid")) {
            List<String> members = members(group.name());
            add(entry, "member", members.stream().map(tree::entity).toList());
            add(entry, "memberUid", members);
        }
        return completed(entry, "groupOfNames", false);
    }

    private Set<String> groupsOf(Entity entity) {
        try {
            return directory.groupsOf(entity.id());
        } catch (Refusal gone) {
            return noneIfGone(gone, Set.of());
        }
    }

    private List<String> members(String group) {
        if (!reader.readsAll()) {
            return reader.self().stream().toList();
        }
        try {
            List<String> members = new ArrayList<>();
            new Walk<>(after -> directory.members(group, after, Walk.PAGE))
                    .forEachRemaining(member -> members.add(member.id()));
            return members;
        } catch (Refusal gone) {
            return noneIfGone(gone, List.of());
        }
    }

    /** What was just found may be destroyed by now. */
    private static <T> T noneIfGone(Refusal refusal, T none) {
        if (refusal.kind() == Refusal.Kind.NOT_FOUND) {
            return none;
        }
        throw refusal;
    }

    private Optional<Long> number(String group) {
        return numbers.computeIfAbsent(group, name -> Optional.of(name)
                .filter(Range::isName)
                .flatMap(directory::group)
                .map(Group::number)
                .filter(number -> number > 0));
    }

    private static String commonName(Entity entity) {
        return first(entity.meta(MetaField.DISPLAY_NAME), entity.meta(MetaField.LEGAL_NAME), entity.id());
    }

    /** A person must have one, and a last word is more often right than any other. */
    private static String surname(Entity entity) {
        String name = first(entity.meta(MetaField.LEGAL_NAME), entity.meta(MetaField.DISPLAY_NAME), entity.id());
        return name.substring(name.lastIndexOf(' ') + 1);
    }

    private static String first(String... texts) {
        return Stream.of(texts)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static Entry completed(Entry entry, String structural, boolean hasSubordinates) {
        entry.addAttribute("structuralObjectClass", structural);
        entry.addAttribute("entryDN", entry.getDN());
        entry.addAttribute("subschemaSubentry", Tree.SUBSCHEMA);
        entry.addAttribute("hasSubordinates", hasSubordinates ? "TRUE" : "FALSE");
        return entry;
    }

    private static void add(Entry entry, String name, String value) {
        add(entry, name, value.isEmpty() ? List.of() : List.of(value));
    }

    private static void add(Entry entry, String name, Collection<String> values) {
        if (!values.isEmpty()) {
            entry.addAttribute(new Attribute(name, values));
        }
    }
}
