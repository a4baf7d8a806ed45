package org.latchkey.admin;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.Notices;
import org.latchkey.api.service.Notices.Letters;

/** Which notices there are, and those that could not be delivered. */
final class NoticeRoutes {

    private static final String DEAD = "/notices/dead";

    private final Notices notices;

    NoticeRoutes(Notices notices) {
        this.notices = notices;
    }

    List<Route> routes() {
        return List.of(
                Route.of("GET", "/notices", Access.ROOT, this::catalogue),
                Route.of("GET", DEAD, Access.ROOT, this::dead),
                Route.of("DELETE", DEAD, Access.ROOT, this::drop),
                Route.json("POST", DEAD + "/replay", Access.ROOT, this::replay));
    }

    private Response catalogue(Exchange exchange) {
        return Replies.json(Map.of(
                "notices",
                notices.catalogue().stream().map(Notices.Listed::json).toList()));
    }

    private Response dead(Exchange exchange) {
        Paging paging = Paging.of(exchange.request());
        Optional<String> notifier = Paging.single(exchange.request(), "notifier");
        return Replies.page(
                "letters", notices.dead(notifier, paging.cursor(), paging.limit()), Notices.DeadLetter::json);
    }

    /** A notifier has to be named, so that nobody drops everything by leaving something out. */
    private Response drop(Exchange exchange) {
        String notifier = Paging.single(exchange.request(), "notifier")
                .orElseThrow(() ->
                        Refusal.of(Refusal.Kind.INVALID, "invalid", "The parameter notifier says whose are dropped."));
        Optional<String> id = Paging.single(exchange.request(), "id");
        return Replies.json(Map.of("dropped", notices.drop(exchange.caller(), new Letters(notifier, id))));
    }

    private Response replay(Exchange exchange) throws IOException {
        try (Fields body = exchange.body("notifier", "id")) {
            Letters letters = new Letters(body.text("notifier"), body.optionalText("id"));
            return Replies.json(Map.of("replayed", notices.replay(exchange.caller(), letters)));
        }
    }
}
