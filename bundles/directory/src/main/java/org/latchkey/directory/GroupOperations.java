package org.latchkey.directory;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.latchkey.api.Caller;
import org.latchkey.api.Capability;
import org.latchkey.api.Group;
import org.latchkey.api.extension.DirectoryHook;

/** The changes of groups, in NetAuth's order (chains CREATE, MERGE-METADATA, DESTROY). */
final class GroupOperations {

    private final Transactions transactions;
    private final GroupSteps steps;

    GroupOperations(Transactions transactions, GroupSteps steps) {
        this.transactions = transactions;
        this.steps = steps;
    }

    private Operation<GroupWork> create() {
        return Operation.<GroupWork>named("group-create")
                .step("require-create-group", work -> work.caller.require(Capability.CREATE_GROUP))
                .step("refuse-malformed-group", steps::refuseMalformedGroup)
                .check("refuse-existing-group", steps::refuseExistingGroup)
                .step("refuse-unknown-manager", steps::refuseUnknownManager)
                .step("set-number", steps::setNumber)
                .hook("GroupCreate", steps.hook(DirectoryHook::groupCreate))
                .step("save-new-group", steps::saveNew);
    }

    private Operation<GroupWork> update(UnaryOperator<Group> change) {
        return Operation.<GroupWork>named("group-update")
                .check("load-group", steps::load)
                .step("require-modify-group-meta", steps::requireModifyGroupMeta)
                .step("change-group", work -> work.group = change.apply(work.group))
                .step("refuse-malformed-group", steps::refuseMalformedGroup)
                .step("refuse-unknown-manager", steps::refuseUnknownManager)
                .hook("GroupUpdate", steps.hook(DirectoryHook::groupUpdate))
                .step("save-group", steps::save);
    }

    private Operation<GroupWork> destroy() {
        return Operation.<GroupWork>named("group-destroy")
                .step("require-destroy-group", work -> work.caller.require(Capability.DESTROY_GROUP))
                .check("load-group", steps::load)
                .hook("GroupDestroy", steps.hook(DirectoryHook::groupDestroy))
                .step("destroy-group", steps::destroy);
    }

    private Operation<GroupWork> setCapabilities(Set<Capability> capabilities) {
        return Operation.<GroupWork>named("group-capabilities")
                .step("require-global-root", work -> work.caller.require(Capability.GLOBAL_ROOT))
                .check("load-group", steps::load)
                .step("set-capabilities", work -> work.group = work.group.withCapabilities(capabilities))
                .step("save-group", steps::save);
    }

    Group create(Caller caller, Group group) {
        Group given = new Group(
                group.name(), group.number(), group.displayName(), group.managedBy(), Set.of(), group.kv(), 0);
        return run(create(), caller, given);
    }

    Group update(Caller caller, String name, Optional<String> displayName, Optional<String> managedBy) {
        UnaryOperator<Group> change = group -> group.withDisplayName(displayName.orElse(group.displayName()))
                .withManagedBy(managedBy.orElse(group.managedBy()));
        return run(update(change), caller, Group.named(name));
    }

    Group putKv(Caller caller, String name, String key, List<String> values) {
        return run(update(group -> group.withKv(key, values)), caller, Group.named(name));
    }

    void destroy(Caller caller, String name) {
        run(destroy(), caller, Group.named(name));
    }

    Group setCapabilities(Caller caller, String name, Set<Capability> capabilities) {
        return run(setCapabilities(capabilities), caller, Group.named(name));
    }

    private Group run(Operation<GroupWork> operation, Caller caller, Group group) {
        Intent intent = new Intent(caller, operation.name(), group.name(), List.of(turn(group.name())));
        return transactions.run(intent, hooks -> {
            GroupWork work = new GroupWork(caller, hooks, group);
            try {
                operation.run(work);
            } catch (RuntimeException undone) {
                steps.undo(work);
                throw undone;
            }
            return work.group;
        });
    }

    static String turn(String name) {
        return "group " + name;
    }

    /** The tables, for the operator to read. */
    List<Operation<GroupWork>> tables() {
        return List.of(create(), update(group -> group), destroy(), setCapabilities(Set.of()));
    }
}
