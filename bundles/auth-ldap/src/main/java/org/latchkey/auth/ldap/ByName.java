package org.latchkey.auth.ldap;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The bind is tried at once, as the entry that the name gives, and people read their own entry. Nobody can tell here
 * whether a name is unknown or a secret wrong: both are rejected.
 */
final class ByName implements Way {

    private final DnTemplate userDn;
    private final Collection<String> attributes;

    ByName(DnTemplate userDn, Collection<String> attributes) {
        this.userDn = userDn;
        this.attributes = attributes;
    }

    @Override
    public Finding prove(Line line, String username, byte[] secret, Deadline deadline) throws LDAPException {
        String dn = userDn.with(username);
        Optional<String> refusal = line.refusal(dn, secret, deadline);
        if (refusal.isPresent()) {
            return Finding.rejected(refusal.get());
        }
        return line.read(dn, attributes, deadline)
                .filter(entry -> userDn.holdsLiterally(entry, username))
                .<Finding>map(Finding.Proved::new)
                .orElseGet(() -> Finding.rejected("the entry cannot be read, or has another name"));
    }

    @Override
    public List<SearchResultEntry> withId(Line line, String id, Deadline deadline) {
        throw new Unavailable("without a filter nobody can be looked for");
    }

    @Override
    public void becomeReader(Line line, Deadline deadline) {
        // people look for their groups themselves
    }
}
