package org.latchkey.procs.proc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.latchkey.api.Refusal;
import org.latchkey.procs.json.Json;
import org.latchkey.procs.json.Members;

/** The JSON form of a proc, over HTTP and in the store: Proctor's nine members, and three of ours. */
public final class ProcJson {

    /** The variables that every run gets; no proc may declare one of them. */
    public static final Set<String> RESERVED =
            Set.of("EXECUTION_ID", "JOB_NAME", "EXECUTION_NAME", "USER_EMAIL", "IMAGE_TAG");

    private static final Set<String> KNOWN = Set.of(
            "name",
            "description",
            "image_name",
            "env_vars",
            "authorized_groups",
            "author",
            "contributors",
            "organization",
            "command",
            "executor",
            "timeout_seconds");

    private static final String INCARNATION = "incarnation";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9._-]{0,99}");
    private static final Pattern IMAGE = Pattern.compile("[A-Za-z0-9._:/@+-]*");
    private static final int LONGEST_LINE = 1000;
    private static final int LONGEST_TEXT = 8000;
    private static final int MOST = 100;
    private static final long LONGEST_SECONDS = Duration.ofDays(7).toSeconds();

    private ProcJson() {}

    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    public static ObjectNode write(Proc proc) {
        ObjectNode json = Json.object()
                .put("name", proc.name())
                .put("description", proc.description())
                .put("image_name", proc.image());
        ObjectNode variables = json.putObject("env_vars");
        variables.set("secrets", write(proc.secrets()));
        variables.set("args", write(proc.args()));
        json.set("authorized_groups", Json.texts(proc.groups()));
        json.put("author", proc.author())
                .put("contributors", proc.contributors())
                .put("organization", proc.organization());
        json.set("command", Json.texts(proc.command()));
        json.put("executor", proc.executor());
        proc.timeout().ifPresent(each -> json.put("timeout_seconds", each.toSeconds()));
        return json;
    }

    /** As it is stored: which one of its name it is, is nobody's to see or to set. */
    static String stored(Proc proc) {
        ObjectNode json = write(proc);
        if (!proc.incarnation().isEmpty()) {
            json.put(INCARNATION, proc.incarnation());
        }
        return json.toString();
    }

    static Proc readStored(String stored) {
        ObjectNode json = (ObjectNode) Json.stored(stored);
        json.remove(INCARNATION);
        return read("", json).as(incarnation(stored));
    }

    static String incarnation(String stored) {
        return Json.stored(stored).path(INCARNATION).asText();
    }

    private static ArrayNode write(List<Variable> variables) {
        ArrayNode array = Json.array();
        variables.forEach(each -> array.addObject().put("name", each.name()).put("description", each.description()));
        return array;
    }

    /** @throws Refusal (INVALID) with a pointer to what is wrong, below the given one */
    public static Proc read(String pointer, JsonNode json) {
        Members members = Members.of(pointer, json, KNOWN);
        Members variables = members.members("env_vars", Set.of("secrets", "args"));
        return new Proc(
                "",
                name(members),
                members.text("description", LONGEST_TEXT),
                image(members),
                variables(variables, "secrets"),
                variables(variables, "args"),
                groups(members),
                members.text("author", LONGEST_LINE),
                members.text("contributors", LONGEST_LINE),
                members.text("organization", LONGEST_LINE),
                command(members),
                members.text("executor", MOST),
                members.number("timeout_seconds", 1, LONGEST_SECONDS).map(Duration::ofSeconds));
    }

    private static String name(Members members) {
        String name = members.text("name", LONGEST_LINE);
        if (!isName(name)) {
            throw Refusal.invalid(members.at("name"), "A name has 1 to 100 characters of A-Z a-z 0-9 . _ and -.");
        }
        return name;
    }

    private static String image(Members members) {
        String image = members.text("image_name", LONGEST_LINE);
        if (!IMAGE.matcher(image).matches()) {
            throw Refusal.invalid(members.at("image_name"), "This is no name of an image.");
        }
        return image;
    }

    private static List<Variable> variables(Members members, String kind) {
        Set<String> names = new HashSet<>();
        return members.objects(kind, MOST, Set.of("name", "description")).stream()
                .map(each -> variable(each, names))
                .toList();
    }

    private static Variable variable(Members members, Set<String> names) {
        String name = members.text("name", LONGEST_LINE);
        if (!VARIABLE.matcher(name).matches()) {
            throw Refusal.invalid(
                    members.at("name"),
                    "A variable has 1 to 100 characters of A-Z a-z 0-9 . _ and -, of which the first is a letter or _.");
        }
        if (RESERVED.contains(name)) {
            throw Refusal.invalid(members.at("name"), "Every run gets this variable from the server.");
        }
        if (!names.add(name)) {
            throw Refusal.invalid(members.at("name"), "This variable is declared twice.");
        }
        return new Variable(name, members.text("description", LONGEST_TEXT));
    }

    private static Set<String> groups(Members members) {
        Set<String> groups = new LinkedHashSet<>();
        List<String> given = members.texts("authorized_groups", MOST, LONGEST_LINE);
        for (int i = 0; i < given.size(); i++) {
            if (given.get(i).isBlank()) {
                throw Refusal.invalid(members.at("authorized_groups") + "/" + i, "A group has a name.");
            }
            groups.add(given.get(i));
        }
        return groups;
    }

    private static List<String> command(Members members) {
        List<String> command = members.texts("command", MOST, LONGEST_TEXT);
        if (!command.isEmpty() && command.get(0).isBlank()) {
            throw Refusal.invalid(members.at("command") + "/0", "This is the program to run.");
        }
        return command;
    }
}
