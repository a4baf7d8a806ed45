package org.latchkey.directory;

import java.util.List;
import java.util.Map;
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
                .step("tell-group-created", GroupWork::isChanged, steps.tell("group.created"))
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
                .step("tell-group-updated", GroupWork::isChanged, steps.tell("group.updated"))
                .step("save-group", steps::save);
    }

    private Operation<GroupWork> changeKv(UnaryOperator<Map<String, List<String>>> change) {
        return Operation.<GroupWork>named("group-kv")
                .check("load-group", steps::load)
                .step("require-modify-group-meta", steps::requireModifyGroupMeta)
                .step("change-kv", work -> work.group = work.group.withKv(change.apply(work.group.kv())))
                .step("refuse-malformed-group", steps::refuseMalformedGroup)
                .hook("GroupUpdate", steps.hook(DirectoryHook::groupUpdate))
                .hook("GroupKvChange", steps.hook(DirectoryHook::groupKvChange))
                .step("tell-group-kv-changed", GroupWork::isChanged, steps.tell("group.kv-changed"))
                .step("save-group", steps::save);
    }

    /** Whoever administers the group says which others count in it. */
    private Operation<GroupWork> changeRules(String target, UnaryOperator<Map<String, Group.Rule>> change) {
        return Operation.<GroupWork>named("group-rules")
                .check("load-group", steps::load)
                .step("require-modify-group-meta", steps::requireModifyGroupMeta)
                .step("change-rules", work -> work.group = work.group.withRules(change.apply(work.group.rules())))
                .step("refuse-unknown-target", work -> steps.refuseUnknownTarget(work, target))
                .step("refuse-too-many-rules", steps::refuseTooManyRules)
                .step("refuse-cycle", work -> steps.refuseCycle(work, target))
                .step("refuse-conferring-more", steps::refuseConferringMore)
                .hook("GroupRuleChange", steps.hook(DirectoryHook::groupRuleChange))
                .step("tell-group-rules-changed", GroupWork::isChanged, work -> steps.tellRules(work, target))
                .step("save-group-and-graph", steps::saveWithGraph);
    }

    private Operation<GroupWork> destroy() {
        return Operation.<GroupWork>named("group-destroy")
                .step("require-destroy-group", work -> work.caller.require(Capability.DESTROY_GROUP))
                .check("load-group", steps::load)
                .check("refuse-needed-group", steps::refuseNeededGroup)
                .hook("GroupDestroy", steps.hook(DirectoryHook::groupDestroy))
                .step("tell-group-destroyed", steps.tell("group.destroyed"))
                .step("destroy-group", steps::destroy);
    }

    private Operation<GroupWork> changeCapabilities(UnaryOperator<Set<Capability>> change) {
        return Operation.<GroupWork>named("group-capabilities")
                .step("require-global-root", work -> work.caller.require(Capability.GLOBAL_ROOT))
                .check("load-group", steps::load)
                .step(
                        "change-capabilities",
                        work -> work.group = work.group.withCapabilities(change.apply(work.group.capabilities())))
                .hook("GroupCapabilityChange", steps.hook(DirectoryHook::groupCapabilityChange))
                .step("tell-group-capabilities-changed", GroupWork::isChanged, steps.tell("group.capabilities-changed"))
                .step("save-group-and-graph", steps::saveWithGraph);
    }

    Group create(Caller caller, Group group) {
        Group given = new Group(
                group.name(),
                group.number(),
                group.displayName(),
                group.managedBy(),
                Set.of(),
                Map.of(),
                group.kv(),
                0);
        return run(create(), caller, given);
    }

    Group update(Caller caller, String name, Optional<String> displayName, Optional<String> managedBy) {
        UnaryOperator<Group> change = group -> group.withDisplayName(displayName.orElse(group.displayName()))
                .withManagedBy(managedBy.orElse(group.managedBy()));
        return run(update(change), caller, Group.named(name));
    }

    Group changeKv(Caller caller, String name, UnaryOperator<Map<String, List<String>>> change) {
        return run(changeKv(change), caller, Group.named(name));
    }

    Group setRule(Caller caller, String name, String target, Group.Rule rule) {
        return run(changeRules(target, rules -> Rules.with(rules, target, rule)), caller, Group.named(name));
    }

    Group removeRule(Caller caller, String name, String target) {
        return run(changeRules(target, rules -> Rules.without(rules, target)), caller, Group.named(name));
    }

    void destroy(Caller caller, String name) {
        run(destroy(), caller, Group.named(name));
    }

    Group changeCapabilities(Caller caller, String name, UnaryOperator<Set<Capability>> change) {
        return run(changeCapabilities(change), caller, Group.named(name));
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
        return List.of(
                create(),
                update(group -> group),
                changeKv(kv -> kv),
                changeRules("", rules -> rules),
                destroy(),
                changeCapabilities(held -> held));
    }
}
