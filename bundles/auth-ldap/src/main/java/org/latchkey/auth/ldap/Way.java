package org.latchkey.auth.ldap;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.util.List;

/** How an entry is found and the secret proved. */
interface Way {

    /** @param secret is wiped */
    Finding prove(Line line, String username, byte[] secret, Deadline deadline) throws LDAPException;

    /**
     * The entries, at most two, that give this id, as far as the way can find that out.
     *
     * @throws Unavailable if it cannot
     */
    List<SearchResultEntry> withId(Line line, String id, Deadline deadline) throws LDAPException;

    /** Lets the groups be looked for as somebody who may. */
    void becomeReader(Line line, Deadline deadline) throws LDAPException;
}
