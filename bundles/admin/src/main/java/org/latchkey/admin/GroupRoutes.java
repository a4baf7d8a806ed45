package org.latchkey.admin;

import java.io.IOException;
import java.util.List;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.Directory;
import org.latchkey.api.service.DirectoryWriter;

/** Groups: list, read, create, change, destroy, and who is in them. */
final class GroupRoutes {

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
        try (Fields body = exchange.body("display_name", "managed_by")) {
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
