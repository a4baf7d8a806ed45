package org.latchkey.procs.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.junit.Test;
import org.latchkey.api.Refusal;
import org.latchkey.procs.json.Json;

public class VerbTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream console = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private String run(Verb verb, String... words) throws IOException {
        bytes.reset();
        CommandSession session = (CommandSession) Proxy.newProxyInstance(
                VerbTest.class.getClassLoader(),
                new Class<?>[] {CommandSession.class},
                (proxy, method, arguments) -> console);
        verb.execute(session, List.of((Object[]) words));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private final Verb verb = new Verb(
            "proc-x",
            "ID [PROC] [--json]",
            "does x",
            (out, words) -> out.show(
                    Json.texts(words),
                    List.of(Output.row("WORD", "LONG NAME", "END"), Output.row(words.get(0), "\u001b[31m", ""))));

    @Test
    public void printsForPeopleAndPrograms() throws IOException {
        assertThat(run(verb, "7")).isEqualTo("WORD  LONG NAME  END\n7      [31m\n");
        assertThat(run(verb, "--json", "7", "a")).isEqualTo("[ \"7\", \"a\" ]\n");
    }

    @Test
    public void isWrittenAsItsFormSays() {
        for (String[] words : List.of(new String[] {}, new String[] {"1", "2", "3"}, new String[] {"1", "--all"})) {
            assertThatThrownBy(() -> run(verb, words))
                    .isInstanceOf(Refusal.class)
                    .hasMessage("Usage: proc-x ID [PROC] [--json]");
        }
        Verb plain = new Verb("proc-y", "", "does y", (out, words) -> out.line("a\u0007b"));
        assertThatThrownBy(() -> run(plain, "--json")).hasMessage("Usage: proc-y");
    }
}
