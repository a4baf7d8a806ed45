package org.latchkey.directory;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.latchkey.api.Caller;
import org.latchkey.api.Capability;
import org.latchkey.api.Group;
import org.latchkey.api.Refusal;
import org.latchkey.api.store.Write;

/** The steps of which operations on groups are made. */
final class GroupSteps {

    private static final int PAGE = 1000;
    private static final int MOST_RULES = 256;

    /** Following rules takes stack; nobody nests groups half as deep. */
    private static final int DEEPEST = 64;

    private final Accounts accounts;
    private final Groups groups;
    private final GroupGraphs graphs;
    private final Numbers numbers;
    private final Transactions transactions;

    GroupSteps(Accounts accounts, Groups groups, GroupGraphs graphs, Numbers numbers, Transactions transactions) {
        this.accounts = accounts;
        this.groups = groups;
        this.graphs = graphs;
        this.numbers = numbers;
        this.transactions = transactions;
    }

    void load(GroupWork work) {
        Group group = groups.find(work.name).orElseThrow(() -> Refusal.notFound("group", work.name));
        work.stored = Optional.of(group);
        work.group = group;
        work.graph = graphs.now();
    }

    void refuseMalformedGroup(GroupWork work) {
        Grammar.refuseMalformedName("/name", work.name);
        Grammar.refuseMalformedNumber(work.group.number());
        Grammar.refuseMalformedText("/display_name", work.group.displayName(), Grammar.META_LENGTH);
        Grammar.refuseMalformedKv(work.group.kv());
    }

    void refuseExistingGroup(GroupWork work) {
        if (groups.find(work.name).isPresent()) {
            throw Refusal.of(Refusal.Kind.EXISTS, "exists", "There is already a group \"" + work.name + "\".");
        }
    }

    /** A group may be managed by itself, or by one that exists. */
    void refuseUnknownManager(GroupWork work) {
        String manager = work.group.managedBy();
        if (!manager.isEmpty()
                && !manager.equals(work.name)
                && groups.find(manager).isEmpty()) {
            throw Refusal.invalid("/managed_by", "There is no group \"" + manager + "\".");
        }
    }

    void requireModifyGroupMeta(GroupWork work) {
        requireOrManage(work.caller, Capability.MODIFY_GROUP_META, work.group, work.graph);
    }

    /** The capability, or membership, in effect, in the group that manages this one. */
    void requireOrManage(Caller caller, Capability capability, Group group, GroupGraph graph) {
        boolean manages = !group.managedBy().isEmpty()
                && accounts.find(caller.id())
                        .map(account -> graph.effective(account.entity().groups()))
                        .filter(effective -> effective.contains(group.managedBy()))
                        .isPresent();
        if (!manages) {
            caller.require(capability);
        }
    }

    /** A rule that is being dropped may name a group that is gone. */
    void refuseUnknownTarget(GroupWork work, String target) {
        if (work.group.rules().containsKey(target) && groups.find(target).isEmpty()) {
            throw Refusal.notFound("group", target);
        }
    }

    void refuseTooManyRules(GroupWork work) {
        if (work.group.rules().size() > MOST_RULES) {
            throw Refusal.invalid("/rule", "A group has at most " + MOST_RULES + " rules.");
        }
    }

    /** Who is in a group must be decided without asking who is in it. */
    void refuseCycle(GroupWork work, String target) {
        if (!work.group.rules().containsKey(target)) {
            return;
        }
        if (work.graph.dependsOn(target, work.name)) {
            throw Refusal.of(
                    Refusal.Kind.CONFLICT,
                    "cycle",
                    "The group \"" + work.name + "\" would depend on itself: \"" + target + "\" depends on it.");
        }
        if (work.graph.height(work.name) + 1 + work.graph.depth(target) > DEEPEST) {
            throw Refusal.of(
                    Refusal.Kind.CONFLICT, "too-deep", "Rules may follow one another " + DEEPEST + " deep at most.");
        }
    }

    /** Who decides who is in a group decides who has what it, and all that depend on it, confer. */
    void refuseConferringMore(GroupWork work) {
        work.graph.conferred(work.graph.affectedBy(work.name)).forEach(work.caller::require);
    }

