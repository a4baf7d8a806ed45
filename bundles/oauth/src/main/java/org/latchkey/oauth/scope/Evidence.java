package org.latchkey.oauth.scope;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.latchkey.api.extension.Scheme.State;
import org.latchkey.api.service.Sessions;
import org.latchkey.api.service.Sessions.Proved;

/**
 * What is known of somebody at one moment.
 *
 * @param proofs of the session
 * @param states of the schemes that are something for them; one that is not there is nothing for them
 * @param begun when what they want began: a proof since then was given for it, however long that took
 */
public record Evidence(Map<String, Proved> proofs, Map<String, State> states, Instant begun, Instant now) {

    public Evidence {
        proofs = Map.copyOf(proofs);
        states = Map.copyOf(states);
    }

    /** Whether it is something for them. */
    boolean isUsable(String scheme) {
        return states.getOrDefault(scheme, State.NOT_AVAILABLE) != State.NOT_AVAILABLE;
    }

    boolean isRegistered(String scheme) {
        return states.get(scheme) == State.REGISTERED;
    }

    /** Whether a secret was typed, no longer ago than that; zero for however long. */
    boolean hasPassword(Duration age) {
        return isFresh(Optional.ofNullable(proofs.get(Sessions.PASSWORD)), age);
    }

    /** Whether it was proved, no longer ago and for no more than that, by a scheme that they have still; zero for no limit. */
    boolean hasProof(String scheme, Duration age, int uses) {
        Optional<Proved> proved = Optional.ofNullable(proofs.get(scheme));
        return isRegistered(scheme)
                && isFresh(proved, age)
                && proved.filter(each -> uses == 0 || each.uses() < uses).isPresent();
    }

    private boolean isFresh(Optional<Proved> proved, Duration age) {
        return proved.filter(each -> age.isZero()
                        || !each.at().isBefore(begun)
                        || !each.at().plus(age).isBefore(now))
                .isPresent();
    }

    /** All that is proved, however long ago. */
    Set<String> proved() {
        return proofs.keySet().stream()
                .filter(name -> name.equals(Sessions.PASSWORD) || isRegistered(name))
                .collect(Collectors.toSet());
    }
}
