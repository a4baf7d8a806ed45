package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.server.Server;

/** The five minutes with NetAuth's commands, word by word as the page has them. */
public class NetAuthDemoIT {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern SCRIPT = Pattern.compile("## Five minutes\n.*?```sh\n(.*?)```", Pattern.DOTALL);

    /** What is said to the reader and not answered by a command. */
    private static final List<String> SAID = List.of(
            "# Whoever is in ops is in staff too.", "# What a group may, its members may.", "# Sign in.", "# No more.");

    @ClassRule
    public static final Server server = new Server();

    @Test
    public void row86_everyCommandAnswersAsThePageSays() throws IOException {
        String script = script();
        List<String> promised = script.lines()
                .filter(line -> line.startsWith("# ") && !SAID.contains(line))
                .map(line -> line.substring(2).stripTrailing())
                .toList();
        ProcessBuilder bash = server.command("shell");
        String latchkey = bash.command().get(0);
        assertThat(script).startsWith("latchkey=runtime/target/latchkey/bin/latchkey\n");
        bash.command(
                "bash",
                "-eu",
                "-c",
                script.replaceFirst("latchkey=\\S+", Matcher.quoteReplacement("latchkey=" + latchkey)));

        Server.Answer answer = Server.run(bash.directory(PROJECT.toFile()), "");

        assertThat(answer.err()).isEmpty();
        assertThat(answer.out().lines().map(String::stripTrailing)).isEqualTo(promised);
        assertThat(answer.exitCode()).isZero();
    }

    private static String script() throws IOException {
        Matcher found = SCRIPT.matcher(NetAuthPage.text());
        assertThat(found.find()).isTrue();
        return found.group(1);
    }
}
