package org.latchkey.runtime.procs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** The verbs that run procs and look after runs: {@code execute}, {@code logs}, {@code status}, {@code stop}. */
final class RunVerbs {

    private static final String SUCCEEDED = "SUCCEEDED";
    private static final Set<String> OPEN = Set.of("CREATED", "RUNNING");
    private static final int FAILED = 1;
    private static final int HIGHEST_CODE = 255;

    private final Api api;
    private final int polls;
    private final Terminal terminal;
    private final LogStream.Pause pause;

    RunVerbs(Api api, int polls, Terminal terminal, LogStream.Pause pause) {
        this.api = api;
        this.polls = polls;
        this.terminal = terminal;
        this.pause = pause;
    }

    /** Runs it, shows its log as it comes, and gives 0 if it succeeded, else its exit code or 1. */
    int execute(String proc, ObjectNode arguments) throws InterruptedException {
        ObjectNode order = JsonNodeFactory.instance.objectNode();
        order.put("name", proc).set("args", arguments);
        JsonNode created = api.post("/execution", order);
        String id = Json.text(created, "id");
        say("Execution " + id + " of " + proc + " is " + Json.text(created, "status") + ".");
        if (OPEN.contains(Json.text(created, "status"))) {
            logs(id);
        }
        JsonNode ended = ended(id);
        String status = Json.text(ended, "status");
        String reason = Json.text(ended, "reason");
        say("Execution " + id + ": " + status + (reason.isEmpty() ? "" : ", " + reason));
        return status.equals(SUCCEEDED) ? 0 : code(ended);
    }

    private void say(String sentence) {
        terminal.err().println(Terminal.plain(sentence));
    }

    private static int code(JsonNode ended) {
        int code = ended.path("exit_code").asInt(FAILED);
        return code > 0 && code <= HIGHEST_CODE ? code : FAILED;
    }

    private JsonNode ended(String id) throws InterruptedException {
        for (int tried = 0; tried < polls; tried++) {
            JsonNode execution = status(id);
            if (!OPEN.contains(Json.text(execution, "status"))) {
                return execution;
            }
            pause.millis(100L * tried);
        }
        throw ClientFailure.refused("Execution " + Terminal.plain(id)
                + " has not ended after its log has, as far as the server tells: latchkey procs status "
                + Terminal.plain(id));
    }

    private JsonNode status(String id) {
        return api.get(Api.path("execution", id, "status"));
    }

    void logs(String id) throws InterruptedException {
        new LogStream(api, id, terminal.out(), pause).copy(polls);
    }

    void status(String id, Form form) {
        JsonNode execution = status(id);
        if (form == Form.JSON) {
            Json.print(execution, terminal.out());
            return;
        }
        new Table()
                .row("Execution", Json.text(execution, "id"))
                .fact("Proc", Json.text(execution, "job_name"))
                .fact("Status", Json.text(execution, "status"))
                .fact("Exit code", Json.text(execution, "exit_code"))
                .fact("Reason", Json.text(execution, "reason"))
                .fact("Name", Json.text(execution, "name"))
                .fact("Image", Json.text(execution, "image_tag"))
                .fact("Created", Json.text(execution, "created_at"))
                .fact("Ended", Json.text(execution, "ended_at"))
                .print(terminal.out());
    }

    void stop(String id) {
        api.post(Api.path("execution", id, "stop"), JsonNodeFactory.instance.objectNode());
        terminal.out().println("Execution " + Terminal.plain(id) + " is being stopped.");
    }
}
