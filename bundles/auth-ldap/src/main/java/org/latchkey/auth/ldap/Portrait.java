package org.latchkey.auth.ldap;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.util.StaticUtils;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.latchkey.api.Claims;

/** What is told here of somebody in the directory: an id, claims and groups (jscas: {@code userAttributes}). */
final class Portrait {

    private static final int MOST_GROUPS = 1000;

    private final Settings settings;

    Portrait(Settings settings) {
        this.settings = settings;
    }

    /** What has to be read of an entry. */
    static Set<String> attributes(Settings settings) {
        Set<String> names = new TreeSet<>(AccountState.ATTRIBUTES);
        names.addAll(settings.attributes().keySet());
        settings.idAttribute().ifPresent(names::add);
        settings.userDn()
                .ifPresentOrElse(
                        userDn -> names.add(userDn.attribute()),
                        () -> names.addAll(settings.filter().attributes()));
        if (settings.groupSearch().isEmpty()) {
            names.add(settings.groupAttribute());
        }
        return names;
    }

    /** Their id, in lower case so that it is one; none if the attribute it comes from has not just one text. */
    Optional<String> id(Entry entry, String username) {
        if (settings.idAttribute().isEmpty()) {
            return Optional.of(username.toLowerCase(Locale.ROOT));
        }
        List<String> values = texts(entry.getAttribute(settings.idAttribute().get()));
        return Optional.of(values)
                .filter(all -> all.size() == 1 && Plausible.isName(all.get(0)))
                .map(all -> all.get(0).toLowerCase(Locale.ROOT));
    }

    /** The groups are looked for with as many requests as it takes: none or one. */
    Claims claims(Line line, SearchResultEntry entry, String id, Deadline deadline) throws LDAPException {
        Map<String, List<String>> extra = new LinkedHashMap<>();
        settings.attributes().forEach((attribute, claim) -> {
            List<String> values = texts(entry.getAttribute(attribute));
            if (!values.isEmpty()) {
                extra.merge(claim, values, (one, other) -> Stream.concat(one.stream(), other.stream())
                        .distinct()
                        .toList());
            }
        });
        return new Claims(groups(line, entry, id, deadline), extra);
    }

    private Set<String> groups(Line line, SearchResultEntry entry, String id, Deadline deadline) throws LDAPException {
        Set<String> groups = new LinkedHashSet<>();
        if (settings.groupSearch().isEmpty()) {
            texts(entry.getAttribute(settings.groupAttribute()))
                    .forEach(dn -> settings.groups().named(dn).ifPresent(groups::add));
            return groups;
        }
        Settings.GroupSearch search = settings.groupSearch().get();
        Filter filter = search.filter().with(Map.of("{dn}", entry.getDN(), "{id}", id));
        List<SearchResultEntry> found =
                line.search(search.base(), filter, MOST_GROUPS, List.of(search.name()), deadline);
        if (found.size() > MOST_GROUPS) {
            throw new Unavailable("somebody is in more than " + MOST_GROUPS + " groups");
        }
        for (SearchResultEntry group : found) {
            for (String name : texts(group.getAttribute(search.name()))) {
                settings.groups().named(group.getDN(), name).ifPresent(groups::add);
            }
        }
        return groups;
    }

    /** Pictures and the like are left out. */
    private static List<String> texts(Attribute attribute) {
        return attribute == null
                ? List.of()
                : Stream.of(attribute.getValueByteArrays())
                        .filter(StaticUtils::isValidUTF8)
                        .map(StaticUtils::toUTF8String)
                        .toList();
    }
}
