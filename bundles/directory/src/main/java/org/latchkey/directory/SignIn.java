package org.latchkey.directory;

import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.latchkey.api.Entity;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.extension.DirectoryHook;
import org.latchkey.api.extension.Verdict;
import org.latchkey.api.kernel.PluginFault;
import org.latchkey.api.service.Admission;
import org.latchkey.api.service.Directory;
import org.latchkey.api.service.Explanation;
import org.latchkey.api.service.Receipt;
import org.latchkey.api.store.Store;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges an attempt against the directory, in NetAuth's order (chain VALIDATE-IDENTITY): the hooks before
 * authentication come before the lock is looked at. Every way to fail costs the work of one hash and gives
 * the same answer. Root meets no hook: it is how the operator gets in when hooks refuse everybody.
 */
@Component(service = {SignIn.class, Admission.class})
public final class SignIn implements Admission {

    private static final Logger log = LoggerFactory.getLogger(SignIn.class);

    private final Directory directory;
    private final Accounts accounts;
    private final SecretHasher hasher;
    private final Transactions transactions;
    private final RootGuard rootGuard;
    private final SignInSaver saver;
    private final Operation<SignInWork> operation = Operation.<SignInWork>named("authentication")
            .step("refuse-root-from-afar", SignInWork::isRoot, this::refuseRootFromAfar)
            .check("load-account", this::load)
            .check(Explanation.REQUIRE_POLICIES, SignInWork::isNotRoot, this::requirePolicies)
            .hook("PreAuthCheck", SignInWork::isNotRoot, pass(DirectoryHook::preAuthCheck))
            .check("refuse-locked", this::refuseLocked)
            .step("verify-secret", this::verifySecret)
            .hook("PostAuthCheck", SignInWork::isNotRoot, pass(DirectoryHook::postAuthCheck))
            .step("rehash-outdated", this::rehashOutdated)
            .step("confirm-and-save", this::confirmAndSave);

    /** The same for somebody who is vouched for and has no secret to show. */
    private final Operation<SignInWork> admission = Operation.<SignInWork>named(Admission.OPERATION)
            .check("refuse-root", this::refuseRoot)
            .check("load-account", this::load)
            .check(Explanation.REQUIRE_POLICIES, this::requirePolicies)
            .hook("PreAuthCheck", pass(DirectoryHook::preAuthCheck))
            .check("refuse-locked", this::refuseLocked)
            .hook("PostAuthCheck", pass(DirectoryHook::postAuthCheck))
            .step("confirm-and-save", this::confirmAndSave);

    /** What happens after either if it was rejected. */
    private final Operation<SignInWork> rejected = Operation.<SignInWork>named("authentication-rejected")
            .step("spend-the-time-of-a-hash", SignInWork::isNotHashed, this::spendTheTimeOfAHash)
            .hook("FailedAuthCheck", SignInWork::isHooked, this::failedAuthCheck)
            .step("tell-authentication-failed", SignInWork::isKnown, this::tellFailure);

    @Activate
    public SignIn(
            @Reference Store store,
            @Reference Directory directory,
            @Reference SecretHasher hasher,
            @Reference Transactions transactions,
            @Reference RootGuard rootGuard) {
        this.directory = directory;
        this.accounts = new Accounts(store);
        this.hasher = hasher;
        this.transactions = transactions;
        this.rootGuard = rootGuard;
        this.saver = new SignInSaver(accounts, transactions);
    }

    /** Accepts, rejects, or says that it does not know the name; unavailability is a refusal. */
    Verdict judge(Attempt attempt) {
        if (Grammar.isTooLong(attempt.secret().orElseThrow())) {
            throw Refusal.invalid("/secret", "A secret is at most 1024 bytes.");
        }
        return judge(operation, attempt, SignInWork::new);
    }

    @Override
    public Verdict admit(Attempt attempt) {
        return judge(admission, attempt.withSecret(Optional.empty()), SignInWork::withoutSecret);
    }

    private Verdict judge(
            Operation<SignInWork> table, Attempt attempt, BiFunction<Attempt, Hooks, SignInWork> beginning) {
        return transactions
                .judge(attempt, table.name(), hooks -> judge(table, beginning.apply(attempt, hooks)), Judged::outcome)
                .verdict();
    }

    /** A verdict, and what the receipt says of it. */
    private record Judged(Verdict verdict, String outcome) {}

    private Judged judge(Operation<SignInWork> table, SignInWork work) {
        Optional<String> rejection = rejection(table, work);
        if (work.isRoot() && work.hasSecret()) {
            rootGuard.tell(rejection.isEmpty());
        }
        Verdict verdict = rejection.<Verdict>map(reason -> reject(work, reason)).orElseGet(() -> accept(work));
        return new Judged(verdict, work.outcome);
    }

