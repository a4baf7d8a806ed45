package org.latchkey.procs.shell;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.latchkey.api.Caller;
import org.latchkey.api.Refusal;
import org.latchkey.api.service.Audit;
import org.latchkey.api.service.AuditEvent;
import org.latchkey.procs.json.Json;
import org.latchkey.procs.log.Logs;
import org.latchkey.procs.proc.Proc;
import org.latchkey.procs.proc.ProcJson;
import org.latchkey.procs.proc.Procs;
import org.latchkey.procs.run.Execution;
import org.latchkey.procs.run.ExecutionJson;
import org.latchkey.procs.run.RunStore;
import org.latchkey.procs.run.Runs;
import org.latchkey.procs.schedule.Schedules;

/** What the operator sees and does at the shell, who needs no group for it. */
public final class Commands {

    private static final int SHOWN = 50;
    private static final String SHELL = "shell";

    private final Procs procs;
    private final Runs runs;
    private final RunStore stored;
    private final Logs logs;
    private final Schedules schedules;
    private final Audit audit;

    public Commands(Procs procs, Runs runs, RunStore stored, Logs logs, Schedules schedules, Audit audit) {
        this.procs = procs;
        this.runs = runs;
        this.stored = stored;
        this.logs = logs;
        this.schedules = schedules;
        this.audit = audit;
    }

    List<Verb> verbs() {
        return List.of(
                new Verb("procs", "[--json]", "lists the procs", this::procs),
                new Verb("proc", "NAME [--json]", "shows a proc", this::proc),
                new Verb("proc-runs", "[PROC] [--json]", "lists runs of procs, the newest first", this::runs),
                new Verb("proc-log", "ID", "prints what a run has printed so far", this::log),
                new Verb("proc-stop", "ID", "has a run stopped", this::stop),
                new Verb("proc-schedules", "[--json]", "lists the schedules of procs", this::schedules));
    }

    private void procs(Output out, List<String> words) {
        ArrayNode json = Json.array();
        List<List<String>> rows = new ArrayList<>();
        rows.add(Output.row("PROC", "GROUPS", "EXECUTOR", "DESCRIPTION"));
        for (Proc proc : procs.all()) {
            json.add(ProcJson.write(proc));
            rows.add(Output.row(proc.name(), String.join(",", proc.groups()), proc.executor(), proc.description()));
        }
        out.show(json, rows);
    }

    private void proc(Output out, List<String> words) {
        ObjectNode json = ProcJson.write(procs.require(words.get(0)));
        List<List<String>> rows = new ArrayList<>();
        json.properties()
                .forEach(each -> rows.add(Output.row(
                        each.getKey(),
                        each.getValue().isTextual()
                                ? each.getValue().textValue()
                                : each.getValue().toString())));
        out.show(json, rows);
    }

    private void runs(Output out, List<String> words) {
        ArrayNode json = Json.array();
        List<List<String>> rows = new ArrayList<>();
        rows.add(Output.row("ID", "PROC", "STATUS", "USER", "CREATED", "REASON"));
        for (Execution run : stored.page(words.stream().findFirst(), Optional.empty(), Optional.empty(), SHOWN)) {
            json.add(ExecutionJson.shown(run));
            rows.add(Output.row(
                    String.valueOf(run.id()),
                    run.proc(),
                    run.status().name(),
                    run.wish().user(),
                    run.course().createdAt().toString(),
                    run.course().reason()));
        }
        out.show(json, rows);
    }

    private void log(Output out, List<String> words) throws IOException {
        Execution run = run(words.get(0));
        logs.read(run.id(), run.watch().lines(), out::line);
    }

    private Execution run(String id) {
        return Optional.of(id)
                .filter(text -> text.matches("[0-9]{1,16}"))
                .flatMap(text -> stored.find(Long.parseLong(text)))
                .orElseThrow(() -> Refusal.notFound("run", id));
    }

    private void stop(Output out, List<String> words) {
        Execution run = run(words.get(0));
        audit.requireAvailable();
        runs.stop(run.id(), SHELL);
        Caller caller = Caller.shell(UUID.randomUUID().toString());
        audit.append(AuditEvent.of("procs.stop", caller, run.proc(), Map.of("execution", run.id())));
        out.line("run " + run.id() + " is being stopped");
    }

    private void schedules(Output out, List<String> words) {
        ArrayNode json = schedules.shown();
        List<List<String>> rows = new ArrayList<>();
        rows.add(Output.row("ID", "PROC", "OWNER", "CRON", "TIME ZONE", "NEXT"));
        json.forEach(each -> rows.add(Output.row(
                each.path("id").asText(),
                each.path("jobName").asText(),
                each.path("userEmail").asText(),
                each.path("cron").asText(),
                each.path("time_zone").asText(),
                each.path("enabled").asBoolean() ? each.path("next").asText("never") : "disabled")));
        out.show(json, rows);
    }
}
