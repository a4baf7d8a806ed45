package org.latchkey.directory;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.Page;
import org.latchkey.api.Refusal;
import org.latchkey.api.service.Directory;
import org.latchkey.api.store.Store;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Reads the directory off the store. Refers to no hook, so that hooks may refer to it. */
@Component
public final class StoredDirectory implements Directory {

    private static final int MOST = 1000;

    private final Accounts accounts;
    private final Groups groups;
    private final GroupGraphs graphs;

    @Activate
    public StoredDirectory(@Reference Store store, @Reference GroupGraphs graphs) {
        this.graphs = graphs;
        this.accounts = new Accounts(store);
        this.groups = new Groups(store);
    }

    @Override
    public Optional<Entity> entity(String id) {
        return accounts.find(id).map(Account::entity);
    }

    @Override
    public Optional<Group> group(String name) {
        return groups.find(name);
    }

    @Override
    public Page<Entity> entities(String query, String after, int limit) {
        if (isOneName(query)) {
            return new Page<>(entity(query).stream().toList(), Optional.empty());
        }
        return page(more -> accounts.startingWith(prefix(query), after, more), limit, Entity::id);
    }

    @Override
    public Page<Group> groups(String query, String after, int limit) {
        if (isOneName(query)) {
            return new Page<>(group(query).stream().toList(), Optional.empty());
        }
        return page(more -> groups.startingWith(prefix(query), after, more), limit, Group::name);
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
        refuseUnusable(limit);
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

    /** One more than asked for tells whether there is a next page. */
    private static <T> Page<T> page(Function<Integer, List<T>> find, int limit, Function<T, String> name) {
        refuseUnusable(limit);
        List<T> found = find.apply(limit + 1);
        if (found.size() <= limit) {
            return new Page<>(found, Optional.empty());
        }
        List<T> items = found.subList(0, limit);
        return new Page<>(items, Optional.of(name.apply(items.get(limit - 1))));
    }

    private static void refuseUnusable(int limit) {
        if (limit < 1 || limit > MOST) {
            throw Refusal.invalid("/limit", "The limit is 1 to " + MOST + ".");
        }
    }

    private static boolean isOneName(String query) {
        if (query.isEmpty()
                || query.indexOf('*') != query.lastIndexOf('*')
                || query.contains("*") && !query.endsWith("*")) {
            throw Refusal.invalid("/q", "A query is *, or the beginning of a name and *, or one name.");
        }
        return !query.endsWith("*");
    }

    private static String prefix(String query) {
        return query.substring(0, query.length() - 1);
    }
}
