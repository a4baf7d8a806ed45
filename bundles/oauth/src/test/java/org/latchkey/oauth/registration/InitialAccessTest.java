package org.latchkey.oauth.registration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.Test;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.AuditEvent;
import org.latchkey.oauth.Json;
import org.latchkey.oauth.client.Asked;
import org.latchkey.oauth.client.Secrets;

public class InitialAccessTest extends RegistrationFixture {

    private Response postClosed(String token) throws IOException {
        return closed.handle(Asked.of("POST", "/register").withBearer(token).withJson(Json.text(WEB)));
    }

    private String initialToken(String json) throws IOException {
        Asked asked = Asked.of("POST", "/clients/initial-access-tokens").withBearer("root");
        Response made = operators.handle(json.isEmpty() ? asked : asked.withJson(json));
        assertThat(made.status()).isEqualTo(201);
        return (String) json(made).get("initial_access_token");
    }

    @Test
    public void withoutAnInitialAccessTokenNobodyRegistersByDefault() throws Exception {
        Response none = closed.handle(Asked.of("POST", "/register").withJson(Json.text(WEB)));
        assertThat(none.status()).isEqualTo(401);
        assertThat(none.headers().get("WWW-Authenticate")).startsWith("Bearer ").contains("invalid_token");
        for (String bad : List.of("", "x", "root", "../x", Secrets.random())) {
            assertThat(postClosed(bad).status()).isEqualTo(401);
        }
        published = "[]";
        closed.handle(Asked.of("POST", "/register")
                .withJson(Json.text(with(WEB, "sector_identifier_uri", "https://app.example/s"))));
        assertThat(fetched).as("on behalf of nobody").isEmpty();
    }

    @Test
    public void anInitialAccessTokenIsGoodOnceUnlessMoreIsSaid() throws Exception {
        String once = initialToken("");
        assertThat(store.list(InitialTokens.KIND, "", "", 10).toString()).doesNotContain(once);
        Asked bad = Asked.of("POST", "/register").withBearer(once).withJson("{}");
        assertThat(closed.handle(bad).status()).as("a fault does not use it up").isEqualTo(400);
        assertThat(postClosed(once).status()).isEqualTo(201);
        assertThat(postClosed(once).status()).isEqualTo(401);
        String twice = initialToken("{\"count\":2}");
        assertThat(postClosed(twice).status()).isEqualTo(201);
        assertThat(postClosed(twice).status()).isEqualTo(201);
        assertThat(postClosed(twice).status()).isEqualTo(401);
    }

    @Test
    public void anInitialAccessTokenEnds() throws Exception {
        String day = initialToken("");
        String minute = initialToken("{\"expires_in\":60}");
        clock.advance(Duration.ofSeconds(60));
        assertThat(postClosed(minute).status()).isEqualTo(401);
        assertThat(postClosed(day).status()).isEqualTo(201);
        String gone = initialToken("");
        assertThat(store.list(InitialTokens.KIND, "", "", 10))
                .as("what has ended is swept")
                .hasSize(1);
        assertThat(operators
                        .handle(Asked.of("DELETE", "/clients/initial-access-tokens")
                                .withBearer("root"))
                        .status())
                .isEqualTo(204);
        assertThat(postClosed(gone).status()).isEqualTo(401);
        assertThat(audit.events())
                .extracting(AuditEvent::type)
                .contains("oauth.initial_token.created", "oauth.initial_token.revoked");
        assertThat(audit.events().toString()).doesNotContain(gone).doesNotContain(day);
    }
}