    private Optional<String> rejection(Operation<SignInWork> table, SignInWork work) {
        try {
            table.run(work);
            return Optional.empty();
        } catch (Rejected no) {
            work.outcome = Receipt.refused(no.getMessage());
            return Optional.of(no.getMessage());
        } catch (PluginFault fault) {
            log.atError().setCause(fault).log("nobody signs in past a failed hook");
            work.outcome = Receipt.refused("policy-failed");
            return Optional.of("a hook failed");
        } catch (Refusal refusal) {
            if (refusal.kind() == Refusal.Kind.UNAVAILABLE) {
                throw refusal;
            }
            work.outcome = Receipt.refused(refusal);
            return Optional.of("refused by a hook: " + refusal.code());
        }
    }

    private Verdict accept(SignInWork work) {
        Entity entity = work.entity;
        return new Verdict.Accepted(new Principal(
                entity.id(), "directory", directory.groupsOf(entity.id()), directory.capabilities(entity)));
    }

    private Verdict reject(SignInWork work, String reason) {
        rejected.run(work);
        return work.loaded == null && work.isNotRoot() ? Verdict.NOT_MINE : new Verdict.Rejected(reason);
    }

    private void refuseRoot(SignInWork work) {
        if (work.isRoot()) {
            throw new Rejected("root shows its secret");
        }
    }

    private void refuseRootFromAfar(SignInWork work) {
        rootGuard.objection(work.attempt.caller()).ifPresent(reason -> {
            throw new Rejected(reason);
        });
    }

    private void load(SignInWork work) {
        work.loaded = accounts.find(work.attempt.id()).orElseThrow(() -> new Rejected("unknown"));
        work.entity = work.loaded.entity();
    }

    /** Nobody but root passes while a policy is missing; from here on the hooks also hear of a failure. */
    private void requirePolicies(SignInWork work) {
        work.hooks.chain().requireComplete();
        work.hooked = true;
    }

    private static BiConsumer<SignInWork, String> pass(HookRunner.AuthPoint point) {
        return (work, place) -> work.entity = HookRunner.attempt(work.hooks, place, point, work.entity, work.attempt);
    }

    private void refuseLocked(SignInWork work) {
        if (work.entity.locked()) {
            throw new Rejected("locked");
        }
    }

    private void verifySecret(SignInWork work) {
        work.hashed = true;
        if (work.loaded.secret().isEmpty()) {
            hasher.verifyNobody(work.secret());
            throw new Rejected("has no secret");
        }
        if (!hasher.verify(work.secret(), work.loaded.secret().get())) {
            throw new Rejected("wrong secret");
        }
    }

    private void rehashOutdated(SignInWork work) {
        if (hasher.isOutdated(work.loaded.secret().orElseThrow())) {
            work.rehashed = Optional.of(hasher.hash(work.secret()));
        }
    }

    /** Hashing takes long enough for somebody to lock the account meanwhile; then the lock wins. */
    private void confirmAndSave(SignInWork work) {
        Account made = new Account(work.entity, work.rehashed.or(work.loaded::secret), work.loaded.era());
        if (!saver.save(work.loaded, made)) {
            throw new Rejected("changed meanwhile");
        }
    }

    private void spendTheTimeOfAHash(SignInWork work) {
        hasher.verifyNobody(work.secret());
    }

    private void failedAuthCheck(SignInWork work, String place) {
        accounts.find(work.attempt.id()).ifPresent(now -> {
            try {
                Entity answer = HookRunner.attempt(
                        work.hooks, place, DirectoryHook::failedAuthCheck, now.entity(), work.attempt);
                saver.saveAfterFailure(now, now.with(answer));
            } catch (PluginFault | Refusal failed) {
                log.atWarn().setCause(failed).log("a hook could not deal with a failed sign-in");
            }
        });
    }

    /** Of names that nobody has it does not tell: people type their secrets there. */
    private void tellFailure(SignInWork work) {
        if (!transactions.tells()) {
            return;
        }
        Map<String, String> content = Map.of("address", work.attempt.caller().address(), "outcome", work.outcome);
        transactions.tell(Notices.of(work.attempt.caller(), "authentication.failed", work.loaded.entity(), content));
    }

    Operation<SignInWork> operation() {
        return operation;
    }

    Operation<SignInWork> admission() {
        return admission;
    }

    /** What follows a rejection of either. */
    Operation<SignInWork> rejected() {
        return rejected;
    }
}
