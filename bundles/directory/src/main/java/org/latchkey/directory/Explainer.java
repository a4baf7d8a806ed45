package org.latchkey.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latchkey.api.Caller;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.Refusal;
import org.latchkey.api.Secret;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.extension.DirectoryHook;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.ExtensionInfo;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.api.kernel.Link;
import org.latchkey.api.service.Explanation;
import org.latchkey.api.service.Explanation.Expected;
import org.latchkey.api.service.Recording;
import org.latchkey.directory.Operation.Rehearsal;

/** Says which hooks an operation would run, by rehearsing the very table that runs, with the chain of this moment. */
final class Explainer {

    private static final String IF_A_SECRET_IS_GIVEN = "secret";

    private final Extensions<DirectoryHook> hooks;
    private final EntityOperations entities;
    private final GroupOperations groups;
    private final SignIn signIn;

    Explainer(Extensions<DirectoryHook> hooks, EntityOperations entities, GroupOperations groups, SignIn signIn) {
        this.hooks = hooks;
        this.entities = entities;
        this.groups = groups;
        this.signIn = signIn;
    }

    Explanation explain(String operation, String id) {
        try (Chain<DirectoryHook> chain = hooks.enter();
                Secret secret = Secret.of(new char[0])) {
            Rehearsed rehearsed = new Rehearsed(operation, id, new Hooks(chain, Recording.ofNothing()), hooks.list());
            Attempt attempt = new Attempt(id, Optional.of(secret), Caller.shell(""));
            if (operation.equals(signIn.operation().name())) {
                return signIn(rehearsed, signIn.operation(), new SignInWork(attempt, rehearsed.hooks()));
            }
            if (operation.equals(signIn.admission().name())) {
                return signIn(rehearsed, signIn.admission(), SignInWork.withoutSecret(attempt, rehearsed.hooks()));
            }
            return ofEntity(rehearsed, secret)
                    .or(() -> ofGroup(rehearsed))
                    .orElseThrow(() -> Refusal.invalid("/operation", "There is no operation \"" + operation + "\"."));
        }
    }

    private Explanation signIn(Rehearsed rehearsed, Operation<SignInWork> table, SignInWork work) {
        Rehearsal judged = table.rehearse(work);
        Rehearsal rejected = signIn.rejected().rehearse(work);
        return rehearsed.explanation(
                judged,
                rehearsed.expected(judged.places()),
                rehearsed.expected(rejected.places()),
                work.isRoot() ? rehearsed.allSkipped("root meets no plugin") : rehearsed.notInChain());
    }

    private Optional<Explanation> ofEntity(Rehearsed rehearsed, Secret secret) {
        return entities.tables().stream()
                .filter(table -> table.name().equals(rehearsed.operation()))
                .findFirst()
                .map(table -> {
                    Rehearsal with = table.rehearse(rehearsed.entityWork(Optional.of(secret)));
                    Rehearsal without = table.rehearse(rehearsed.entityWork(Optional.empty()));
                    List<Expected> expected = new ArrayList<>();
                    for (String place : with.places()) {
                        String when = without.places().contains(place) ? "" : IF_A_SECRET_IS_GIVEN;
                        rehearsed.expected(List.of(place)).forEach(each -> expected.add(each.when(when)));
                    }
                    return rehearsed.change(with, expected);
                });
    }

    private Optional<Explanation> ofGroup(Rehearsed rehearsed) {
        return groups.tables().stream()
                .filter(table -> table.name().equals(rehearsed.operation()))
                .findFirst()
                .map(table -> {
                    Rehearsal rehearsal = table.rehearse(rehearsed.groupWork());
                    return rehearsed.change(rehearsal, rehearsed.expected(rehearsal.places()));
                });
    }

    /**
     * An operation under rehearsal.
     *
     * @param operation its name
     * @param id whom it would be about
     * @param hooks of this moment
     * @param registered everything at the point, also what is not in the chain, in its present state
     */
    private record Rehearsed(String operation, String id, Hooks hooks, List<ExtensionInfo> registered) {

        EntityWork entityWork(Optional<Secret> secret) {
            return new EntityWork(Caller.shell(""), hooks, Entity.named(id), secret);
        }

        GroupWork groupWork() {
            return new GroupWork(Caller.shell(""), hooks, Group.named(id));
        }

        List<Expected> expected(List<String> places) {
            List<Expected> expected = new ArrayList<>();
            for (String place : places) {
                for (Link<DirectoryHook> link : hooks.chain().links()) {
                    expected.add(Expected.of(place, present(link.info())));
                }
            }
            return expected;
        }

        private ExtensionInfo present(ExtensionInfo identity) {
            return registered.stream()
                    .filter(each -> each.isSameAs(identity))
                    .findFirst()
                    .orElse(identity);
        }

        List<Expected> notInChain() {
            return registered.stream()
                    .filter(each -> hooks.chain().links().stream().noneMatch(link -> each.isSameAs(link.info())))
                    .map(each -> Expected.skipped(each, each.state() + ": " + each.reason()))
                    .toList();
        }

        List<Expected> allSkipped(String why) {
            return registered.stream().map(each -> Expected.skipped(each, why)).toList();
        }

        /** A change asks for the required hooks before its first step, as {@link Transactions#run} does. */
        Explanation change(Rehearsal rehearsal, List<Expected> expected) {
            try {
                hooks.chain().requireComplete();
                return explanation(rehearsal, expected, List.of(), notInChain());
            } catch (Refusal missing) {
                Rehearsal refused = new Rehearsal(List.of(), Explanation.REQUIRE_POLICIES, missing.getMessage());
                return explanation(refused, List.of(), List.of(), notInChain());
            }
        }

        /** What a policy that is missing lacks is told among the skipped. */
        Explanation explanation(
                Rehearsal rehearsal, List<Expected> wouldRun, List<Expected> ifRejected, List<Expected> skipped) {
            List<Expected> all = new ArrayList<>(skipped);
            if (rehearsal.refusedBy().equals(Explanation.REQUIRE_POLICIES)) {
                registered.stream()
                        .filter(each -> each.policy().equals(ExtensionInfo.REQUIRED)
                                && !each.state().equals("active"))
                        .map(each -> Expected.skipped(each, "required, but " + each.state() + ": " + each.reason()))
                        .filter(each -> !all.contains(each))
                        .forEach(all::add);
            }
            return new Explanation(
                    operation, id, List.of(), wouldRun, ifRejected, all, rehearsal.refusedBy(), rehearsal.reason());
        }
    }
}
