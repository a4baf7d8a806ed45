package org.latchkey.auth.ldap;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.latchkey.api.Claims;

/**
 * What was read of people when they signed in, for the question for their claims that follows. Should two entries give the
 * same id within that time, neither gets anything from here.
 */
final class KeptClaims {

    private static final int MOST = 10_000;

    private record Kept(Optional<String> dn, Claims claims, long until) {}

    private final long nanos;
    private final Map<String, Kept> kept = new LinkedHashMap<>();

    KeptClaims(Duration time) {
        this.nanos = time.toNanos();
    }

    synchronized void keep(String id, String dn, Claims claims) {
        long now = System.nanoTime();
        forgetPassed(now);
        Kept earlier = kept.remove(id);
        boolean contested = earlier != null && !earlier.dn().equals(Optional.of(dn));
        kept.put(id, new Kept(contested ? Optional.empty() : Optional.of(dn), claims, now + nanos));
    }

    synchronized Optional<Claims> of(String id) {
        forgetPassed(System.nanoTime());
        return Optional.ofNullable(kept.get(id))
                .filter(each -> each.dn().isPresent())
                .map(Kept::claims);
    }

    /** The oldest come first. */
    private void forgetPassed(long now) {
        Iterator<Kept> oldest = kept.values().iterator();
        while (oldest.hasNext() && (oldest.next().until() - now <= 0 || kept.size() >= MOST)) {
            oldest.remove();
        }
    }
}
