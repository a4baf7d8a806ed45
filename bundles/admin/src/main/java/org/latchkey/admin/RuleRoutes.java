package org.latchkey.admin;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.latchkey.api.Group;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.Directory;
import org.latchkey.api.service.DirectoryWriter;

/** Which groups a group includes and excludes (NetAuth's expansions), one rule at a time. */
final class RuleRoutes {

    private final Directory directory;
    private final DirectoryWriter writer;

    RuleRoutes(Directory directory, DirectoryWriter writer) {
        this.directory = directory;
        this.writer = writer;
    }

    List<Route> routes() {
        return List.of(
                Route.of("GET", "/groups/{name}/rules", Access.ANY_CAPABILITY, this::list),
                Route.json("PUT", "/groups/{name}/rules/{target}", Access.TOKEN, this::set),
                Route.of("DELETE", "/groups/{name}/rules/{target}", Access.TOKEN, this::remove));
    }

    private Response list(Exchange exchange) {
        String name = exchange.argument(0);
        Group group = directory.group(name).orElseThrow(() -> Refusal.notFound("group", name));
        return Replies.json(Map.of("rules", group.json().get("rules")));
    }

    private Response set(Exchange exchange) throws IOException {
        try (Fields body = exchange.body("rule")) {
            Group.Rule rule = Group.Rule.of(body.text("rule"))
                    .orElseThrow(() -> Refusal.invalid("/rule", "A rule is include or exclude."));
            writer.setRule(exchange.caller(), exchange.argument(0), exchange.argument(1), rule);
            return Replies.done();
        }
    }

    private Response remove(Exchange exchange) {
        writer.removeRule(exchange.caller(), exchange.argument(0), exchange.argument(1));
        return Replies.done();
    }
}
