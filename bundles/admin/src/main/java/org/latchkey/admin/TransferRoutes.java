package org.latchkey.admin;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.Transfer;
import org.latchkey.api.service.Transfer.Options;
import org.latchkey.api.service.Transfer.Options.Existing;
import org.latchkey.api.service.Transfer.Options.Trial;

/** The directory as JSON Lines, in and out. Hashes travel by the local shell alone. */
final class TransferRoutes {

    static final String JSON_LINES = "application/x-ndjson";

    private final Transfer transfer;

    TransferRoutes(Transfer transfer) {
        this.transfer = transfer;
    }

    List<Route> routes() {
        return List.of(
                new Route("POST", "/import", Access.ROOT, JSON_LINES, this::read),
                Route.of("GET", "/export", Access.ROOT, this::write));
    }

    private Response read(Exchange exchange) throws IOException {
        Request request = exchange.request();
        Options options = new Options(
                flag(request, "update") ? Existing.UPDATE : Existing.REFUSE,
                flag(request, "dry_run") ? Trial.DRY_RUN : Trial.STORE,
                batch(request),
                Optional.empty());
        return Replies.json(transfer.read(exchange.caller(), request.body(Long.MAX_VALUE - 1), options)
                .json());
    }

    private Response write(Exchange exchange) {
        return Response.streamed(200, JSON_LINES, out -> transfer.write(exchange.caller(), out, Optional.empty()));
    }

    private static boolean flag(Request request, String name) {
        List<String> values = request.query(name);
        if (values.isEmpty()) {
            return false;
        }
        return switch (values.get(0)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Refusal.invalid("/" + name, "It is true or false.");
        };
    }

    private static int batch(Request request) {
        List<String> values = request.query("batch");
        if (values.isEmpty()) {
            return Options.BATCH;
        }
        try {
            return Integer.parseInt(values.get(0));
        } catch (NumberFormatException malformed) {
            throw Refusal.invalid("/batch", "A batch is a number of lines.");
        }
    }
}
