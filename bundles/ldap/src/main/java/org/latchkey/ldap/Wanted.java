package org.latchkey.ldap;

import com.unboundid.ldap.listener.SearchEntryParer;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.schema.AttributeTypeDefinition;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which attributes of an entry a client gets (RFC 4511, 4.5.1.8): {@code *}, {@code +}, {@code 1.1} or by name. */
final class Wanted {

    private final boolean typesOnly;
    private final SearchEntryParer parer;
    private final boolean allOfUsers;
    private final Set<String> names;

    Wanted(List<String> asked, boolean typesOnly, Vocabulary vocabulary) {
        this.typesOnly = typesOnly;
        this.parer = new SearchEntryParer(asked, vocabulary.schema());
        this.allOfUsers = asked.isEmpty() || asked.contains(SearchRequest.ALL_USER_ATTRIBUTES);
        this.names = asked.stream()
                .map(name -> vocabulary
                        .attribute(name)
                        .map(AttributeTypeDefinition::getNameOrOID)
                        .orElse(name))
                .collect(Collectors.toCollection(() -> new TreeSet<>(String.CASE_INSENSITIVE_ORDER)));
    }

    /** Whether a user attribute of that name will be shown. */
    boolean has(String name) {
        return allOfUsers || names.contains(name);
    }

    /** As much of the entry as was asked for. */
    Entry of(Entry entry) {
        Entry pared = parer.pareEntry(entry);
        if (!typesOnly) {
            return pared;
        }
        return new Entry(
                pared.getDN(),
                pared.getAttributes().stream()
                        .map(attribute -> new Attribute(attribute.getName()))
                        .toList());
    }
}
