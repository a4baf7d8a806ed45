package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;

/** Attack cases, H-09 for imports, and the way from one server to another. */
public class TransferIT {

    @ClassRule
    public static final Server server = new Server();

    @ClassRule
    public static final Server other = new Server();

    private static final String SECRET = "correct horse battery";
    private static final String PASSPHRASE = "what the two operators agreed on";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Http root;

    @Before
    public void signIn() {
        root = server.root();
    }

    private Http.Answer upload(String query, List<String> lines) {
        return root.send(root.request("/api/v1/import" + query)
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(String.join("\n", lines))));
    }

    @Test
    public void thousandsOfEntitiesComeInAndAreThere() {
        List<String> lines = new ArrayList<>(List.of(
                "{\"kind\":\"group\",\"name\":\"all\"}",
                "{\"kind\":\"group\",\"name\":\"some\",\"capabilities\":[\"LOCK_ENTITY\"]}",
                "{\"kind\":\"links\",\"name\":\"all\",\"rules\":{\"some\":\"include\"},\"managed_by\":\"some\"}"));
        IntStream.range(0, 3000)
                .mapToObj(i -> "{\"kind\":\"entity\",\"id\":\"m" + i + "\",\"groups\":[\"some\"]}")
                .forEach(lines::add);
        JsonNode report = upload("", lines).json();
        assertThat(report.path("refused").asInt()).as(report.toString()).isZero();
        assertThat(report.at("/stored/entity").asInt()).isEqualTo(3000);
        assertThat(root.get("/api/v1/entities/m2999/groups").body()).contains("all", "some");
        assertThat(root.get("/api/v1/groups/all/members?limit=1000").json().path("members"))
                .hasSize(1000);
        String audit = root.get("/api/v1/audit?limit=100").body();
        assertThat(audit).contains("\"import\"", "lines 4 to 503");
    }

    @Test
    public void a06_aHalfBrokenFileStoresWholeBatchesAndNamesTheLines() {
        List<String> lines = List.of(
                "{\"kind\":\"entity\",\"id\":\"h0\"}",
                "{\"kind\":\"entity\",\"id\":\"../h1\"}",
                "{\"kind\":\"entity\",\"id\":\"h2\"}",
                "{\"kind\":\"entity\",\"id\":\"h3\"}",
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>",
                "{\"kind\":\"entity\",\"id\":\"h5\"}",
                "{\"kind\":\"entity\",\"id\":\"h6\"}");
        Http.Answer trial = upload("?dry_run=true&batch=2", lines);
        assertThat(root.get("/api/v1/entities/h2").status()).isEqualTo(404);
        Http.Answer real = upload("?batch=2", lines);
        assertThat(real.json()).isEqualTo(trial.json());
        assertThat(real.json().path("faults"))
                .extracting(fault -> fault.path("line").asInt())
                .containsExactly(2, 5);
        assertThat(root.get("/api/v1/entities/h0").status()).isEqualTo(404);
        assertThat(root.get("/api/v1/entities/h2").status()).isEqualTo(200);
        assertThat(root.get("/api/v1/entities/h5").status()).isEqualTo(404);
        assertThat(root.get("/api/v1/entities/h6").status()).isEqualTo(200);
    }

    @Test
    public void a07_oneServerReadsWhatTheOtherWroteAndNobodyInBetweenReadsHashes() throws Exception {
        root.post("/api/v1/groups", Map.of("name", "crew", "display_name", "The crew"));
        root.post(
                "/api/v1/entities",
                Map.of(
                        "id",
                        "ann",
                        "secret",
                        SECRET,
                        "meta",
                        Map.of("display_name", "Ann \u00c5"),
                        "kv",
                        Map.of("k", List.of("v"))));
        root.send("PUT", "/api/v1/groups/crew/members/ann");
        Path file = folder.getRoot().toPath().resolve("all.jsonl");
        assertThat(server.shell("export " + file).exitCode()).isZero();
        assertThat(root.get("/api/v1/export").body()).isEqualTo(Files.readString(file));
        assertThat(Files.readString(file)).contains("\"ann\"").doesNotContain("argon2", "sealed", SECRET);
        assertThat(server.shell("export " + file).exitCode()).isEqualTo(1);
        Server.Answer sealed = server.shell("export " + file + " --hashes --force", PASSPHRASE + "\n");
        assertThat(sealed.exitCode()).as(sealed.err()).isZero();
        assertThat(Files.readString(file)).contains("secret_sealed").doesNotContain("argon2", PASSPHRASE);

        Server.Answer wrong = other.shell("import " + file + " --passphrase-stdin", "another\n");
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.out()).contains("/secret_sealed");
        Server.Answer trial =
                other.shell("import " + file + " --dry-run --update --passphrase-stdin", PASSPHRASE + "\n");
        assertThat(trial.exitCode()).as(trial.out() + trial.err()).isZero();
        assertThat(other.root().get("/api/v1/entities/ann").status()).isEqualTo(404);
        Server.Answer right = other.shell("import " + file + " --update --passphrase-stdin --json", PASSPHRASE + "\n");
        assertThat(right.exitCode()).as(right.out() + right.err()).isZero();
        assertThat(other.root().get("/api/v1/groups/crew/members").body()).contains("ann");
        assertThat(other.http()
                        .post("/api/v1/auth/check", Map.of("id", "ann", "secret", SECRET))
                        .status())
                .isEqualTo(204);
        assertThat(other.logs() + other.output()).doesNotContain("argon2", PASSPHRASE, SECRET);
    }

    @Test
    public void h09_aPolicyJudgesEveryLine() {
        Path hook = server.deploy(Server.shipped("org.latchkey.example.hook"));
        Server.await(10, () -> root.serves("org.latchkey.example.hook"));
        JsonNode report = upload(
                        "?batch=1",
                        List.of("{\"kind\":\"entity\",\"id\":\"admin9\"}", "{\"kind\":\"entity\",\"id\":\"zoe\"}"))
                .json();
        server.undeploy(hook);
        assertThat(report.at("/faults/0/code").asText()).isEqualTo("reserved");
        assertThat(report.at("/stored/entity").asInt()).isEqualTo(1);
    }

    @Test
    public void onlyRootMayDoEither() {
        root.post("/api/v1/entities", Map.of("id", "clerk", "secret", SECRET));
        root.send("PUT", "/api/v1/entities/clerk/capabilities/CREATE_ENTITY");
        Http clerk = server.http().signedInAs("clerk", SECRET);
        assertThat(clerk.get("/api/v1/export").status()).isEqualTo(403);
        assertThat(clerk.send(clerk.request("/api/v1/import")
                                .header("Content-Type", "application/x-ndjson")
                                .POST(BodyPublishers.ofString("{}")))
                        .status())
                .isEqualTo(403);
    }
}
