package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.server.Etc;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Server;
import org.latchkey.itest.server.Wire;

/** Rows 27 and 42 and attack case L-05: the password policy that ships, seen from REST. */
public class PasswordPolicyIT {

    @ClassRule
    public static final Server server = new Server();

    private static final String PLUGIN = "org.latchkey.hook.password.policy";
    private static final String PID = "latchkey.passwordpolicy";
    private static final String GRANT = "latchkey.grants=[\"secret:read\"]";
    private static final String SECRET = "correct horse battery";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private Http root;

    @Before
    public void deployThePolicyAsItShips() {
        root = server.root();
        Etc.configure(server, PID, GRANT);
        server.deploy(Server.shipped(PLUGIN), "policy.jar");
        await(5, () -> root.serves(PLUGIN));
        await(
                5,
                () -> code(create(someone(), "too short 1234")).equals("secret-too-short")
                        && create(someone(), text(15)).status() == 201);
    }

    @Test
    public void row42_holdsOnCreation() {
        String id = someone();
        Http.Answer answer = create(id, "short");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().path("detail").asText()).contains("at least 15 characters");
        assertThat(root.get("/api/v1/entities/" + id).status()).isEqualTo(404);
        assertThat(create(id, SECRET).status()).isEqualTo(201);
        assertThat(root.post("/api/v1/entities", Map.of("id", someone())).status())
                .isEqualTo(201);
    }

    @Test
    public void row27_aRefusedChangeLeavesTheOldSecretValid() {
        String id = someone();
        create(id, SECRET);
        Http self = server.http().signedInAs(id, SECRET);
        for (Http.Answer answer : List.of(
                root.put(secretOf(id), Map.of("secret", "123")),
                self.put(secretOf(id), Map.of("secret", "123", "current", SECRET)))) {
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.json().path("detail").asText()).contains("at least 15 characters");
        }
        assertThat(server.http().check(id, "123")).isFalse();
        assertThat(server.http().check(id, SECRET)).isTrue();
        assertThat(self.put(secretOf(id), Map.of("secret", "another long secret", "current", SECRET))
                        .status())
                .isEqualTo(204);
        assertThat(server.http().check(id, SECRET)).isFalse();
        assertThat(server.http().check(id, "another long secret")).isTrue();
    }

    @Test
    public void row42_holdsForTheShellToo() {
        String id = someone();
        Server.Answer answer = server.shell("entity create " + id + " --secret short");
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.out() + answer.err()).contains("at least 15 characters");
        assertThat(root.get("/api/v1/entities/" + id).status()).isEqualTo(404);
    }

    @Test
    public void l05_fifteenToTwoHundredAndFiftySixCharactersAreTaken() {
        assertThat(code(create(someone(), text(14)))).isEqualTo("secret-too-short");
        for (int length : new int[] {15, 64, 256}) {
            String id = someone();
            String secret = text(length);
            assertThat(create(id, secret).status()).as("%d", length).isEqualTo(201);
            assertThat(server.http().check(id, secret)).isTrue();
            assertThat(server.http().check(id, secret.substring(0, length - 1))).isFalse();
            assertThat(server.http().check(id, secret.substring(0, length - 1) + '!'))
                    .isFalse();
        }
        assertThat(code(create(someone(), text(257)))).isEqualTo("secret-too-long");
    }

    @Test
    public void l05_whatIsGuessedFirstIsRefusedWithAnExplanation() {
        Map<String, String> refused = Map.of(
                "passwordpassword", "secret-commonplace",
                "Password12345678", "secret-commonplace",
                "aaaaaaaaaaaaaaaa", "secret-repetitive",
                "123456789012345678", "secret-",
                "qwertyuiopasdfgh", "secret-");
        refused.forEach((secret, code) -> {
            Http.Answer answer = create(someone(), secret);
            assertThat(answer.status()).as(secret).isEqualTo(422);
            assertThat(code(answer)).as(secret).startsWith(code);
            assertThat(answer.json().path("detail").asText()).contains("Take ").doesNotContain(secret);
        });
    }

    @Test
    public void l05_whatEqualsTheUserNameIsRefused() {
        String id = "bartholomew.featherstone";
        assertThat(code(create(id, id))).isEqualTo("secret-made-of-names");
        assertThat(code(create(id, "Featherstone-Bartholomew1"))).isEqualTo("secret-made-of-names");
        assertThat(code(create(someone(), "latchkeylatchkey"))).startsWith("secret-");
        assertThat(create(id, SECRET).status()).isEqualTo(201);
        assertThat(code(root.put(secretOf(id), Map.of("secret", id)))).isEqualTo("secret-made-of-names");
    }

    @Test
    public void l05_aSecretBeyondMeasureIsRefusedAtCreationChangeAndCheckAlike() {
        String id = someone();
        create(id, SECRET);
        for (String endless : List.of(text(2000), "\uD83D\uDD11".repeat(1000))) {
            for (Http.Answer answer : List.of(
                    create(someone(), endless),
                    root.put(secretOf(id), Map.of("secret", endless)),
                    server.http().post("/api/v1/auth/check", Map.of("id", id, "secret", endless)),
                    server.http().post("/api/v1/auth/check", Map.of("id", "nobody", "secret", endless)),
                    server.http().post("/api/v1/auth/token", Map.of("id", id, "secret", endless)))) {
                assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            }
        }
        assertThat(server.http().check(id, SECRET)).isTrue();
    }

    @Test
    public void l05_aMegabyteIsNotEvenRead() {
        String body = "{\"id\":\"e0\",\"secret\":\"" + "x".repeat(1 << 20) + "\"}";
        for (String path : List.of("/api/v1/entities", "/api/v1/auth/check", "/api/v1/auth/token")) {
            Wire.Answer answer = new Wire(server.port())
                    .send("POST " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer "
                            + root.token().orElseThrow() + "\r\nContent-Type: application/json\r\nContent-Length: "
                            + body.length() + "\r\n\r\n" + body);
            assertThat(answer.status())
                    .as("413, or broken off before all was sent")
                    .isIn(413, 0);
        }
        assertThat(root.get("/api/v1/entities/e0").status()).isEqualTo(404);
    }

    @Test
    public void l05_noCharacterIsCutOffOrStripped() {
        for (String secret : List.of(
                "  leading and trailing  ",
                "correct\0horse battery",
                "\uD83D\uDD11 correct horse \uD83D\uDC34 battery")) {
            String id = someone();
            assertThat(create(id, secret).status()).as(secret).isEqualTo(201);
            assertThat(server.http().check(id, secret)).as(secret).isTrue();
            assertThat(server.http().check(id, secret.strip() + " ")).as(secret).isFalse();
            assertThat(server.http().check(id, secret.substring(0, 7)))
                    .as(secret)
                    .isFalse();
        }
    }

    @Test
    public void l05_bothWaysToWriteAnUmlautAreOneSecret() {
        String composed = "gr\u00FCne H\u00FCgel im Fr\u00FChling";
        String decomposed = "gru\u0308ne Hu\u0308gel im Fru\u0308hling";
        String id = someone();
        assertThat(create(id, decomposed).status()).isEqualTo(201);
        assertThat(server.http().check(id, composed)).isTrue();
        assertThat(server.http().check(id, decomposed)).isTrue();
        assertThat(server.http().check(id, "grune Hugel im Fruhling")).isFalse();
    }

    @Test
    public void settingsAndABlocklistOfTheOperatorHoldWithoutARedeploy() throws IOException {
        Files.writeString(server.etc().resolve("refused.txt"), "the office is on fire\n");
        assertThat(create(someone(), "the office is on fire").status()).isEqualTo(201);
        Etc.configure(server, PID, GRANT, "minLength=I\"20\"", "blocklist=\"refused.txt\"");
        await(5, () -> code(create(someone(), text(19))).equals("secret-too-short"));
        assertThat(create(someone(), text(20)).status()).isEqualTo(201);
        assertThat(code(create(someone(), "The office is on fire"))).isEqualTo("secret-commonplace");
    }

    @Test
    public void withoutTheGrantNoSecretIsSetAndOldOnesStayValid() throws IOException {
        String id = someone();
        create(id, SECRET);
        Files.delete(server.etc().resolve(PID + ".config"));
        await(5, () -> code(create(someone(), text(20))).equals("grant-missing"));
        assertThat(code(root.put(secretOf(id), Map.of("secret", text(20))))).isEqualTo("grant-missing");
        assertThat(server.http().check(id, SECRET)).isTrue();
        Etc.configure(server, PID, GRANT);
        await(5, () -> create(someone(), text(20)).status() == 201);
    }

    @Test
    public void settingsThatCannotBeMeantCloseTheDoorAndStatusSaysSo() {
        Etc.configure(server, PID, GRANT, "minLength=I\"3\"");
        await(5, () -> create(someone(), "short").status() == 503);
        assertThat(create(someone(), text(20)).status()).isEqualTo(503);
        assertThat(root.get("/api/v1/hooks").body()).contains("\"failed\"");
        assertThat(root.get("/api/v1/system/status").json().path("ok").asBoolean())
                .isFalse();
    }

    @Test
    public void newSettingsOpenNoGap() {
        Supplier<Integer> accepted = acceptedMeanwhile();
        for (int change = 0; change < 4; change++) {
            Etc.configure(server, PID, GRANT, "maxLength=I\"" + (100 + change) + "\"");
            pause(2);
        }
        assertThat(accepted.get()).as("short secrets that were taken").isZero();
    }

    @Test
    public void aNewVersionOpensNoGap() {
        Supplier<Integer> accepted = acceptedMeanwhile();
        for (int change = 0; change < 4; change++) {
            server.deploy(PluginJar.reversioned(Server.shipped(PLUGIN), "0.2." + change), "policy.jar");
            pause(2);
        }
        assertThat(root.get("/api/v1/plugins/" + PLUGIN).body()).contains("0.2.3");
        assertThat(accepted.get()).as("short secrets that were taken").isZero();
    }

    /** Creates entities with a short secret until it is asked how often that was accepted. */
    private Supplier<Integer> acceptedMeanwhile() {
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Integer> accepted = CompletableFuture.supplyAsync(() -> {
            int times = 0;
            for (int tries = 0; tries < 100_000 && !over.get(); tries++) {
                times += create(someone(), "short").status() == 201 ? 1 : 0;
            }
            return times;
        });
        return () -> {
            over.set(true);
            return accepted.join();
        };
    }

    private static void pause(int seconds) {
        try {
            TimeUnit.SECONDS.sleep(seconds);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Http.Answer create(String id, String secret) {
        return root.post("/api/v1/entities", Map.of("id", id, "secret", secret));
    }

    private static String secretOf(String id) {
        return "/api/v1/entities/" + id + "/secret";
    }

    private static String code(Http.Answer answer) {
        return answer.status() == 422 ? answer.json().path("code").asText() : "";
    }

    private static String someone() {
        return "e" + NUMBER.incrementAndGet();
    }

    /** So many letters that nobody would guess. */
    private static String text(int length) {
        return new Random(length)
                .ints(length, 'a', 'z' + 1)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }
}