    /**
     * A rule without its group would quietly let others in or out, and a group that is made anew under the name would
     * get the say of the old one.
     */
    void refuseNeededGroup(GroupWork work) {
        Set<String> dependants = work.graph.dependants().getOrDefault(work.name, Set.of());
        if (!dependants.isEmpty()) {
            throw needed(work.name, "rules of", List.copyOf(dependants));
        }
        List<String> managed = groups.managedBy(work.name, "", PAGE).stream()
                .map(Group::name)
                .filter(name -> !name.equals(work.name))
                .toList();
        if (!managed.isEmpty()) {
            throw needed(work.name, "the management of", managed);
        }
    }

    private static Refusal needed(String name, String what, List<String> by) {
        String others = by.size() > 1 ? " and " + (by.size() - 1) + " more" : "";
        return Refusal.of(
                Refusal.Kind.CONFLICT,
                "group-needed",
                "The group \"" + name + "\" is needed by " + what + " \"" + by.get(0) + "\"" + others + ".");
    }

    void setNumber(GroupWork work) {
        if (work.group.number() == 0) {
            work.group = work.group.withNumber(numbers.allocate());
            work.allocated = work.group.number();
        }
    }

    /** A number that was chosen and belongs to somebody else. */
    void refuseTakenNumber(GroupWork work) {
        groups.withNumber(work.group.number())
                .filter(name -> !name.equals(work.name))
                .ifPresent(name -> {
                    throw takenNumber(work);
                });
    }

    private static Refusal takenNumber(GroupWork work) {
        return Refusal.of(
                Refusal.Kind.EXISTS, "exists", "The number " + work.group.number() + " belongs to another group.");
    }

    /** Somebody may have chosen a number themselves: nobody gets it any more. */
    void noteNumber(GroupWork work) {
        numbers.taken(work.group.number());
    }

    /** Somebody else gave out numbers. */
    void rereadNumbers() {
        numbers.reread();
    }

    void undo(GroupWork work) {
        if (work.allocated > 0) {
            numbers.giveBack(work.allocated);
        }
    }

    BiConsumer<GroupWork, String> hook(HookRunner.ChangePoint<Group> point) {
        return (work, place) -> work.group = HookRunner.change(work.hooks, place, point, work.group, work.change());
    }

    Consumer<GroupWork> tell(String type) {
        return work ->
                work.notices.add(Notices.of(work.caller, type, work.group, Notices.changed(work.before(), work.group)));
    }

    /** Membership in effect may have changed in all groups that depend on this one. */
    void tellRules(GroupWork work, String target) {
        Group.Rule rule = work.group.rules().get(target);
        work.notices.add(Notices.of(
                work.caller,
                "group.rules-changed",
                work.group,
                Map.of(
                        "target",
                        target,
                        "rule",
                        rule == null ? "none" : rule.key(),
                        "affected",
                        Notices.list(work.graph.affectedBy(work.name)))));
    }

    void saveNew(GroupWork work) {
        boolean chosen = work.allocated == 0;
        transactions.commit(List.of(Groups.put(work.group)), work.notices, taken -> {
            numbers.reread();
            if (chosen) {
                throw takenNumber(work);
            }
        });
        numbers.taken(work.group.number());
        work.group = work.group.withVersion(work.group.version() + 1);
    }

    void save(GroupWork work) {
        transactions.commit(List.of(Groups.put(work.group)), work.notices);
        work.group = work.group.withVersion(work.group.version() + 1);
    }

    /** What decides about members of other groups too is stored together with the new epoch of the graph. */
    void saveWithGraph(GroupWork work) {
        transactions.commit(List.of(Groups.put(work.group), graphs.raise(work.graph)), work.notices);
        graphs.stored(work.graph, work.group);
        work.group = work.group.withVersion(work.group.version() + 1);
    }

    /** The members leave in the same commit: a later group of the same name must not find them again. */
    void destroy(GroupWork work) {
        List<Write> writes = new ArrayList<>();
        writes.add(Groups.delete(work.group));
        writes.add(graphs.raise(work.graph));
        String after = "";
        List<Account> members = accounts.inGroup(work.name, after, PAGE);
        while (!members.isEmpty()) {
            members.forEach(member -> writes.add(Accounts.put(without(member, work.name))));
            after = members.get(members.size() - 1).entity().id();
            members = accounts.inGroup(work.name, after, PAGE);
        }
        transactions.commit(writes, work.notices);
    }

    private static Account without(Account member, String group) {
        Set<String> left = new LinkedHashSet<>(member.entity().groups());
        left.remove(group);
        return member.with(member.entity().withGroups(left));
    }
}
