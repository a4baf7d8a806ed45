package org.latchkey.auth.ldap;

import com.unboundid.ldap.sdk.SearchResultEntry;
import org.latchkey.api.extension.Verdict;

/** What became of looking for the one who signs in. */
sealed interface Finding {

    Finding UNKNOWN = new Failed(Verdict.NOT_MINE);

    /** The secret is that of this entry. */
    record Proved(SearchResultEntry entry) implements Finding {}

    /** Nothing was proved. */
    record Failed(Verdict verdict) implements Finding {}

    static Finding rejected(String reason) {
        return new Failed(new Verdict.Rejected(reason));
    }
}
