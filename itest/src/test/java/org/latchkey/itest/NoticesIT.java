package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.RuleChain;
import org.latchkey.itest.oauth.Party;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Etc;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Receiver;
import org.latchkey.itest.server.Server;

/** What is told: exactly what the catalogue lists, to those who want it, and what becomes of what nobody took. */
public class NoticesIT {

    private static final Receiver receiver = new Receiver();
    private static final Server server = new Server()
            .withEtc("latchkey.deployer", "bakeMillis=L\"300\"")
            .withEtc("latchkey.throttle", "local=B\"true\"", "name=I\"5\"")
            .withEtc("latchkey.notify", "pollSeconds=I\"1\"", "firstRetryMillis=I\"50\"", "attempts=I\"2\"");

    @ClassRule
    public static final RuleChain rules = RuleChain.outerRule(receiver).around(server);

    private static final String RECORDER = "org.example.recorder";
    private static final String PIG = "org.example.pig";
    private static final String SECRET = "correct horse battery";
    private static final String WRONG = "wrong donkey battery";
    private static final String REDIRECT = "https://app.example/cb";

    private Http root;

    /** A notifier that passes on the type, and in lines the facts; one more of it wants what its configuration says. */
    private static Path recorder() {
        String body = """
                public final class NAME implements Notifier {
                    private final java.net.http.HttpClient client = java.net.http.HttpClient.newHttpClient();
                    public void notify(Notice notice) throws java.io.IOException {
                        StringBuilder facts = new StringBuilder();
                        notice.content().forEach((fact, value) -> facts.append(fact + "=" + value + "\\n"));
                        var request = java.net.http.HttpRequest.newBuilder(java.net.URI.create("URL/NAME/" + notice.type()))
                                .timeout(java.time.Duration.ofSeconds(5))
                                .header("Idempotency-Key", notice.id())
                                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(facts.toString())).build();
                        try {
                            int status = client.send(request, java.net.http.HttpResponse.BodyHandlers.discarding()).statusCode();
                            if (status != 200) throw new java.io.IOException("answered " + status + " by URL/hush");
                        } catch (InterruptedException late) {
                            throw new java.io.InterruptedIOException();
                        }
                    }
                }
                """.replace("URL", receiver.url());
        return PluginJar.named(RECORDER)
                .source("All", "@Component\n" + body.replace("NAME", "All"))
                .source("Picky", """
                        @Component(
                                configurationPid = "example.picky",
                                configurationPolicy = ConfigurationPolicy.REQUIRE)
                        """ + body.replace("NAME", "Picky"))
                .build();
    }

    private static Path pig(String version) {
        return PluginJar.named(PIG).version(version).source("Pig", """
                        @Component(property = "latchkey.mount=pig")
                        public final class Pig implements Endpoint {
                            public Response handle(Request request) { return Response.text(200, "oink"); }
                        }
                        """).build();
    }

    @Before
    public void deploy() {
        root = server.root();
        if (!root.serves(RECORDER)) {
            server.deploy(recorder(), "recorder.jar");
            server.deploy(Server.shipped("org.latchkey.hook.fail2lock"), "fail2lock.jar");
            server.deploy(Server.shipped("org.latchkey.oauth"), "oauth.jar");
            await(
                    60,
                    () -> root.serves(RECORDER)
                            && root.serves("org.latchkey.hook.fail2lock")
                            && root.serves("org.latchkey.oauth"));
            await(60, () -> server.http().get("/oidc/jwks").status() == 200);
            root.post("/api/v1/groups", Map.of("name", "first"));
            await(20, () -> told("All").containsKey("group.created"));
        }
    }

    /** The facts of all that a notifier took, by type. */
    private static Map<String, List<Map<String, String>>> told(String notifier) {
        Map<String, List<Map<String, String>>> told = new TreeMap<>();
        String path = "POST /" + notifier + "/";
        for (Receiver.Call call : receiver.taken()) {
            if (call.request().startsWith(path)) {
                told.computeIfAbsent(call.request().substring(path.length()), type -> new ArrayList<>())
                        .add(facts(call.body()));
            }
        }
        return told;
    }

    private static Map<String, String> facts(String body) {
        Map<String, String> facts = new LinkedHashMap<>();
        body.lines().forEach(line -> facts.put(line.split("=", 2)[0], line.split("=", 2)[1]));
        return facts;
    }

    /** The facts that are listed, by type. */
    private Map<String, Set<String>> listed() {
        Map<String, Set<String>> listed = new TreeMap<>();
        for (JsonNode each : root.get("/api/v1/notices").json().path("notices")) {
            Set<String> facts = listed.computeIfAbsent(each.path("type").asText(), type -> new TreeSet<>());
            each.path("facts").fieldNames().forEachRemaining(facts::add);
            assertThat(facts).contains(each.path("subject").asText());
        }
        return listed;
    }

