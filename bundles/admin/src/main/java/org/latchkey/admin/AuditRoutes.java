package org.latchkey.admin;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.latchkey.api.Page;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.Audit;
import org.latchkey.api.service.Authentication;
import org.latchkey.api.service.Explanation;
import org.latchkey.api.service.Operations;

/** What happened, and what would happen. */
final class AuditRoutes {

    private final Audit audit;
    private final Authentication authentication;
    private final Operations operations;

    AuditRoutes(Audit audit, Authentication authentication, Operations operations) {
        this.audit = audit;
        this.authentication = authentication;
        this.operations = operations;
    }

    List<Route> routes() {
        return List.of(
                Route.of("GET", "/audit", Access.ROOT, this::entries),
                Route.json("POST", "/explain", Access.ROOT, this::explain));
    }

    /** The newest first; of one request, all in the order in which they happened. */
    private Response entries(Exchange exchange) {
        Paging paging = Paging.of(exchange.request());
        Optional<String> request = Paging.single(exchange.request(), "request_id");
        Page<Audit.Entry> page = request.isPresent()
                ? new Page<>(audit.ofRequest(request.get()), Optional.empty())
                : audit.entries(paging.cursor(), paging.limit());
        return Replies.page("entries", page, Audit.Entry::json);
    }

    private Response explain(Exchange exchange) throws IOException {
        try (Fields body = exchange.body("operation", "id")) {
            String operation = body.text("operation");
            String id = body.text("id");
            Explanation explained = operation.equals(Authentication.OPERATION)
                    ? authentication.explain(id)
                    : operations.explain(operation, id);
            return Replies.json(explained.json());
        }
    }
}
