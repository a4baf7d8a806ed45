package org.latchkey.itest.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.Test;
import org.latchkey.itest.oauth.Party.Answer;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Browser.Page;
import org.latchkey.itest.server.Crowd;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;

/**
 * What the OAuth server takes once: of fifty who present it at the same moment, to any node, one is served; and once it was
 * used, it stays used when all nodes are killed. Who extends this says on which store.
 */
public abstract class SingleUse {

    private static final String OAUTH = "org.latchkey.oauth";
    private static final String DEVICE = "org.latchkey.grant.device";
    private static final String DEVICE_TYPE = "urn:ietf:params:oauth:grant-type:device_code";
    private static final String PASSWORD = "correct horse battery";
    private static final String CALLBACK = "https://app.example.org/cb";
    private static final int CROWD = 50;
    private static final Key KEY = new Key();

    private static String secret;

    private final List<Server> nodes;
    private final String issuer;
    private final Browser browser;
    private final Party shop;

    /** Something to present: to which node, and whether it was served. */
    private interface Presented extends Function<Server, Boolean> {}

    /** @param nodes that share a store; the first has the public URL of all */
    protected SingleUse(Server... nodes) {
        this.nodes = List.of(nodes);
        String base = base(nodes[0]);
        issuer = base + "/oidc";
        browser = new Browser(base);
        shop = party(nodes[0], "shop", Optional.of(secret));
    }

    private static String base(Server node) {
        return "http://127.0.0.1:" + node.port();
    }

    private static Party party(Server node, String id, Optional<String> secret) {
        return new Party(base(node) + "/oidc", id, secret, CALLBACK);
    }

    /** A node where what is good once is good long enough for a slow machine to start again meanwhile. */
    protected static Server node() {
        return new Server().withEtc("latchkey.oauth", "codeSeconds=I\"600\"", "pushedSeconds=I\"600\"");
    }

    /** Makes ready what the tests need. */
    protected static void prepare(Server... nodes) {
        for (Server node : nodes) {
            node.deploy(Server.shipped(OAUTH));
            node.deploy(Server.shipped(DEVICE));
        }
        awaitThem(List.of(nodes));
        Http root = nodes[0].root();
        Map<String, Object> shop = new LinkedHashMap<>();
        shop.put("redirect_uris", List.of(CALLBACK));
        shop.put("grant_types", List.of("authorization_code", "refresh_token", "client_credentials", DEVICE_TYPE));
        shop.put("trusted", true);
        Map<String, Object> signer = new LinkedHashMap<>();
        signer.put("grant_types", List.of("client_credentials"));
        signer.put("token_endpoint_auth_method", "private_key_jwt");
        signer.put("jwks", KEY.jwks());
        Http.Answer made = root.put("/oidc/clients/shop", shop);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        secret = made.json().path("client_secret").asText();
        assertThat(root.put("/oidc/clients/signer", signer).status()).isEqualTo(201);
        assertThat(root.post("/api/v1/entities", Map.of("id", "ada", "secret", PASSWORD))
                        .status())
                .isEqualTo(201);
    }

    private static void awaitThem(List<Server> nodes) {
        for (Server node : nodes) {
            await(180, () -> party(node, "", Optional.empty())
                    .get("/.well-known/openid-configuration")
                    .json()
                    .has("device_authorization_endpoint"));
        }
    }

    private Party shop(Server node) {
        return party(node, "shop", Optional.of(secret));
    }

    private static boolean served(Answer answer, String otherwise) {
        assertThat(answer.status()).as(answer.json().toString()).isIn(200, 400, 401);
        if (answer.status() != 200) {
            assertThat(answer.text("error")).isEqualTo(otherwise);
        }
        return answer.status() == 200;
    }

    private String newCode() {
        String code = shop.code(browser, Map.of("scope", "openid offline_access"), "ada", PASSWORD);
        assertThat(code).isNotEmpty();
        return code;
    }

    private Presented code() {
        String code = newCode();
        return node -> served(shop(node).redeem(code, Map.of()), "invalid_grant");
    }

    private Presented refreshToken() {
        String token = shop.redeem(newCode(), Map.of()).text("refresh_token");
        return node -> served(shop(node).refresh(token), "invalid_grant");
    }