    /** Rows 108 and 110: everything that there is to tell, and nothing else is told, with these facts and no others. */
    @Test
    public void row108WhatIsToldIsListedAndRow110WhatIsListedIsTold() throws Exception {
        Map<String, Set<String>> listed = listed();
        changeTheDirectory();
        signInAndFail();
        useOAuth();
        changePlugins();
        await(60, () -> told("All").keySet().containsAll(listed.keySet()));

        Map<String, List<Map<String, String>>> told = told("All");
        assertThat(told.keySet()).isEqualTo(listed.keySet());
        told.forEach((type, notices) -> {
            assertThat(listed.get(type))
                    .as(type)
                    .containsAll(notices.stream()
                            .flatMap(facts -> facts.keySet().stream())
                            .collect(Collectors.toSet()));
        });
        assertThat(told.get("authentication.failed").toString()).contains("entity=ada", "address=127.0.0.1");
        assertThat(told.get("authentication.throttled").toString()).contains("entity=dave", "limit=name");
        assertThat(told.get("session.ended").toString()).contains("entity=ada", "cause=signed-out");
        assertThat(told.get("oauth.token-reused").toString()).contains("client=shop", "entity=ada", "token=refresh");
        assertThat(told.get("plugin.replaced").toString()).contains("version=2.0.0", "before=1.0.0");
        assertThat(receiver.taken().toString()).doesNotContain(SECRET, WRONG, server.rootSecret(), "$argon2");
        assertThat(server.logs()).doesNotContain("notice.unlisted");
    }

    private void changeTheDirectory() {
        for (String id : List.of("ada", "cleo", "dave", "gone")) {
            ok(root.post("/api/v1/entities", Map.of("id", id, "secret", SECRET)));
        }
        ok(root.patch("/api/v1/entities/ada", Map.of("meta", Map.of("shell", "/bin/sh"))));
        ok(root.post("/api/v1/entities/ada/kv", Map.of("key", "phone", "value", "1")));
        ok(root.post("/api/v1/entities/ada/keys", Map.of("type", "SSH", "key", "ssh-ed25519 AAAA ada")));
        ok(root.put("/api/v1/entities/cleo/capabilities/LOCK_ENTITY", ""));
        ok(root.put("/api/v1/entities/gone/secret", Map.of("secret", SECRET + "!")));
        ok(root.post("/api/v1/entities/gone/lock", ""));
        ok(root.post("/api/v1/entities/gone/unlock", ""));
        ok(root.post("/api/v1/groups", Map.of("name", "staff")));
        ok(root.post("/api/v1/groups", Map.of("name", "crew")));
        ok(root.patch("/api/v1/groups/staff", Map.of("display_name", "Staff")));
        ok(root.post("/api/v1/groups/staff/kv", Map.of("key", "room", "value", "1")));
        ok(root.put("/api/v1/groups/staff/capabilities/LOCK_ENTITY", ""));
        ok(root.put("/api/v1/groups/staff/members/gone", ""));
        ok(root.put("/api/v1/groups/staff/rules/crew", Map.of("rule", "include")));
        ok(root.delete("/api/v1/groups/staff/rules/crew"));
        ok(root.delete("/api/v1/groups/crew"));
        ok(root.delete("/api/v1/entities/gone"));
    }

    private static void ok(Http.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
    }

    private void signInAndFail() {
        assertThat(server.http().check("ada", SECRET)).isTrue();
        assertThat(server.http().check("ada", WRONG)).isFalse();
        for (int i = 0; i < 3; i++) {
            assertThat(server.http().check("cleo", WRONG)).isFalse();
        }
        for (int i = 0; i < 7; i++) {
            server.http().post("/api/v1/auth/check", Map.of("id", "dave", "secret", WRONG));
        }
    }

    private void useOAuth() {
        Map<String, Object> metadata = Map.of(
                "client_id",
                "shop",
                "redirect_uris",
                List.of(REDIRECT),
                "grant_types",
                List.of("authorization_code", "refresh_token"),
                "scope",
                "openid offline_access");
        Http.Answer made = root.post("/oidc/clients", metadata);
        ok(made);
        String base = "http://127.0.0.1:" + server.port();
        Optional<String> secret = Optional.of(made.json().path("client_secret").asText());
        Party shop = new Party(base + "/oidc", "shop", secret, REDIRECT);
        Browser browser = new Browser(base);
        String first = refreshToken(shop, browser);
        assertThat(shop.refresh(first).status()).isEqualTo(200);
        assertThat(shop.refresh(first).status()).isEqualTo(400);
        assertThat(shop.post("/revoke", Map.of("token", refreshToken(shop, browser)))
                        .status())
                .isEqualTo(200);
        shop.confirmLogOut(browser, shop.logOut(browser, Map.of()));
        ok(root.post("/oidc/clients/shop/secret", Map.of()));
        ok(root.delete("/oidc/clients/shop"));
    }

    private static String refreshToken(Party shop, Browser browser) {
        String verifier = Party.verifier();
        String code = shop.code(
                browser,
                Map.of(
                        "scope", "openid offline_access",
                        "prompt", "consent",
                        "code_challenge", Party.challenge(verifier),
                        "code_challenge_method", "S256"),
                "ada",
                SECRET);
        return shop.redeem(code, Map.of("code_verifier", verifier)).text("refresh_token");
    }

