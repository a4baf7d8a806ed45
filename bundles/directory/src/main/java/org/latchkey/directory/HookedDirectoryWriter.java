package org.latchkey.directory;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.latchkey.api.Caller;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.MetaField;
import org.latchkey.api.Refusal;
import org.latchkey.api.Secret;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.extension.DirectoryHook;
import org.latchkey.api.extension.Verdict;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.service.DirectoryWriter;
import org.latchkey.api.service.Explanation;
import org.latchkey.api.service.Operations;
import org.latchkey.api.service.Transfer;
import org.latchkey.api.store.Store;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The one door through which the directory is changed. Opens when there is somebody who may: root. */
@Component(immediate = true, configurationPid = "latchkey.directory")
@Designate(ocd = HookedDirectoryWriter.Config.class)
public final class HookedDirectoryWriter implements DirectoryWriter, Operations, Transfer {

    @ObjectClassDefinition(name = "Latchkey directory", description = "How entities and groups are kept.")
    public @interface Config {
        @AttributeDefinition(name = "First number", description = "The lowest number that is given out.", min = "1")
        long firstNumber() default 1000;
    }

    private final SignIn signIn;
    private final EntityOperations entities;
    private final GroupOperations groups;
    private final Explainer explainer;
    private final Transfer transfer;

    @Activate
    public HookedDirectoryWriter(
            @Reference Store store,
            @Reference GroupGraphs graphs,
            @Reference SecretHasher hasher,
            @Reference Transactions transactions,
            @Reference SignIn signIn,
            @Reference FirstRoot firstRoot,
            @Reference ExtensionPoints points,
            Config config) {
        this.signIn = signIn;
        Accounts accounts = new Accounts(store);
        Groups storedGroups = new Groups(store);
        Numbers entityNumbers = new Numbers(store, Accounts.KIND, Accounts.NUMBER, config.firstNumber());
        Numbers groupNumbers = new Numbers(store, Groups.KIND, Groups.NUMBER, config.firstNumber());
        GroupSteps groupSteps = new GroupSteps(accounts, storedGroups, graphs, groupNumbers, transactions);
        this.groups = new GroupOperations(transactions, groupSteps);
        EntitySteps entitySteps =
                new EntitySteps(accounts, storedGroups, graphs, groupSteps, entityNumbers, hasher, transactions);
        this.entities = new EntityOperations(transactions, entitySteps);
        this.transfer = new StoredTransfer(transactions, graphs, accounts, storedGroups, entitySteps, groupSteps);
        this.explainer = new Explainer(points.of(DirectoryHook.class), entities, groups, signIn);
    }

    @Override
    public Entity createEntity(Caller caller, Entity entity, Optional<Secret> secret) {
        return entities.create(caller, entity, secret);
    }

    @Override
    public Entity updateEntity(Caller caller, String id, Map<MetaField, String> changes) {
        return entities.update(caller, id, changes);
    }

    @Override
    public Entity changeEntityKv(Caller caller, String id, UnaryOperator<Map<String, List<String>>> change) {
        return entities.changeKv(caller, id, change);
    }

    @Override
    public Entity addKey(Caller caller, String id, String type, String key) {
        return entities.changeKeys(caller, id, Keys.add(type, key));
    }

    @Override
    public Entity removeKey(Caller caller, String id, String type, String key) {
        return entities.changeKeys(caller, id, Keys.remove(type, key));
    }

    @Override
    public Entity lockEntity(Caller caller, String id) {
        return entities.lock(caller, id);
    }

    @Override
    public Entity unlockEntity(Caller caller, String id) {
        return entities.unlock(caller, id);
    }

    @Override
    public void destroyEntity(Caller caller, String id) {
        entities.destroy(caller, id);
    }

    @Override
    public void changeSecret(Caller caller, String id, Secret secret, Optional<Secret> current) {
        if (caller.id().equals(id)) {
            refuseUnproved(new Attempt(id, current, caller));
        } else {
            caller.require(Capability.CHANGE_ENTITY_SECRET);
        }
        entities.changeSecret(caller, id, secret);
    }

    private void refuseUnproved(Attempt attempt) {
        if (attempt.secret().isEmpty()) {
            throw Refusal.invalid("/current", "Changing one's own secret needs the current one.");
        }
        if (!(signIn.judge(attempt) instanceof Verdict.Accepted)) {
            throw Refusal.of(Refusal.Kind.DENIED, "current-secret", "The current secret was not accepted.");
        }
    }

    @Override
    public Entity addMember(Caller caller, String group, String id) {
        return entities.addMember(caller, group, id);
    }

    @Override
    public Entity removeMember(Caller caller, String group, String id) {
        return entities.removeMember(caller, group, id);
    }

    @Override
    public Entity changeEntityCapabilities(Caller caller, String id, UnaryOperator<Set<Capability>> change) {
        return entities.changeCapabilities(caller, id, change);
    }

    @Override
    public Group createGroup(Caller caller, Group group) {
        return groups.create(caller, group);
    }

    @Override
    public Group updateGroup(Caller caller, String name, Optional<String> displayName, Optional<String> managedBy) {
        return groups.update(caller, name, displayName, managedBy);
    }

    @Override
    public Group changeGroupKv(Caller caller, String name, UnaryOperator<Map<String, List<String>>> change) {
        return groups.changeKv(caller, name, change);
    }

    @Override
    public Group setRule(Caller caller, String name, String target, Group.Rule rule) {
        return groups.setRule(caller, name, target, rule);
    }

    @Override
    public Group removeRule(Caller caller, String name, String target) {
        return groups.removeRule(caller, name, target);
    }

    @Override
    public void destroyGroup(Caller caller, String name) {
        groups.destroy(caller, name);
    }

    @Override
    public Group changeGroupCapabilities(Caller caller, String name, UnaryOperator<Set<Capability>> change) {
        return groups.changeCapabilities(caller, name, change);
    }

    @Override
    public Report read(Caller caller, InputStream lines, Options options) throws IOException {
        return transfer.read(caller, lines, options);
    }

    @Override
    public void write(Caller caller, OutputStream lines, Optional<Secret> passphrase) throws IOException {
        transfer.write(caller, lines, passphrase);
    }

    @Override
    public Map<String, List<String>> steps() {
        List<Operation<?>> tables = new ArrayList<>(entities.tables());
        tables.addAll(groups.tables());
        tables.add(signIn.operation());
        tables.add(signIn.admission());
        tables.add(signIn.rejected());
        Map<String, List<String>> steps = new LinkedHashMap<>();
        tables.forEach(table -> steps.put(table.name(), table.stepNames()));
        return steps;
    }

    @Override
    public Explanation explain(String operation, String id) {
        return explainer.explain(operation, id);
    }
}
