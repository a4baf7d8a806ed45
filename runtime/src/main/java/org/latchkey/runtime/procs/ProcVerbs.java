package org.latchkey.runtime.procs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The verbs that look at procs: {@code list}, {@code describe}, {@code template}. */
final class ProcVerbs {

    private final Api api;
    private final PrintStream out;

    ProcVerbs(Api api, Terminal terminal) {
        this.api = api;
        this.out = terminal.out();
    }

    void list(Form form) {
        List<JsonNode> procs = Json.elements(api.get("/metadata")).stream()
                .sorted(Comparator.comparing(proc -> Json.text(proc, "name")))
                .toList();
        if (form == Form.JSON) {
            Json.print(Json.array(procs), out);
        } else if (procs.isEmpty()) {
            out.println("There are no procs that you may run.");
        } else {
            Table table = new Table().row("PROC", "DESCRIPTION");
            procs.forEach(proc -> table.row(Json.text(proc, "name"), Json.text(proc, "description")));
            table.print(out);
        }
    }

    void describe(String name, Form form) {
        JsonNode proc = api.get(Api.path("metadata", name));
        if (form == Form.JSON) {
            Json.print(proc, out);
            return;
        }
        Table facts = new Table()
                .row("Proc", Json.text(proc, "name"))
                .fact("Description", Json.text(proc, "description"))
                .fact("Contributors", Json.text(proc, "contributors"))
                .fact("Organization", Json.text(proc, "organization"))
                .fact("Author", Json.text(proc, "author"))
                .fact("Image", Json.text(proc, "image_name"))
                .fact("Groups", joined(proc.path("authorized_groups")));
        facts.print(out);
        List<JsonNode> arguments = arguments(proc);
        out.println(arguments.isEmpty() ? "It takes no arguments." : "Arguments:");
        Table table = new Table();
        arguments.forEach(each -> table.row("  " + Json.text(each, "name"), Json.text(each, "description")));
        table.print(out);
        out.println("To run it: latchkey procs execute " + Terminal.plain(Json.text(proc, "name"))
                + arguments.stream()
                        .map(each -> " " + Terminal.plain(Json.text(each, "name")) + "=VALUE")
                        .collect(Collectors.joining()));
    }

    /** Writes the arguments to fill in; a file that is there stays as it is. {@code -} is standard output. */
    void template(String name, String file) throws IOException {
        StringBuilder text = new StringBuilder();
        for (JsonNode argument : arguments(api.get(Api.path("metadata", name)))) {
            Json.text(argument, "description").lines().forEach(line -> text.append("# ")
                    .append(Terminal.plain(line))
                    .append('\n'));
            text.append(FlatYaml.line(Json.text(argument, "name"), ""));
        }
        if (file.equals("-")) {
            out.print(text);
            return;
        }
        OpenOption[] fresh = {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};
        try {
            Files.writeString(Path.of(file), text, StandardCharsets.UTF_8, fresh);
        } catch (FileAlreadyExistsException there) {
            throw ClientFailure.refused(file + " is there already.");
        }
        out.println("Wrote " + file);
    }

    private static List<JsonNode> arguments(JsonNode proc) {
        return Json.elements(proc.path("env_vars").path("args"));
    }

    private static String joined(JsonNode texts) {
        return StreamSupport.stream(texts.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
    }
}
