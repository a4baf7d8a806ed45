package org.latchkey.scheme.totp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.latchkey.api.Entity;
import org.latchkey.api.Refusal;
import org.latchkey.api.service.Directory;
import org.latchkey.api.service.PluginState;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * What everybody has set up, in the plugin's state: it outlives restarts and replacements. Each change is made on the latest
 * state alone, so that of many who bring one password at once one is right. A new entity of an old name has nothing.
 */
@Component(service = Accounts.class)
public final class Accounts {

    private static final int SECRET_BYTES = 20;
    private static final Duration TO_CONFIRM = Duration.ofMinutes(10);

    private final PluginState state;
    private final Directory directory;
    private final SecretBox box;
    private final Clock clock;

    @Activate
    public Accounts(@Reference PluginState state, @Reference Directory directory) {
        this(state, directory, Clock.systemUTC());
    }

    Accounts(PluginState state, Directory directory, Clock clock) {
        this.state = state;
        this.directory = directory;
        this.box = new SecretBox(state);
        this.clock = clock;
    }

    /** Next to the name the number of the entity, 0 for those that the directory does not know. */
    private String place(String id) {
        long number = directory.entity(id).map(Entity::number).orElse(0L);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return "account/" + number + "/" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    Account of(String id) {
        return state.get(place(id)).map(Account::of).orElse(Account.NONE);
    }

    /** What becomes of an account, and what whoever changed it is told. */
    private record Step<T>(Account account, T told) {}

    private <T> T change(String place, Function<Account, Step<T>> change) {
        AtomicReference<T> told = new AtomicReference<>();
        state.update(place, before -> {
            Step<T> step = change.apply(before.map(Account::of).orElse(Account.NONE));
            told.set(step.told());
            return step.account().equals(Account.NONE)
                    ? Optional.empty()
                    : Optional.of(step.account().text());
        });
        return told.get();
    }

    /** A new secret, which is shown once, and holds when it is confirmed in the same session. */
    byte[] begin(String id, String session) {
        String place = place(id);
        byte[] secret = SecretBox.random(SECRET_BYTES);
        String sealed = box.seal(place, secret);
        change(
                place,
                account -> new Step<>(
                        account.withPending(sealed, session, clock.instant().plus(TO_CONFIRM)), true));
        return secret;
    }

    /** Confirms it by a password that it makes; gives the new recovery codes, or nothing if it is not that. */
    Optional<List<String>> confirm(String id, String session, String password) {
        String place = place(id);
        List<String> codes = RecoveryCode.fresh();
        return change(place, account -> {
            if (!account.isPending(session, clock.instant())) {
                return new Step<>(account, Optional.<List<String>>empty());
            }
            OptionalLong step =
                    OneTimePassword.stepOf(box.open(place, account.pending()), digits(password), clock.instant(), -1);
            return step.isEmpty()
                    ? new Step<>(account, Optional.<List<String>>empty())
                    : new Step<>(account.confirmed(step.getAsLong(), hashes(codes)), Optional.of(codes));
        });
    }

    boolean isPending(String id, String session) {
        return of(id).isPending(session, clock.instant());
    }

    private static List<String> hashes(List<String> codes) {
        return codes.stream().map(RecoveryCode::hash).toList();
    }

    private static String digits(String typed) {
        return typed.replaceAll("\\s", "");
    }

    /**
     * Judges a password; a right one is used up, and so are all before it.
     *
     * @throws Refusal (TOO_MANY) after too many wrong ones
     */
    boolean verify(String id, String password) {
        String place = place(id);
        return judged(place, account -> {
            OptionalLong step = account.isRegistered()
                    ? OneTimePassword.stepOf(
                            box.open(place, account.secret()), digits(password), clock.instant(), account.last())
                    : OptionalLong.empty();
            return step.isPresent() ? Optional.of(account.used(step.getAsLong())) : Optional.empty();
        });
    }

    /**
     * Judges a recovery code; a right one is used up.
     *
     * @throws Refusal (TOO_MANY) after too many wrong ones
     */
    boolean recover(String id, String code) {
        String hash = RecoveryCode.hash(code);
        return judged(
                place(id),
                account -> account.recovery().contains(hash) ? Optional.of(account.without(hash)) : Optional.empty());
    }

    /** While it is locked nothing is looked at, so that who guesses does not learn of a right one. */
    private boolean judged(String place, Function<Account, Optional<Account>> right) {
        Boolean isRight = change(place, account -> {
            if (account.isLocked(clock.instant())) {
                throw Refusal.of(Refusal.Kind.TOO_MANY, "too-many-attempts", "There were too many wrong codes.");
            }
            Optional<Account> after = right.apply(account);
            return new Step<>(
                    after.orElseGet(() -> account.isRegistered() ? account.failed(clock.instant()) : account),
                    after.isPresent());
        });
        return isRight;
    }

    /** New recovery codes in place of all that there were. */
    List<String> renewRecovery(String id) {
        List<String> codes = RecoveryCode.fresh();
        return change(
                place(id),
                account -> account.isRegistered()
                        ? new Step<>(account.withRecovery(hashes(codes)), codes)
                        : new Step<>(account, List.<String>of()));
    }

    /** Takes all of it away. */
    void remove(String id) {
        change(place(id), account -> new Step<>(Account.NONE, true));
    }
}