    private Presented pushedRequest() {
        newCode();
        Answer pushed = shop.push(Map.of());
        assertThat(pushed.status()).as(pushed.json().toString()).isEqualTo(201);
        String path = shop.pushedRequest(pushed);
        return node -> {
            Page page = browser.get(path);
            assertThat(page.status()).as(page.html()).isIn(303, 400);
            return page.location().contains("code=");
        };
    }

    private Presented deviceCode() {
        Answer begun = shop.post("/device_authorization", Map.of("scope", "openid"));
        assertThat(begun.status()).as(begun.json().toString()).isEqualTo(200);
        Page entered = form("/oidc/device", browser.get("/oidc/device"), Map.of("user_code", begun.text("user_code")));
        Page next = entered.location().isEmpty() ? entered : browser.get(entered.location());
        Page question = next.html().contains("id=\"password\"")
                ? form("/oidc/device/login", next, Map.of("username", "ada", "password", PASSWORD))
                : next;
        assertThat(form("/oidc/device/decision", question, Map.of("approve", "true"))
                        .html())
                .contains("id=\"device-approved\"");
        Map<String, String> form = Map.of("grant_type", DEVICE_TYPE, "device_code", begun.text("device_code"));
        return node -> served(shop(node).post("/token", form), "invalid_grant");
    }

    private Page form(String path, Page shown, Map<String, String> more) {
        Map<String, String> form = new LinkedHashMap<>(shown.hidden());
        form.putAll(more);
        return browser.post(path, form);
    }

    private Presented proof() {
        Map<String, String> proof = KEY.proof("POST", issuer + "/token", Map.of());
        Map<String, String> form = Map.of("grant_type", "client_credentials");
        return node -> served(shop(node).post("/token", form, proof), "invalid_dpop_proof");
    }

    private Presented assertion() {
        Map<String, String> form = new LinkedHashMap<>(KEY.assertion("signer", issuer));
        form.put("grant_type", "client_credentials");
        return node -> served(party(node, "signer", Optional.empty()).post("/token", form), "invalid_client");
    }

    private void isGoodOnce(Presented thing) {
        AtomicInteger turn = new AtomicInteger();
        List<Boolean> served = Crowd.ask(CROWD, () -> thing.apply(nodes.get(turn.getAndIncrement() % nodes.size())));
        assertThat(served).filteredOn(each -> each).hasSize(1);
    }

    @Test
    public void O_06_ofFiftyWhoRedeemOneCodeAtOnceOneGetsTokens() {
        isGoodOnce(code());
    }

    @Test
    public void O_17_ofFiftyWhoRefreshAtOnceOneGetsTokensAndThenNobody() {
        String token = shop.redeem(newCode(), Map.of()).text("refresh_token");
        List<String> next = new ArrayList<>();
        isGoodOnce(node -> {
            Answer answer = shop(node).refresh(token);
            if (answer.status() == 200) {
                synchronized (next) {
                    next.add(answer.text("refresh_token"));
                }
            }
            return served(answer, "invalid_grant");
        });
        assertThat(shop.refresh(next.get(0)).text("error")).isEqualTo("invalid_grant");
    }

    @Test
    public void O_12_ofFiftyWhoBringOnePushedRequestAtOnceOneGetsACode() {
        isGoodOnce(pushedRequest());
    }

    @Test
    public void O_22_ofFiftyQuestionsForOneDeviceAtOnceOneGetsTokens() {
        isGoodOnce(deviceCode());
    }

    @Test
    public void O_23_ofFiftyWithOneProofAtOnceOneGetsAToken() {
        isGoodOnce(proof());
    }

    @Test
    public void O_15_ofFiftyWithOneAssertionAtOnceOneIsTheClient() {
        isGoodOnce(assertion());
    }

    @Test
    public void O_18_afterKill9WhatWasUsedStaysUsedAndTheRestGoesOn() {
        List<Presented> used = List.of(code(), refreshToken(), pushedRequest(), deviceCode(), proof(), assertion());
        List<Presented> unused = List.of(code(), refreshToken(), pushedRequest(), deviceCode());
        used.forEach(each -> assertThat(each.apply(nodes.get(0))).isTrue());
        nodes.forEach(Server::kill);
        nodes.forEach(Server::start);
        awaitThem(nodes);
        used.forEach(each -> assertThat(each.apply(nodes.get(0))).isFalse());
        unused.forEach(each -> assertThat(each.apply(nodes.get(0))).isTrue());
    }
}
