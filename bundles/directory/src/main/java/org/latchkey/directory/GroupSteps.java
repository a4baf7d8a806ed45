package org.latchkey.directory;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.latchkey.api.Caller;
import org.latchkey.api.Capability;
import org.latchkey.api.Group;
import org.latchkey.api.Refusal;
import org.latchkey.api.store.Write;

/** The steps of which operations on groups are made. */
final class GroupSteps {

    private static final int PAGE = 1000;

    private final Accounts accounts;
    private final Groups groups;
    private final Numbers numbers;
    private final Transactions transactions;

    GroupSteps(Accounts accounts, Groups groups, Numbers numbers, Transactions transactions) {
        this.accounts = accounts;
        this.groups = groups;
        this.numbers = numbers;
        this.transactions = transactions;
    }

    void load(GroupWork work) {
        Group group = groups.find(work.name).orElseThrow(() -> Refusal.notFound("group", work.name));
        work.stored = Optional.of(group);
        work.group = group;
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
        requireOrManage(accounts, work.caller, Capability.MODIFY_GROUP_META, work.group);
    }

    /** The capability, or membership in the group that manages this one. */
    static void requireOrManage(Accounts accounts, Caller caller, Capability capability, Group group) {
        boolean manages = !group.managedBy().isEmpty()
                && accounts.find(caller.id())
                        .filter(account -> account.entity().groups().contains(group.managedBy()))
                        .isPresent();
        if (!manages) {
            caller.require(capability);
        }
    }

    void setNumber(GroupWork work) {
        if (work.group.number() == 0) {
            work.group = work.group.withNumber(numbers.allocate());
            work.allocated = work.group.number();
        }
    }

    void undo(GroupWork work) {
        if (work.allocated > 0) {
            numbers.giveBack(work.allocated);
        }
    }

    BiConsumer<GroupWork, String> hook(HookRunner.ChangePoint<Group> point) {
        return (work, place) -> work.group = HookRunner.change(work.hooks, place, point, work.group, work.change());
    }

    void saveNew(GroupWork work) {
        boolean chosen = work.allocated == 0;
        transactions.commit(List.of(Groups.put(work.group)), taken -> {
            numbers.reread();
            if (chosen) {
                throw Refusal.of(
                        Refusal.Kind.EXISTS,
                        "exists",
                        "The number " + work.group.number() + " belongs to another group.");
            }
        });
        numbers.taken(work.group.number());
        work.group = work.group.withVersion(work.group.version() + 1);
    }

    void save(GroupWork work) {
        transactions.commit(List.of(Groups.put(work.group)), taken -> {});
        work.group = work.group.withVersion(work.group.version() + 1);
    }

    /** The members leave in the same commit: a later group of the same name must not find them again. */
    void destroy(GroupWork work) {
        List<Write> writes = new ArrayList<>();
        writes.add(Groups.delete(work.group));
        String after = "";
        List<Account> members = accounts.inGroup(work.name, after, PAGE);
        while (!members.isEmpty()) {
            members.forEach(member -> writes.add(Accounts.put(without(member, work.name))));
            after = members.get(members.size() - 1).entity().id();
            members = accounts.inGroup(work.name, after, PAGE);
        }
        transactions.commit(writes, taken -> {});
    }

    private static Account without(Account member, String group) {
        Set<String> left = new LinkedHashSet<>(member.entity().groups());
        left.remove(group);
        return member.with(member.entity().withGroups(left));
    }
}
