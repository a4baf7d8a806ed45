package org.latchkey.itest.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** One-shot commands of a server's shell, and what they have to answer. */
public final class Shell {

    private static final JsonMapper JSON = new JsonMapper();

    private final Server server;

    public Shell(Server server) {
        this.server = server;
    }

    /** It succeeds, and prints this among other things. */
    public void says(String line, String expected) {
        says(line, "", expected);
    }

    /** It succeeds when it is given that input, and prints this among other things. */
    public void says(String line, String input, String expected) {
        assertThat(out(line, input)).as(line).contains(expected);
    }

    /** It fails with this reason on the error stream, and prints nothing. */
    public void refuses(String line, String reason) {
        refuses(line, "", reason);
    }

    public void refuses(String line, String input, String reason) {
        Server.Answer answer = server.shell(line, input);
        assertThat(answer.exitCode()).as(line).isEqualTo(1);
        assertThat(answer.out()).as(line).isEmpty();
        assertThat(answer.err()).as(line).contains(reason);
    }

    /** What it prints; it succeeds. */
    public String out(String line, String input) {
        Server.Answer answer = server.shell(line, input);
        assertThat(answer.exitCode()).as(line + ": " + answer.err()).isEqualTo(0);
        return answer.out();
    }

    /** What it prints, which is JSON. */
    public JsonNode json(String line) {
        String out = out(line, "");
        try {
            return JSON.readTree(out);
        } catch (JsonProcessingException noJson) {
            throw new AssertionError(line + " answers no JSON: " + out, noJson);
        }
    }
}
