package org.latchkey.oauth.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.Test;
import org.latchkey.api.Refusal;
import org.latchkey.oauth.client.Asked;
import org.latchkey.oauth.client.ClientAudit;
import org.latchkey.oauth.client.Operators;
import org.latchkey.oauth.client.TwoTokens;
import org.latchkey.testkit.MemoryAudit;
import org.latchkey.testkit.MemoryStore;
import org.latchkey.testkit.Race;

public class InitialTokensTest {

    private static final int PARALLEL = 16;

    private final InitialTokens tokens = new InitialTokens(new MemoryStore(), "oidc", Clock.systemUTC());
    private final InitialTokensEndpoint endpoint = new InitialTokensEndpoint(
            tokens, new Operators(new TwoTokens()), new ClientAudit(new MemoryAudit(), "oidc"), Clock.systemUTC());

    @Test
    public void manyAtOnceUseItAsOftenAsItIsGoodFor() throws Exception {
        String token = tokens.issue(5, Instant.now().plusSeconds(3_600));
        List<Boolean> used = Race.of(PARALLEL, lane -> tokens.use(token));
        assertThat(used.stream().filter(each -> each)).hasSize(5);
    }

    @Test
    public void itIsOfItsInstanceAlone() {
        MemoryStore store = new MemoryStore();
        String token = new InitialTokens(store, "a", Clock.systemUTC())
                .issue(1, Instant.now().plusSeconds(3_600));
        assertThat(new InitialTokens(store, "b", Clock.systemUTC()).isGood(token))
                .isFalse();
        assertThat(new InitialTokens(store, "a", Clock.systemUTC()).isGood(token))
                .isTrue();
    }

    @Test
    public void onlyOperatorsMakeAny() throws IOException {
        Asked post = Asked.of("POST", InitialTokensEndpoint.PATH);
        for (Asked bad : List.of(
                post,
                post.withBearer("ada"),
                post.withBearer("root").withJson("{\"count\":0}"),
                post.withBearer("root").withJson("{\"count\":10001}"),
                post.withBearer("root").withJson("{\"expires_in\":\"1\"}"),
                post.withBearer("root").withJson("{\"expires_in\":99999999}"),
                post.withBearer("root").withJson("{\"uses\":1}"),
                post.withBearer("root").withJson("[]"))) {
            assertThatExceptionOfType(Refusal.class).as(bad.toString()).isThrownBy(() -> endpoint.handle(bad));
        }
        assertThat(endpoint.handle(post.withBearer("root").withHeader("Content-Type", "text/plain"))
                        .status())
                .isEqualTo(415);
        assertThat(endpoint.handle(Asked.of("GET", InitialTokensEndpoint.PATH).withBearer("root"))
                        .status())
                .isEqualTo(405);
        assertThat(tokens.revokeAll()).isZero();
    }
}
