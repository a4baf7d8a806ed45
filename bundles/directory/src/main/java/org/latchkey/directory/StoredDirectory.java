package org.latchkey.directory;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.Page;
import org.latchkey.api.Refusal;
import org.latchkey.api.service.Directory;
import org.latchkey.api.store.Store;
import org.latchkey.directory.search.Search;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Reads the directory off the store. Refers to no hook, so that hooks may refer to it. */
@Component
public final class StoredDirectory implements Directory {

    private final Accounts accounts;
    private final Groups groups;
    private final GroupGraphs graphs;
    private final Search<Entity> searchOfEntities;
    private final Search<Group> searchOfGroups;

    @Activate
    public StoredDirectory(@Reference Store store, @Reference GroupGraphs graphs) {
        this.graphs = graphs;
        this.accounts = new Accounts(store);
        this.groups = new Groups(store);
        this.searchOfEntities =
                Search.ofEntities(store, item -> Codec.account(item).entity());
        this.searchOfGroups = Search.ofGroups(store, Codec::group);
    }

    @Override
    public Optional<Entity> entity(String id) {
        return accounts.find(id).map(Account::entity);
    }

    @Override
    public Optional<Standing> standing(String id) {
        return accounts.find(id).map(Account::standing);
    }

    @Override
    public Optional<Group> group(String name) {
        return groups.find(name);
    }

    @Override
    public Page<Entity> entities(String query, String after, int limit) {
        return searchOfEntities.page(query, after, limit);
    }

    @Override
    public Page<Group> groups(String query, String after, int limit) {
        return searchOfGroups.page(query, after, limit);
    }

    @Override
    public Set<String> groupsOf(String id) {
        return graphs.now()
                .effective(entity(id)
                        .orElseThrow(() -> Refusal.notFound("entity", id))
                        .groups());
    }

    @Override
    public Page<Entity> members(String group, String after, int limit) {
        if (group(group).isEmpty()) {
            throw Refusal.notFound("group", group);
        }
        Search.refuseUnusable(limit);
        return new Members(accounts, graphs.now(), group).page(after, limit);
    }

    @Override
    public Set<Capability> capabilities(Entity entity) {
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        GroupGraph graph = graphs.now();
        capabilities.addAll(entity.capabilities());
        capabilities.addAll(graph.conferred(graph.effective(entity.groups())));
        return capabilities;
    }
}
