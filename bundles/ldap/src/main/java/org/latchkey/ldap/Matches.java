package org.latchkey.ldap;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.util.Iterator;
import java.util.Optional;

/** The entries that a filter matches, found one by one. */
final class Matches {

    private final Iterator<Entry> candidates;
    private final Question question;
    private Optional<Entry> ahead = Optional.empty();

    Matches(Iterator<Entry> candidates, Question question) {
        this.candidates = candidates;
        this.question = question;
    }

    /**
     * Whether there is another one; refuses (TIME_LIMIT_EXCEEDED) to look for it any longer.
     *
     * @param deadline by {@link System#nanoTime}
     */
    boolean hasNext(long deadline) throws LDAPException {
        while (ahead.isEmpty() && candidates.hasNext()) {
            if (System.nanoTime() - deadline > 0) {
                throw new LDAPException(ResultCode.TIME_LIMIT_EXCEEDED, "The search took too long.");
            }
            Entry candidate = candidates.next();
            if (question.matches(candidate)) {
                ahead = Optional.of(candidate);
            }
        }
        return ahead.isPresent();
    }

    /** The one after {@link #hasNext}. */
    Entry next() {
        Entry next = ahead.orElseThrow();
        ahead = Optional.empty();
        return next;
    }
}
