package org.latchkey.auth.gate;

import com.github.benmanes.caffeine.cache.Ticker;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;
import org.latchkey.api.Secret;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.extension.Authorizer.Vote;
import org.latchkey.api.extension.Verdict;
import org.latchkey.api.service.Outbound;

/** Judges by what Gate says. */
final class Examiner {

    private final String source;
    private final Settings settings;
    private final Gate gate;
    private final Remembered remembered;
    private final AtomicReference<String> fault = new AtomicReference<>("");

    /** @param source what the core calls this authenticator */
    Examiner(String source, Settings settings, Outbound.Lane lane, Ticker ticker) {
        this.source = source;
        this.settings = settings;
        this.gate = new Gate(settings, lane);
        this.remembered = new Remembered(settings.kept(), ticker);
    }

    /**
     * The id of the principal is the e-mail address in lower case.
     *
     * @throws Refusal (UNAVAILABLE) if Gate gives no answer that can be relied on: neither yes nor no
     */
    Verdict judge(Attempt attempt) {
        if (!Plausible.isEmail(attempt.id())) {
            return Verdict.NOT_MINE;
        }
        Secret secret = attempt.secret().orElseThrow();
        char[] chars = secret.chars();
        try {
            return Plausible.isToken(chars)
                    ? judge(attempt.id(), new String(chars))
                    : new Verdict.Rejected("what was given cannot be a token");
        } finally {
            Arrays.fill(chars, '\0');
        }
    }

    private Verdict judge(String email, String token) {
        return remembered.of(email, token).map(this::accepted).orElseGet(() -> asked(email, token));
    }

    private Verdict asked(String email, String token) {
        try {
            Gate.Finding finding = gate.find(email, token);
            fault.set("");
            if (finding instanceof Gate.Finding.Known known) {
                remembered.put(email, token, known.profile());
                return accepted(known.profile());
            }
            return new Verdict.Rejected(((Gate.Finding.Refused) finding).reason());
        } catch (Unavailable unavailable) {
            fault.set(unavailable.getMessage());
            throw Refusal.of(Refusal.Kind.UNAVAILABLE, "gate-unavailable", unavailable.getMessage());
        }
    }

    private Verdict accepted(Profile profile) {
        return new Verdict.Accepted(new Principal(profile.email(), source, profile.groups(), Set.of()));
    }

    /** Of people whom Gate vouched for; with others, and where nothing is required, it has no say. */
    Vote vote(Principal principal, Set<String> required) {
        if (!principal.source().equals(source) || required.isEmpty()) {
            return Vote.ABSTAIN;
        }
        return switch (settings.mode()) {
            case ANY -> required.stream().anyMatch(group -> isIn(principal, group)) ? Vote.PERMIT : Vote.ABSTAIN;
            case ALL -> required.stream().allMatch(group -> isIn(principal, group)) ? Vote.PERMIT : Vote.DENY;
        };
    }

    private static boolean isIn(Principal principal, String group) {
        return principal.groups().contains(Profile.lower(group));
    }

    /** Why the last question to Gate had no answer. */
    Optional<String> fault() {
        return Optional.of(fault.get()).filter(text -> !text.isEmpty());
    }
}
