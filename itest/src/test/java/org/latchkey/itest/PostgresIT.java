package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.junit.ClassRule;
import org.junit.FixMethodOrder;
import org.junit.Test;
import org.junit.rules.RuleChain;
import org.junit.runners.MethodSorters;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Postgres;
import org.latchkey.itest.server.Server;

/** Rows 81 to 84 and attack S-04 on PostgreSQL: it may be slow, stop and come back, or be of another version. */
@FixMethodOrder(MethodSorters.NAME_ASCENDING)
public class PostgresIT {

    private static final Postgres postgres = new Postgres();

    /** Begins on the embedded database. */
    private static final Server server = new Server().withEtc("latchkey.store", "patienceMillis=L\"2000\"");

    @ClassRule
    public static final RuleChain both = RuleChain.outerRule(postgres).around(server);

    private static final String SECRET = "correct horse battery staple";

    private static int signIn(String id) {
        return server.http()
                .post("/api/v1/auth/check", Map.of("id", id, "secret", SECRET))
                .status();
    }

    private static int readiness() {
        return server.http().get("/healthz/ready").status();
    }

    private static void create(String id) {
        Http.Answer created = server.root().post("/api/v1/entities", Map.of("id", id, "secret", SECRET));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
    }

    private static void becomesWell() {
        Server.await(60, () -> readiness() == 200 && signIn("alice") == 204);
    }

    private static Server.Answer latchkey(String... words) {
        return Server.run(server.command(words), "");
    }

    @Test
    public void a_everythingIsCopiedAndServedFromThere() {
        create("alice");
        assertThat(latchkey("copy", "--to-url=" + postgres.url(), "--to-user=postgres"))
                .extracting(Server.Answer::exitCode, Server.Answer::err)
                .satisfies(answer -> assertThat(answer.get(0)).isEqualTo(1))
                .satisfies(answer -> assertThat(answer.get(1).toString()).contains("another server uses"));
        server.stop();
        Server.Answer rehearsed = latchkey("copy", "--to-url=" + postgres.url(), "--to-user=postgres");
        assertThat(rehearsed.exitCode()).as(rehearsed.err()).isZero();
        assertThat(rehearsed.out()).contains("entity: 2 items", "Nothing was copied");
        Server.Answer copied = latchkey("copy", "--to-url=" + postgres.url(), "--to-user=postgres", "--no-dry-run");
        assertThat(copied.exitCode()).as(copied.err()).isZero();
        assertThat(copied.out()).contains("entity: 2 items", "Copied and compared");
        Server.Answer again = latchkey("copy", "--to-url=" + postgres.url(), "--to-user=postgres", "--no-dry-run");
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("is not empty");
        server.with("LATCHKEY_DB_URL", postgres.url()).with("LATCHKEY_DB_USER", "postgres");
        server.start();
        assertThat(signIn("alice")).isEqualTo(204);
    }

    @Test
    public void b_whatIsStoredThereSurvivesTheServer() {
        create("bob");
        server.kill();
        server.start();
        assertThat(signIn("bob")).isEqualTo(204);
    }

    @Test
    public void c_aDatabaseThatHangsIsUnavailableAndNotEmpty() {
        Http root = server.root();
        postgres.halt();
        try {
            unavailable(root);
        } finally {
            postgres.resume();
        }
        becomesWell();
    }

    @Test
    public void d_aDatabaseThatIsDownIsUnavailableAndServedAgainWhenItIsBack() {
        Http root = server.root();
        postgres.stop();
        try {
            unavailable(root);
        } finally {
            postgres.start();
        }
        becomesWell();
        create("carol");
    }

    private static void unavailable(Http root) {
        for (int i = 0; i < 3; i++) {
            assertThat(signIn("alice")).isEqualTo(503);
        }
        assertThat(signIn("nobody")).isEqualTo(503);
        assertThat(root.get("/api/v1/entities/alice").status()).isEqualTo(503);
        assertThat(root.get("/api/v1/entities").status()).isEqualTo(503);
        assertThat(root.post("/api/v1/entities", Map.of("id", "dave")).status()).isEqualTo(503);
        Server.await(30, () -> readiness() == 503);
        assertThat(server.http().get("/healthz/ready").body()).contains("store");
        assertThat(server.http().get("/healthz/live").status()).isEqualTo(200);
    }

    @Test
    public void e_aDatabaseThatIsReadOnlyIsReadOn() throws Exception {
        Http root = server.root();
        postgres.execute("ALTER SYSTEM SET default_transaction_read_only = on");
        postgres.execute("SELECT pg_reload_conf()");
        try {
            Server.await(30, () -> readiness() == 503);
            assertThat(root.get("/api/v1/entities/alice").status()).isEqualTo(200);
            assertThat(root.post("/api/v1/entities", Map.of("id", "dave")).status())
                    .isEqualTo(503);
            assertThat(server.logs().lines().filter(line -> line.contains("database is read-only")))
                    .isNotEmpty();
        } finally {
            postgres.execute(
                    "SET default_transaction_read_only = off", "ALTER SYSTEM RESET ALL", "SELECT pg_reload_conf()");
        }
        becomesWell();
    }

    @Test
    public void f_aDatabaseOfANewerVersionIsNotTouched() throws Exception {
        server.stop();
        postgres.execute("INSERT INTO changelog VALUES (99, '', 'from the future')");
        Process run = server.command("run").redirectErrorStream(true).start();
        try {
            Server.await(60, () -> server.logs().contains("the database is at schema 99"));
            assertThat(answerOrNone()).isNotEqualTo(200);
        } finally {
            run.destroy();
            assertThat(run.waitFor()).isNotNegative();
        }
        assertThat(latchkey("migrate", "--to=1").err()).contains("schema 99");
        postgres.execute("DELETE FROM changelog WHERE id = 99");
        assertThat(List.of(latchkey("migrate").out().split("\n"))).contains("There is nothing to do.");
        server.start();
        assertThat(signIn("bob")).isEqualTo(204);
    }

    private static int answerOrNone() throws IOException {
        try {
            return readiness();
        } catch (UncheckedIOException notListening) {
            return 0;
        }
    }
}
