package org.latchkey.directory;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.Refusal;
import org.latchkey.api.store.Write;

/** The steps of which operations on entities are made. */
final class EntitySteps {

    static final String ROOT = "root";

    private final Accounts accounts;
    private final Groups groups;
    private final GroupGraphs graphs;
    private final GroupSteps groupSteps;
    private final Numbers numbers;
    private final SecretHasher hasher;
    private final Transactions transactions;

    EntitySteps(
            Accounts accounts,
            Groups groups,
            GroupGraphs graphs,
            GroupSteps groupSteps,
            Numbers numbers,
            SecretHasher hasher,
            Transactions transactions) {
        this.accounts = accounts;
        this.groups = groups;
        this.graphs = graphs;
        this.groupSteps = groupSteps;
        this.numbers = numbers;
        this.hasher = hasher;
        this.transactions = transactions;
    }

    void load(EntityWork work) {
        Account account = accounts.find(work.id).orElseThrow(() -> Refusal.notFound("entity", work.id));
        work.stored = Optional.of(account);
        work.entity = account.entity();
    }

    void refuseMalformedEntity(EntityWork work) {
        Grammar.refuseMalformedName("/id", work.id);
        Grammar.refuseMalformedNumber(work.entity.number());
        Grammar.refuseMalformedMeta(work.entity.meta());
        Grammar.refuseMalformedKeys(work.entity.keys());
        Grammar.refuseMalformedKv(work.entity.kv());
    }

    void refuseExistingEntity(EntityWork work) {
        if (accounts.find(work.id).isPresent()) {
            throw Refusal.of(Refusal.Kind.EXISTS, "exists", "There is already an entity \"" + work.id + "\".");
        }
    }

    /** The account that lets an operator in when everything else is broken stays as it is. */
    void refuseRoot(EntityWork work) {
        if (work.id.equals(ROOT)) {
            throw Refusal.of(Refusal.Kind.DENIED, "root", "The entity root cannot be locked, destroyed or demoted.");
        }
    }

    /** Who could set the secret of somebody who may do more could do more themselves. */
    void refuseStrongerEntity(EntityWork work) {
        if (!work.caller.id().equals(work.id)) {
            GroupGraph graph = graphs.now();
            work.entity.capabilities().forEach(work.caller::require);
            graph.conferred(graph.effective(work.entity.groups())).forEach(work.caller::require);
        }
    }

    void setNumber(EntityWork work) {
        if (work.entity.number() == 0) {
            work.entity = work.entity.withNumber(numbers.allocate());
            work.allocated = work.entity.number();
        }
    }

    /** A number that was chosen and belongs to somebody else. */
    void refuseTakenNumber(EntityWork work) {
        accounts.withNumber(work.entity.number())
                .filter(id -> !id.equals(work.id))
                .ifPresent(id -> {
                    throw takenNumber(work);
                });
    }

    private static Refusal takenNumber(EntityWork work) {
        return Refusal.of(
                Refusal.Kind.EXISTS, "exists", "The number " + work.entity.number() + " belongs to another entity.");
    }

    /** Somebody may have chosen a number themselves: nobody gets it any more. */
    void noteNumber(EntityWork work) {
        numbers.taken(work.entity.number());
    }

    /** Somebody else gave out numbers. */
    void rereadNumbers() {
        numbers.reread();
    }

    void undo(EntityWork work) {
        if (work.allocated > 0) {
            numbers.giveBack(work.allocated);
        }
    }

    void refuseUnusableSecret(EntityWork work) {
        Grammar.refuseUnusableSecret(work.secret.orElseThrow());
    }

    void setSecret(EntityWork work) {
        work.hash = work.secret.map(hasher::hash);
        work.entity = work.entity.withSecret();
    }

    BiConsumer<EntityWork, String> hook(HookRunner.ChangePoint<Entity> point) {
        return (work, place) -> work.entity = HookRunner.change(work.hooks, place, point, work.entity, work.change());
    }

    BiConsumer<EntityWork, String> secretHook(HookRunner.ChangePoint<Entity> point) {
        return (work, place) ->
                work.entity = HookRunner.change(work.hooks, place, point, work.entity, work.changeWithSecret());
    }

    void requireGroupRight(EntityWork work, String name) {
        Group group = groups.find(name).orElseThrow(() -> Refusal.notFound("group", name));
        work.graph = graphs.now();
        groupSteps.requireOrManage(work.caller, Capability.MODIFY_GROUP_MEMBERS, group, work.graph);
    }

    /** Who gives or takes a membership that means capabilities, here or through rules, must hold them. */
    void refuseConferringMore(EntityWork work) {
        Set<Capability> before = work.graph.conferred(
                work.graph.effective(work.stored.orElseThrow().entity().groups()));
        Set<Capability> after = work.graph.conferred(work.graph.effective(work.entity.groups()));
        Set<Capability> changed = EnumSet.copyOf(before);
        changed.addAll(after);
        changed.removeIf(each -> before.contains(each) && after.contains(each));
        changed.forEach(work.caller::require);
    }

    /** Whether notices go to anybody. */
    boolean tells() {
        return transactions.tells();
    }

    Consumer<EntityWork> tell(String type) {
        return work -> {
            if (transactions.tells()) {
                work.notices.add(
                        Notices.of(work.caller, type, work.entity, Notices.changed(work.before(), work.entity)));
            }
        };
    }

    void tellMembership(EntityWork work, String group) {
        Map<String, String> content = new HashMap<>(Notices.moved(work.graph, work.before(), work.entity));
        content.put("group", group);
        content.put("change", work.entity.groups().contains(group) ? "added" : "removed");
        work.notices.add(Notices.of(work.caller, "membership.changed", work.entity, content));
    }

    void saveNew(EntityWork work) {
        boolean chosen = work.allocated == 0;
        transactions.commit(List.of(Accounts.put(work.account())), work.notices, taken -> {
            numbers.reread();
            if (chosen) {
                throw takenNumber(work);
            }
        });
        numbers.taken(work.entity.number());
        work.entity = work.entity.withVersion(work.entity.version() + 1);
    }

    void save(EntityWork work) {
        transactions.commit(List.of(Accounts.put(work.account())), work.notices);
        work.entity = work.entity.withVersion(work.entity.version() + 1);
    }

    void destroy(EntityWork work) {
        List<Write> writes = new ArrayList<>(numbers.retire(work.entity.number()));
        writes.add(Accounts.delete(work.entity));
        transactions.commit(writes, work.notices);
    }
}
