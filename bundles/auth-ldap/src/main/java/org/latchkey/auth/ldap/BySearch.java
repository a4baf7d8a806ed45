package org.latchkey.auth.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.latchkey.api.extension.Verdict;

/**
 * An account looks for the entry, then the bind is tried as that entry. Of somebody who is not there a bind is tried too,
 * as an entry that cannot be, with a secret that is none: a name that exists takes no longer (attack case L-01).
 */
final class BySearch implements Way {

    private static final String PLACE = "{username}";

    private final Settings settings;
    private final Collection<String> attributes;

    BySearch(Settings settings, Collection<String> attributes) {
        this.settings = settings;
        this.attributes = attributes;
    }

    @Override
    public Finding prove(Line line, String username, byte[] secret, Deadline deadline) throws LDAPException {
        Map<String, String> values = Map.of(PLACE, username);
        line.becomeAccount(deadline);
        List<SearchResultEntry> found = search(line, settings.filter().with(values), deadline);
        if (found.size() != 1 || !settings.filter().holdsLiterally(found.get(0), values)) {
            line.refusal(nobody(), nothing(), deadline);
            return found.size() > 1 ? Finding.rejected("more than one entry has this name") : Finding.UNKNOWN;
        }
        SearchResultEntry entry = found.get(0);
        Optional<String> refusal = line.refusal(entry.getDN(), secret, deadline);
        return refusal.isPresent()
                ? new Finding.Failed(new Verdict.Rejected(refusal.get()))
                : new Finding.Proved(entry);
    }

    private String nobody() {
        return new DN(new RDN("cn", UUID.randomUUID().toString()), settings.base()).toString();
    }

    private static byte[] nothing() {
        return UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public List<SearchResultEntry> withId(Line line, String id, Deadline deadline) throws LDAPException {
        line.becomeAccount(deadline);
        Filter filter = settings.idAttribute()
                .map(attribute -> Filter.createEqualityFilter(attribute, id))
                .orElseGet(() -> settings.filter().with(Map.of(PLACE, id)));
        return search(line, filter, deadline);
    }

    @Override
    public void becomeReader(Line line, Deadline deadline) throws LDAPException {
        line.becomeAccount(deadline);
    }

    private List<SearchResultEntry> search(Line line, Filter filter, Deadline deadline) throws LDAPException {
        return line.search(settings.base().toString(), filter, 1, attributes, deadline);
    }
}