    private void changePlugins() throws IOException {
        Path deployed = server.deploy(pig("1.0.0"), "pig.jar");
        await(20, () -> root.isProven(PIG));
        ok(root.post("/api/v1/hooks/" + PIG + ".Pig/quarantine", Map.of("reason", "it bites")));
        ok(root.post("/api/v1/hooks/" + PIG + ".Pig/release", ""));
        server.deploy(pig("2.0.0"), "pig.jar");
        await(20, () -> root.version(PIG).equals("2.0.0") && root.isProven(PIG));
        ok(root.post("/api/v1/plugins/" + PIG + "/rollback", ""));
        await(20, () -> root.version(PIG).equals("1.0.0"));
        server.undeploy(deployed);
        await(20, () -> root.state(PIG).isEmpty());
        Path junk = Files.writeString(Files.createTempFile("junk", ".jar"), "This is no jar.");
        server.deploy(junk, "junk.jar");
    }

    /** A plugin's notices are listed while it is there. */
    @Test
    public void row108APluginsNoticesComeAndGoWithIt() {
        assertThat(server.shell("latchkey:notices").out()).contains("entity.created", "fail2lock.locked");
        server.undeploy(server.deploy().resolve("fail2lock.jar"));
        await(20, () -> !listed().containsKey("fail2lock.locked"));
        server.deploy(Server.shipped("org.latchkey.hook.fail2lock"), "fail2lock.jar");
        await(20, () -> listed().containsKey("fail2lock.locked"));
        assertThat(server.shell("latchkey:notices --json").out()).contains("\"fail2lock.locked\"");
    }

    @Test
    public void aNotifierGetsTheTopicsThatItWantsAndChangesThemLive() {
        Etc.configure(server, "example.picky", "latchkey.topics=[\"group.*\"]");
        await(20, () -> isListening("group.created"));
        ok(root.post("/api/v1/entities", Map.of("id", "unheard")));
        Etc.configure(server, "example.picky", "latchkey.topics=\"entity.*\"");
        await(20, () -> isListening("entity.created"));
        assertThat(told("Picky").toString()).doesNotContain("unheard");
        assertThat(told("Picky").keySet()).allMatch(type -> type.startsWith("group.") || type.startsWith("entity."));
    }

    private int probes;

    /** Makes a group and an entity, and looks whether the one of them was told. */
    private boolean isListening(String type) {
        int before = told("Picky").getOrDefault(type, List.of()).size();
        String name = "probe" + System.nanoTime() + "-" + probes++;
        ok(
                type.startsWith("group")
                        ? root.post("/api/v1/groups", Map.of("name", name))
                        : root.post("/api/v1/entities", Map.of("id", name)));
        long told = 0;
        for (int i = 0; i < 20 && told <= before; i++) {
            pause();
            told = told("Picky").getOrDefault(type, List.of()).size();
        }
        return told > before;
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** what nobody took is listed without secrets, replayed under its id, or dropped; and the audit log says by whom. */
    @Test
    public void r07DeadLettersAreListedReplayedAndDropped() {
        String notifier = RECORDER + ".All";
        String path = "/api/v1/notices/dead?notifier=" + notifier;
        receiver.answer(500);
        try {
            ok(root.post("/api/v1/groups", Map.of("name", "unlucky")));
            ok(root.post("/api/v1/groups", Map.of("name", "luckless")));
            await(30, () -> {
                String dead = root.get(path).json().path("letters").toString();
                return dead.contains("unlucky") && dead.contains("luckless");
            });
        } finally {
            receiver.answer(200);
        }
        JsonNode letters = root.get(path).json().path("letters");
        JsonNode letter = letters.path(0);
        assertThat(letters.toString())
                .contains("unlucky", "luckless", "answered 500")
                .doesNotContain("hush");
        String id = letter.path("id").asText();
        ok(root.post("/api/v1/notices/dead/replay", Map.of("notifier", notifier, "id", id)));
        String notice = letter.path("notice").path("id").asText();
        await(20, () -> receiver.taken().stream().anyMatch(call -> call.key().equals(notice)));
        assertThat(root.post("/api/v1/notices/dead/replay", Map.of("notifier", notifier, "id", id))
                        .status())
                .isEqualTo(404);
        assertThat(server.shell("latchkey:notices dead " + notifier).out()).contains("luckless");
        assertThat(server.shell("latchkey:notices replay " + notifier).out()).contains("wait for their notifier again");
        await(20, () -> told("All").get("group.created").toString().contains("luckless"));
        assertThat(root.delete(path).json().path("dropped").asInt()).isZero();
        assertThat(root.get(path).json().path("letters")).isEmpty();
        assertThat(root.get("/api/v1/audit?limit=50").body()).contains("notices.replayed", "notices.dropped");
    }
}
