package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.oauth.Party;
import org.latchkey.itest.oauth.Party.Answer;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Server;

/** What becomes of codes and tokens while the OAuth server is replaced, and when the process dies. */
public class LiveTokensIT {

    private static final String OAUTH = "org.latchkey.oauth";
    private static final String PASSWORD = "correct horse battery";
    private static final String CALLBACK = "https://app.example.org/cb";
    private static final int VISITORS = 4;
    private static final int ROUNDS = 3;

    @ClassRule
    public static final Server server = new Server();

    private static String secret;

    private final String base = "http://127.0.0.1:" + server.port();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger flows = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();
    private Party shop;

    @BeforeClass
    public static void deploy() {
        server.deploy(Server.shipped(OAUTH), OAUTH + ".jar");
        Http root = server.root();
        await(60, () -> root.serves(OAUTH));
        Http.Answer made = root.post(
                "/oidc/clients",
                Map.of(
                        "client_id",
                        "shop",
                        "redirect_uris",
                        List.of(CALLBACK),
                        "grant_types",
                        List.of("authorization_code", "refresh_token", "client_credentials"),
                        "trusted",
                        true));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        secret = made.json().path("client_secret").asText();
        assertThat(root.post("/api/v1/entities", Map.of("id", "ada", "secret", PASSWORD))
                        .status())
                .isEqualTo(201);
    }

    @Before
    public void begin() {
        shop = new Party(base + "/oidc", "shop", Optional.of(secret), CALLBACK);
    }

    private String code() {
        return shop.code(new Browser(base), Map.of("scope", "openid offline_access"), "ada", PASSWORD);
    }

    /** A whole sign-in with tokens, a look at them, and a refresh; again and again. */
    private void visit() {
        while (!over.get()) {
            String code = code();
            Answer tokens = shop.redeem(code, Map.of());
            note("code", tokens);
            note("userinfo", shop.userInfo(tokens.text("access_token")));
            note("refresh", shop.refresh(tokens.text("refresh_token")));
            note("own", shop.post("/token", Map.of("grant_type", "client_credentials")));
            flows.incrementAndGet();
        }
    }

    private void note(String what, Answer answer) {
        if (answer.status() != 200) {
            failures.add(what + " " + answer.status() + " " + answer.response().body());
        }
    }

    @Test
    public void O_18_replacingTheOAuthServerFailsNoRequest() throws Exception {
        List<Thread> visitors = new ArrayList<>();
        for (int i = 0; i < VISITORS; i++) {
            Thread visitor = new Thread(this::visit);
            visitor.start();
            visitors.add(visitor);
        }
        try {
            await(60, () -> flows.get() > VISITORS);
            Http root = server.root();
            for (int round = 1; round <= ROUNDS; round++) {
                String version = round + ".0.0";
                server.deploy(PluginJar.reversioned(Server.shipped(OAUTH), version), OAUTH + ".jar");
                await(60, () -> root.serves(OAUTH) && root.version(OAUTH).equals(version));
                int before = flows.get();
                await(60, () -> flows.get() > before + VISITORS);
            }
        } finally {
            over.set(true);
            for (Thread visitor : visitors) {
                visitor.join(60_000);
            }
        }
        assertThat(failures).isEmpty();
    }

    @Test
    public void O_18_afterKill9WhatWasUsedStaysUsedAndTheRestGoesOn() {
        String used = code();
        Answer tokens = shop.redeem(used, Map.of());
        Answer next = shop.refresh(tokens.text("refresh_token"));
        String another = shop.redeem(code(), Map.of()).text("refresh_token");
        server.kill();
        server.start();
        await(60, () -> server.root().serves(OAUTH));
        assertThat(shop.userInfo(next.text("access_token")).status()).isEqualTo(200);
        Answer went = shop.refresh(another);
        assertThat(went.status()).as(went.json().toString()).isEqualTo(200);
        assertThat(shop.refresh(tokens.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
        assertThat(shop.refresh(next.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
        assertThat(shop.redeem(used, Map.of()).text("error")).isEqualTo("invalid_grant");
    }
}
