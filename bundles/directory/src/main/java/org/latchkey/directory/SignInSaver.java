package org.latchkey.directory;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Caller;
import org.latchkey.api.Entity;
import org.latchkey.api.MetaField;
import org.latchkey.api.extension.Notice;

/**
 * Stores what a sign-in changed, and nothing if it changed nothing. A sign-in takes long and holds no turn
 * meanwhile, so its changes are put on top of whatever is stored by then instead of replacing it. A read-only
 * replica stores nothing: what hooks change there counts for the sign-in alone.
 */
final class SignInSaver {

    /** Who a change that hooks make at a sign-in is by. */
    private static final Caller SIGN_IN = new Caller("sign-in", Set.of(), "", Caller.LOCAL, false);

    private final Accounts accounts;
    private final Transactions transactions;

    SignInSaver(Accounts accounts, Transactions transactions) {
        this.accounts = accounts;
        this.transactions = transactions;
    }

    /** Whether the sign-in still counts: the account is there, not locked, and has the same secret. */
    boolean save(Account loaded, Account made) {
        if (made.equals(loaded) || transactions.isReplica()) {
            return accounts.find(loaded.entity().id())
                    .filter(loaded::provesTheSameAs)
                    .isPresent();
        }
        return inTurn(loaded, () -> {
            Optional<Account> now = accounts.find(loaded.entity().id()).filter(loaded::provesTheSameAs);
            now.ifPresent(account -> store(account, merge(loaded, made, account)));
            return now.isPresent();
        });
    }

    /** Stores what the hooks of a failed sign-in changed; an account that is gone by then needs nothing. */
    void saveAfterFailure(Account loaded, Account made) {
        if (!made.equals(loaded) && !transactions.isReplica()) {
            inTurn(loaded, () -> {
                accounts.find(loaded.entity().id()).ifPresent(account -> store(account, merge(loaded, made, account)));
                return true;
            });
        }
    }

    private interface Turn {
        boolean run();
    }

    private boolean inTurn(Account account, Turn turn) {
        String id = account.entity().id();
        return transactions.apart(List.of(EntityOperations.turn(id)), turn::run);
    }

    private void store(Account before, Account after) {
        transactions.commit(List.of(Accounts.put(after)), notices(before.entity(), after.entity()));
    }

    /** A hash that was made anew is nobody's business. */
    private static List<Notice> notices(Entity before, Entity after) {
        if (before.equals(after)) {
            return List.of();
        }
        String type = before.locked() == after.locked()
                ? "entity.updated"
                : after.locked() ? "entity.locked" : "entity.unlocked";
        return List.of(Notices.of(SIGN_IN, type, after, Notices.changed(before, after)));
    }

    /** What differs between {@code from} and {@code to}, done to {@code now}. */
    private static Account merge(Account from, Account to, Account now) {
        Entity merged = now.entity();
        if (from.entity().locked() != to.entity().locked()) {
            merged = merged.withLocked(to.entity().locked());
        }
        for (MetaField field : MetaField.values()) {
            if (!from.entity().meta(field).equals(to.entity().meta(field))) {
                merged = merged.withMeta(field, to.entity().meta(field));
            }
        }
        Set<String> keys = new LinkedHashSet<>(from.entity().kv().keySet());
        keys.addAll(to.entity().kv().keySet());
        for (String key : new ArrayList<>(keys)) {
            List<String> values = to.entity().kv().getOrDefault(key, List.of());
            if (!values.equals(from.entity().kv().getOrDefault(key, List.of()))) {
                merged = merged.withKv(key, values);
            }
        }
        return new Account(merged, from.secret().equals(to.secret()) ? now.secret() : to.secret()).after(now);
    }
}
