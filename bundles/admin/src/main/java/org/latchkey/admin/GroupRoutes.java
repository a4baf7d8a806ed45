package org.latchkey.admin;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.Page;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.Directory;
import org.latchkey.api.service.DirectoryWriter;

/** Groups: list, read, create, change, destroy, and who is in them. */
final class GroupRoutes {

    /** What a group has but PATCH does not change, and how it is changed. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "name", "The name of a group stays as it is.",
            "number", "The number of a group stays as it is.",
            "capabilities", "Capabilities are changed one by one, at /groups/{name}/capabilities/{cap}.",
            "rules", "Rules are changed one by one, at /groups/{name}/rules/{target}.",
            "members", "Members are changed one by one, at /groups/{name}/members/{id}.",
            "kv", "KV is changed at /groups/{name}/kv.",
            "version", "The version counts changes.");

    private final Directory directory;
    private final DirectoryWriter writer;

    GroupRoutes(Directory directory, DirectoryWriter writer) {
        this.directory = directory;
        this.writer = writer;
    }

    List<Route> routes() {
        return List.of(
                Route.of("GET", "/groups", Access.ANY_CAPABILITY, this::list),
                Route.json("POST", "/groups", Access.TOKEN, this::create),
                Route.of("GET", "/groups/{name}", Access.ANY_CAPABILITY, this::read),
                Route.json("PATCH", "/groups/{name}", Access.TOKEN, this::update),
                Route.of("DELETE", "/groups/{name}", Access.TOKEN, this::destroy),
                Route.of("GET", "/groups/{name}/managed", Access.ANY_CAPABILITY, this::managed),
                Route.of("GET", "/groups/{name}/members", Access.ANY_CAPABILITY, this::members),
                Route.of("PUT", "/groups/{name}/members/{id}", Access.TOKEN, this::addMember),
                Route.of("DELETE", "/groups/{name}/members/{id}", Access.TOKEN, this::removeMember));
    }

    private Response list(Exchange exchange) {
        Paging paging = Paging.of(exchange.request());
        return Replies.page("groups", directory.groups(paging.query(), paging.cursor(), paging.limit()), Group::json);
    }

    private Response create(Exchange exchange) throws IOException {
        try (Fields body = exchange.body("name", "number", "display_name", "managed_by")) {
            Group group = Group.named(body.text("name"))
                    .withNumber(body.number("number").orElse(0L))
                    .withDisplayName(body.optionalText("display_name").orElse(""))
                    .withManagedBy(body.optionalText("managed_by").orElse(""));
            Group created = writer.createGroup(exchange.caller(), group);
            return Replies.created("/groups/" + created.name(), created.json());
        }
    }

    private Response read(Exchange exchange) {
        String name = exchange.argument(0);
        return Replies.json(directory
                .group(name)
                .orElseThrow(() -> Refusal.notFound("group", name))
                .json());
    }

    private Response update(Exchange exchange) throws IOException {
        try (Fields body = exchange.patch(ELSEWHERE, "display_name", "managed_by")) {
            return Replies.json(writer.updateGroup(
                            exchange.caller(),
                            exchange.argument(0),
                            body.optionalText("display_name"),
                            body.optionalText("managed_by"))
                    .json());
        }
    }

    private Response destroy(Exchange exchange) {
        writer.destroyGroup(exchange.caller(), exchange.argument(0));
        return Replies.done();
    }

    /** The groups that it manages. The search may take names in other case for the same; they are not. */
    private Response managed(Exchange exchange) {
        Paging paging = Paging.of(exchange.request());
        String name = exchange.argument(0);
        directory.group(name).orElseThrow(() -> Refusal.notFound("group", name));
        Page<Group> found = directory.groups("managed_by:\"" + name + "\"", paging.cursor(), paging.limit());
        List<Group> managed = found.items().stream()
                .filter(group -> group.managedBy().equals(name))
                .toList();
        return Replies.page("groups", new Page<>(managed, found.next()), Group::json);
    }

    private Response members(Exchange exchange) {
        Paging paging = Paging.of(exchange.request());
        return Replies.page(
                "members", directory.members(exchange.argument(0), paging.cursor(), paging.limit()), Entity::json);
    }

    private Response addMember(Exchange exchange) {
        writer.addMember(exchange.caller(), exchange.argument(0), exchange.argument(1));
        return Replies.done();
    }

    private Response removeMember(Exchange exchange) {
        writer.removeMember(exchange.caller(), exchange.argument(0), exchange.argument(1));
        return Replies.done();
    }
}
