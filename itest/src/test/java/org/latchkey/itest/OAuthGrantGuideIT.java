package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.oauth.Clients;
import org.latchkey.itest.oauth.Party;
import org.latchkey.itest.oauth.Party.Answer;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Server;

/** What {@code docs/grants.md} says is so: its clients are made, and its grant is compiled and deployed as it stands. */
public class OAuthGrantGuideIT {

    private static final String PLUGIN = "org.example.minute";
    private static final String TYPE = "urn:example:grant-type:minute";
    private static final Pattern CODE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern PUT = Pattern.compile("curl -X PUT \\$oidc(\\S+)[^']*'[^']*'[^']*'([^']*)'");

    @ClassRule
    public static final Server server =
            new Server().withEtc("latchkey.oauth-api", "latchkey.mount=\"oidc\"", "scopes=[\"read\"]");

    private final String issuer = "http://127.0.0.1:" + server.port() + "/oidc";
    private final Party minute = new Party(issuer, "minute", Optional.of(Clients.SECRET), "");

    @BeforeClass
    public static void deploy() {
        server.deploy(Server.shipped("org.latchkey.oauth"));
        server.deploy(Server.shipped("org.latchkey.grant.device"));
        server.deploy(Server.shipped("org.latchkey.grant.exchange"));
        server.deploy(new Clients()
                .with("minute", "\"grant_types\", List.of(\"" + TYPE + "\")")
                .jar());
        Http root = server.root();
        await(
                60,
                () -> root.serves("org.latchkey.oauth")
                        && root.serves("org.latchkey.grant.device")
                        && root.serves("org.latchkey.grant.exchange")
                        && root.serves("org.example.clients"));
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("../bundles/oauth/docs/grants.md"));
    }

    @Test
    public void theClientsOfThePageCanBeMade() throws IOException {
        List<MatchResult> clients = PUT.matcher(page()).results().toList();
        assertThat(clients).extracting(each -> each.group(1)).containsExactly("/clients/tv", "/clients/gateway");
        for (MatchResult each : clients) {
            Http.Answer made = server.root().put("/oidc" + each.group(1), each.group(2));
            assertThat(made.status()).as(made.body()).isEqualTo(201);
        }
    }

    @Test
    public void theGrantOfThePageWorksAndGoesAgain() throws IOException {
        List<String> classes =
                CODE.matcher(page()).results().map(each -> each.group(1)).toList();
        assertThat(classes).hasSize(1);
        Http root = server.root();
        assertThat(ask(Map.of("purpose", "backup")).text("error")).isEqualTo("unsupported_grant_type");
        Path deployed = server.deploy(
                PluginJar.named(PLUGIN).source("MinuteGrant", classes.get(0)).build());
        await(30, () -> root.serves(PLUGIN));

        JsonNode metadata = minute.get("/.well-known/openid-configuration").json();
        assertThat(metadata.path("minute_endpoint").asText()).isEqualTo(issuer + "/minute");
        assertThat(metadata.path("grant_types_supported").toString()).contains(TYPE);
        assertThat(minute.get("/minute").response().body()).isEqualTo("60");
        assertThat(ask(Map.of()).text("error")).isEqualTo("invalid_request");
        assertThat(ask(Map.of("purpose", "backup", "scope", "all")).text("error"))
                .isEqualTo("invalid_scope");
        Answer answer = ask(Map.of("purpose", "backup", "scope", "read"));
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
        assertThat(answer.json().path("expires_in").asInt()).isEqualTo(60);
        JsonNode token = Party.claims(answer.text("access_token"));
        assertThat(token.path("purpose").asText()).isEqualTo("backup");
        assertThat(token.path("sub").asText()).isEqualTo("minute");
        assertThat(token.path("scope").asText()).isEqualTo("read");

        server.undeploy(deployed);
        await(30, () -> ask(Map.of("purpose", "backup")).text("error").equals("unsupported_grant_type"));
        assertThat(minute.get("/minute").status()).isEqualTo(404);
        assertThat(minute.get("/.well-known/openid-configuration").json().toString())
                .doesNotContain("minute");
    }

    private Answer ask(Map<String, String> parameters) {
        Map<String, String> form = new LinkedHashMap<>(parameters);
        form.put("grant_type", TYPE);
        return minute.post("/token", form);
    }
}
