package org.latchkey.directory;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;

/** Writes the directory as JSON Lines in the order in which an import can read it, a page at a time. */
final class Export {

    private static final int PAGE = 500;
    private static final ObjectWriter LINE =
            new JsonMapper().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET).writer();

    private final Accounts accounts;
    private final Groups groups;
    private final GroupGraph graph;
    private final SealedHashes sealed;
    private final Set<String> linked = new HashSet<>();
    private long count;

    Export(Accounts accounts, Groups groups, GroupGraph graph, SealedHashes sealed) {
        this.accounts = accounts;
        this.groups = groups;
        this.graph = graph;
        this.sealed = sealed;
    }

    void write(OutputStream lines) throws IOException {
        eachGroup(group -> line(lines, line("group", group.json(), "managed_by", "rules", "version")));
        eachGroup(group -> links(lines, group));
        String after = "";
        List<Account> page = accounts.page(after, PAGE);
        while (!page.isEmpty()) {
            for (Account account : page) {
                entity(lines, account);
            }
            after = page.get(page.size() - 1).entity().id();
            page = accounts.page(after, PAGE);
        }
        line(lines, line(ImportParser.END, Map.of("lines", count)));
    }

    private interface Each {
        void group(Group group) throws IOException;
    }

    private void eachGroup(Each each) throws IOException {
        List<Group> page = groups.page("", PAGE);
        while (!page.isEmpty()) {
            for (Group group : page) {
                each.group(group);
            }
            page = groups.page(page.get(page.size() - 1).name(), PAGE);
        }
    }

    /** A group's links follow those of the groups it names, so that no line leads to a cycle or beyond the depth. */
    private void links(OutputStream lines, Group group) throws IOException {
        if (!linked.add(group.name())
                || group.rules().isEmpty() && group.managedBy().isEmpty()) {
            return;
        }
        for (String target : group.rules().keySet()) {
            if (graph.nodes().containsKey(target)) {
                Group named = groups.find(target).orElse(Group.named(target));
                links(lines, named);
            }
        }
        line(lines, line("links", group.json(), "number", "display_name", "capabilities", "kv", "version"));
    }

    private void entity(OutputStream lines, Account account) throws IOException {
        Entity entity = account.entity();
        if (entity.id().equals(EntitySteps.ROOT)) {
            return;
        }
        Map<String, Object> json = line("entity", entity.json(), "version");
        if (sealed.canSeal()) {
            account.secret().ifPresent(hash -> json.put("secret_sealed", sealed.seal(entity.id(), hash.text())));
        }
        line(lines, json);
    }

    private static Map<String, Object> line(String kind, Map<String, Object> json, String... without) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("kind", kind);
        line.putAll(json);
        line.keySet().removeAll(Set.of(without));
        return line;
    }

    private void line(OutputStream lines, Map<String, Object> json) throws IOException {
        count++;
        LINE.writeValue(lines, json);
        lines.write('\n');
    }
}
