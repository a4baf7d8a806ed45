package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;

/** The first page does what it says, word by word. */
public class ReadmeIT {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern PROMISED = Pattern.compile("^check .*# (\\d{3})$", Pattern.MULTILINE);
    private static final Pattern ANSWERED = Pattern.compile("(?<!\\d)(\\d{3})$", Pattern.MULTILINE);

    @ClassRule
    public static final Server server = new Server();

    @Test
    public void theFirstFiveMinutesAnswerAsTheCommentsSay() throws IOException {
        String script = block("The first five minutes", "sh");
        assertThat(codes(PROMISED, script)).containsExactly("204", "401", "401", "401", "401", "204");
        long process = server.pid();

        Server.Answer answer = Server.run(
                new ProcessBuilder("bash", "-eu", "-c", onThisServer(script)).directory(PROJECT.toFile()), "");

        assertThat(answer.exitCode()).as(answer.err()).isEqualTo(0);
        assertThat(codes(ANSWERED, answer.out())).as(answer.out()).isEqualTo(codes(PROMISED, script));
        assertThat(answer.out()).doesNotContain("\"status\"", "\"title\"");
        assertThat(server.root().get("/api/v1/groups/staff/members").body()).contains("alice");
        assertThat(server.pid()).isEqualTo(process);
        assertThat(server.isAlive()).isTrue();
    }

    @Test
    public void whoIsInWhichGroupFollowsTheRulesOfTheExample() throws IOException {
        Http root = server.root();
        for (String group : List.of("staff", "login", "suspended")) {
            root.post("/api/v1/groups", Map.of("name", group));
        }
        for (String id : List.of("ann", "sid")) {
            root.post("/api/v1/entities", Map.of("id", id));
            root.send("PUT", "/api/v1/groups/staff/members/" + id);
        }
        root.send("PUT", "/api/v1/groups/suspended/members/sid");
        String given = "server=http://127.0.0.1:" + server.port() + "/api/v1\ntoken="
                + root.token().orElseThrow() + "\n";
        String script = given + block("Who is in which group", "sh");

        Server.Answer answer = Server.run(new ProcessBuilder("bash", "-eu", "-c", script), "");

        assertThat(answer.exitCode()).as(answer.err()).isEqualTo(0);
        assertThat(root.get("/api/v1/entities/ann/groups").body()).contains("login");
        assertThat(root.get("/api/v1/entities/sid/groups").body()).doesNotContain("login");
    }

    /** Nothing but places changes: where the server listens, and its two directories. */
    private static String onThisServer(String script) {
        String url = "http://127.0.0.1:8080";
        assertThat(script).contains(url, "$home/data/", "$home/deploy/", "home=runtime/target/latchkey");
        return script.replace(url, "http://127.0.0.1:" + server.port())
                .replace("$home/data/", server.data() + "/")
                .replace("$home/deploy/", server.deploy() + "/");
    }

    @Test
    public void thePolicyInSixteenLinesIsTheOneThatShips() throws IOException {
        Path source =
                PROJECT.resolve("bundles/example-hook/src/main/java/org/latchkey/example/hook/ReservedNames.java");
        String shown = block("Add a policy in sixteen lines", "java");
        assertThat(shown).isEqualTo(Files.readString(source));
        assertThat(shown.lines()).hasSize(16);
    }

    @Test
    public void everyPathThatThePageNamesIsThere() throws IOException {
        String page = Files.readString(PROJECT.resolve("README.md"));
        List<String> paths = Pattern.compile(
                        "(?:\\]\\(|\\| `|^ {4})((?:bundles|features|runtime|itest)[\\w./-]*)", Pattern.MULTILINE)
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(paths).contains("runtime/run.sh", "itest/run.sh", "bundles/api");
        assertThat(paths).allSatisfy(path -> assertThat(PROJECT.resolve(path)).exists());
    }

    /** The first block in that language under that heading. */
    private static String block(String heading, String language) throws IOException {
        String page = Files.readString(PROJECT.resolve("README.md"));
        int section = page.indexOf("\n## " + heading + "\n");
        assertThat(section).as(heading).isNotNegative();
        String fence = "\n```" + language + "\n";
        int start = page.indexOf(fence, section) + fence.length();
        return page.substring(start, page.indexOf("```", start));
    }

    private static List<String> codes(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
