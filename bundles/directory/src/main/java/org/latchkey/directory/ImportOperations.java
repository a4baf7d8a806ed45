package org.latchkey.directory;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.latchkey.api.Group;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.DirectoryHook;
import org.latchkey.api.service.Transfer.Options.Existing;

/**
 * What happens with one line of an import. Each meets the points of all that it changes, once, as if it had come by
 * any other way; instead of being stored it joins its batch.
 */
final class ImportOperations {

    private final Accounts accounts;
    private final Groups groups;
    private final EntitySteps entitySteps;
    private final GroupSteps groupSteps;
    private final Existing existing;
    private final Predicate<String> isPromised;

    /**
     * @param isPromised whether a group that is not stored counts as there, in a trial
     */
    ImportOperations(
            Accounts accounts,
            Groups groups,
            EntitySteps entitySteps,
            GroupSteps groupSteps,
            Existing existing,
            Predicate<String> isPromised) {
        this.accounts = accounts;
        this.groups = groups;
        this.entitySteps = entitySteps;
        this.groupSteps = groupSteps;
        this.existing = existing;
        this.isPromised = isPromised;
    }

    Operation<EntityWork> entity(ImportLine.OfEntity line, ImportBatch batch) {
        return Operation.<EntityWork>named("entity-import")
                .step("refuse-root", entitySteps::refuseRoot)
                .step("refuse-second-line", work -> refuseSecondLine(batch, line))
                .step("load-entity-if-there", work -> load(work, batch))
                .step("set-entity", work -> set(work, line, batch))
                .step("refuse-malformed-entity", entitySteps::refuseMalformedEntity)
                .step("refuse-unknown-groups", work -> refuseUnknownGroups(batch, work.entity.groups()))
                .step("set-number", entitySteps::setNumber)
                .step("note-number", entitySteps::noteNumber)
                .step("refuse-second-number", work -> refuseSecondNumber(batch, work.entity.number()))
                .step("refuse-taken-number", work -> batch.isCareful(), entitySteps::refuseTakenNumber)
                .step("refuse-unusable-secret", EntityWork::hasSecret, entitySteps::refuseUnusableSecret)
                .hook("PreSecretChange", EntityWork::hasSecret, entitySteps.secretHook(DirectoryHook::preSecretChange))
                .step("set-secret", EntityWork::hasSecret, entitySteps::setSecret)
                .hook(
                        "PostSecretChange",
                        EntityWork::hasSecret,
                        entitySteps.secretHook(DirectoryHook::postSecretChange))
                .hook("EntityCreate", EntityWork::isNew, entitySteps.secretHook(DirectoryHook::entityCreate))
                .hook("EntityUpdate", EntityWork::isUpdate, entitySteps.hook(DirectoryHook::entityUpdate))
                .hook("EntityLock", work -> work.turns(true), entitySteps.hook(DirectoryHook::entityLock))
                .hook("EntityUnlock", work -> work.turns(false), entitySteps.hook(DirectoryHook::entityUnlock))
                .hook(
                        "MembershipChange",
                        work -> !work.entity.groups().equals(work.before().groups()),
                        entitySteps.hook(DirectoryHook::membershipChange))
                .hook(
                        "EntityKeyChange",
                        work -> !work.entity.keys().equals(work.before().keys()),
                        entitySteps.hook(DirectoryHook::entityKeyChange))
                .hook(
                        "EntityKvChange",
                        work -> !work.isNew()
                                && !work.entity.kv().equals(work.before().kv()),
                        entitySteps.hook(DirectoryHook::entityKvChange))
                .hook(
                        "EntityCapabilityChange",
                        work -> !work.entity.capabilities().equals(work.before().capabilities()),
                        entitySteps.hook(DirectoryHook::entityCapabilityChange))
                .step("tell-entity-imported", work -> work.isChanged() && entitySteps.tells(), this::tell)
                .step("join-batch", work -> join(work, batch));
    }

    Operation<GroupWork> group(ImportLine.OfGroup line, ImportBatch batch) {
        return Operation.<GroupWork>named("group-import")
                .step("refuse-second-line", work -> refuseSecondLine(batch, line))
                .step("load-group-if-there", work -> load(work, batch))
                .step("set-group", work -> work.group = line.applyTo(work.group))
                .step("refuse-malformed-group", groupSteps::refuseMalformedGroup)
                .step("set-number", groupSteps::setNumber)
                .step("note-number", groupSteps::noteNumber)
                .step("refuse-second-number", work -> refuseSecondNumber(batch, work.group.number()))
                .step("refuse-taken-number", work -> batch.isCareful(), groupSteps::refuseTakenNumber)
                .hook("GroupCreate", GroupWork::isNew, groupSteps.hook(DirectoryHook::groupCreate))
                .hook("GroupUpdate", work -> !work.isNew(), groupSteps.hook(DirectoryHook::groupUpdate))
                .hook(
                        "GroupKvChange",
                        work -> !work.isNew()
                                && !work.group.kv().equals(work.before().kv()),
                        groupSteps.hook(DirectoryHook::groupKvChange))
                .hook(
                        "GroupCapabilityChange",
                        work -> !work.group.capabilities().equals(work.before().capabilities()),
                        groupSteps.hook(DirectoryHook::groupCapabilityChange))
                .step("tell-group-imported", GroupWork::isChanged, work -> groupSteps
                        .tell(work.isNew() ? "group.created" : "group.updated")
                        .accept(work))
                .step("join-batch", work -> join(work, batch));
    }

