package org.latchkey.procs.http;

import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Response;
import org.latchkey.procs.access.Access;
import org.latchkey.procs.http.Routes.Audience;
import org.latchkey.procs.log.LogForm;
import org.latchkey.procs.log.Logs;
import org.latchkey.procs.log.Messages;
import org.latchkey.procs.log.ServerSentEvents;
import org.latchkey.procs.log.Tails;
import org.latchkey.procs.proc.Procs;
import org.latchkey.procs.run.Execution;
import org.latchkey.procs.run.RunStore;

/** What runs print, live and afterwards: as Proctor's WebSocket, as server-sent events, as text. */
public final class LogRoutes implements RouteSource {

    private static final String EVENTS = "text/event-stream";

    private final RunAccess access;
    private final Logs logs;
    private final Tails tails;

    public LogRoutes(Procs procs, RunStore runs, Access access, Logs logs, Tails tails) {
        this.access = new RunAccess(procs, runs, access);
        this.logs = logs;
        this.tails = tails;
    }

    @Override
    public void addTo(Routes routes) {
        routes.add("GET", "/execution/logs", Audience.SIGNED_IN, this::socket)
                .add("GET", "/execution/{id}/logs", Audience.SIGNED_IN, this::log);
    }

    private Response socket(Visit visit) {
        String id = visit.query("context_id")
                .orElseThrow(() -> Refusal.of(Refusal.Kind.INVALID, "invalid", "\"context_id\" is required."));
        Execution run = access.require(visit.visitor(), Visit.id("context_id", id));
        return Response.webSocket(tails.follow(run.id(), run.progress(), 0, new Messages()));
    }

    private Response log(Visit visit) {
        Execution run = access.require(visit.visitor(), visit.id("id"));
        String accepted = visit.request().header("Accept").orElse("").toLowerCase(Locale.ROOT);
        return accepted.contains(EVENTS) ? events(visit, run) : text(run);
    }

    private Response events(Visit visit, Execution run) {
        long had = visit.request()
                .header("Last-Event-ID")
                .map(text -> Visit.id("Last-Event-ID", text))
                .orElse(0L);
        LogForm form = new ServerSentEvents();
        return Response.fed(
                        200,
                        EVENTS + ";charset=utf-8",
                        tails.follow(
                                run.id(),
                                run.progress(),
                                Math.min(had, run.progress().lines()),
                                form))
                .withHeader("Cache-Control", "no-store")
                .withHeader("X-Accel-Buffering", "no");
    }

    private Response text(Execution run) {
        return Response.streamed(200, "text/plain;charset=utf-8", out -> {
                    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
                    logs.read(run.id(), run.progress().lines(), line -> writer.append(line)
                            .append('\n'));
                    writer.flush();
                })
                .withHeader("Cache-Control", "no-store");
    }
}