    Operation<GroupWork> links(ImportLine.OfLinks line, ImportBatch batch) {
        return Operation.<GroupWork>named("links-import")
                .step("refuse-second-line", work -> refuseSecondLine(batch, line))
                .step("load-group", work -> loadForLinks(work, batch))
                .step("set-links", work -> work.group = line.applyTo(work.group))
                .step("refuse-unknown-groups", work -> refuseUnknownGroups(batch, named(work.group)))
                .step("refuse-too-many-rules", groupSteps::refuseTooManyRules)
                .step(
                        "refuse-cycle",
                        work -> work.group.rules().keySet().forEach(target -> groupSteps.refuseCycle(work, target)))
                .hook(
                        "GroupUpdate",
                        work -> !work.group.managedBy().equals(work.before().managedBy()),
                        groupSteps.hook(DirectoryHook::groupUpdate))
                .hook(
                        "GroupRuleChange",
                        work -> !work.group.rules().equals(work.before().rules()),
                        groupSteps.hook(DirectoryHook::groupRuleChange))
                .step("tell-group-imported", GroupWork::isChanged, groupSteps.tell("group.updated"))
                .step("join-batch", work -> join(work, batch));
    }

    private static void refuseSecondLine(ImportBatch batch, ImportLine line) {
        if (!batch.addName(line.name())) {
            throw Refusal.of(Refusal.Kind.EXISTS, "exists", "There is another line for \"" + line.name() + "\".");
        }
    }

    private static void refuseSecondNumber(ImportBatch batch, long number) {
        if (!batch.addNumber(number)) {
            throw Refusal.of(Refusal.Kind.EXISTS, "exists", "There is another line for the number " + number + ".");
        }
    }

    private void load(EntityWork work, ImportBatch batch) {
        if (existing == Existing.UPDATE || batch.isCareful()) {
            work.stored = accounts.find(work.id);
            work.stored.ifPresent(account -> work.entity = account.entity());
        }
        if (existing == Existing.REFUSE && work.stored.isPresent()) {
            throw Refusal.of(Refusal.Kind.EXISTS, "exists", "There is already an entity \"" + work.id + "\".");
        }
    }

    private void load(GroupWork work, ImportBatch batch) {
        if (existing == Existing.UPDATE || batch.isCareful()) {
            work.stored = groups.find(work.name);
            work.stored.ifPresent(group -> work.group = group);
        }
        if (existing == Existing.REFUSE && work.stored.isPresent()) {
            throw Refusal.of(Refusal.Kind.EXISTS, "exists", "There is already a group \"" + work.name + "\".");
        }
    }

    private void loadForLinks(GroupWork work, ImportBatch batch) {
        work.graph = batch.graph;
        work.stored = groups.find(work.name);
        work.stored.ifPresent(group -> work.group = group);
        if (work.stored.isEmpty() && !isPromised.test(work.name)) {
            throw Refusal.notFound("group", work.name);
        }
    }

    private static void set(EntityWork work, ImportLine.OfEntity line, ImportBatch batch) {
        work.graph = batch.graph;
        work.entity = line.applyTo(work.entity);
        line.hash().ifPresent(hash -> {
            work.hash = Optional.of(hash);
            work.entity = work.entity.withSecret();
        });
    }

    private static Set<String> named(Group group) {
        Set<String> named = new HashSet<>(group.rules().keySet());
        if (!group.managedBy().isEmpty() && !group.managedBy().equals(group.name())) {
            named.add(group.managedBy());
        }
        return named;
    }

    private void refuseUnknownGroups(ImportBatch batch, Set<String> names) {
        for (String name : names) {
            if (batch.hasFound(name)) {
                continue;
            }
            if (!groups.exists(name) && !isPromised.test(name)) {
                throw Refusal.notFound("group", name);
            }
            batch.found(name);
        }
    }

    private void tell(EntityWork work) {
        entitySteps.tell(work.isNew() ? "entity.created" : "entity.updated").accept(work);
        if (!work.entity.groups().equals(work.before().groups())) {
            Map<String, String> content = new HashMap<>(Notices.moved(work.graph, work.before(), work.entity));
            content.put("group", Notices.list(work.entity.groups()));
            content.put("change", "imported");
            work.notices.add(Notices.of(work.caller, "membership.changed", work.entity, content));
        }
    }

    private static void join(EntityWork work, ImportBatch batch) {
        batch.writes.add(Accounts.put(work.account()));
        batch.notices.addAll(work.notices);
    }

    private static void join(GroupWork work, ImportBatch batch) {
        batch.writes.add(Groups.put(work.group));
        batch.notices.addAll(work.notices);
        if (GroupGraph.matters(work.group) || GroupGraph.matters(work.before())) {
            batch.change(work.group);
        }
    }
}
