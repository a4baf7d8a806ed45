package org.latchkey.oauth.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Test;
import org.latchkey.api.Claims;
import org.latchkey.oauth.Telling;
import org.latchkey.oauth.authorization.Authorizations.Redeemed;
import org.latchkey.oauth.authorization.Authorizations.Redemption;
import org.latchkey.oauth.authorization.Authorizations.Unknown;
import org.latchkey.testkit.MemoryOutbox;
import org.latchkey.testkit.MemoryStore;
import org.latchkey.testkit.MovableClock;
import org.latchkey.testkit.Race;

public class RenewedRefreshTest {

    private final MovableClock clock = new MovableClock(Instant.parse("2030-01-01T00:00:00Z"));
    private final MemoryStore store = new MemoryStore();
    private final Authorizations authorizations =
            new Authorizations(store, new Telling(store, new MemoryOutbox(), "oidc"), "oidc", clock);

    private Instant end() {
        return clock.instant().plus(Duration.ofDays(1));
    }

    private String code() {
        Instant now = clock.instant();
        return authorizations
                .add(new Authorization(
                        "app",
                        new Authorization.Owner("ada", 1, "directory", "s", now, new Claims(Set.of(), Map.of())),
                        Set.of("openid"),
                        List.of(),
                        Map.of(),
                        Map.of(),
                        now,
                        end(),
                        false,
                        "",
                        false))
                .token();
    }

    private String refreshToken() {
        Redemption redeemed = authorizations.redeemCode(code(), end(), Map.of("jkt", "k"));
        return ((Redeemed) redeemed).next().token();
    }

    @Test
    public void row143_aRefreshTokenStaysAsItIsAndLivesLonger() {
        String token = refreshToken();
        for (int day = 0; day < 3; day++) {
            clock.advance(Duration.ofHours(23));
            Redeemed renewed = (Redeemed) authorizations.renewRefresh(token, end());
            assertThat(renewed.next().token()).isEqualTo(token);
            assertThat(renewed.next().live().authorization().requested("jkt")).hasValue("k");
        }
        clock.advance(Duration.ofHours(25));
        assertThat(authorizations.renewRefresh(token, end())).isInstanceOf(Unknown.class);
    }

    @Test
    public void whatIsNoRefreshTokenIsNotRenewed() {
        assertThat(authorizations.renewRefresh(code(), end())).isInstanceOf(Unknown.class);
        assertThat(authorizations.renewRefresh("x", end())).isInstanceOf(Unknown.class);
        String token = refreshToken();
        String other = token.substring(0, 22) + "A".repeat(43);
        assertThat(authorizations.renewRefresh(other, end())).isInstanceOf(Unknown.class);
        assertThat(authorizations.renewRefresh(token, end())).isInstanceOf(Redeemed.class);
        authorizations.end(authorizations.peek(token).orElseThrow().key());
        assertThat(authorizations.renewRefresh(token, end())).isInstanceOf(Unknown.class);
    }

    @Test
    public void manyAtTheSameMomentAllSucceed() throws Exception {
        String token = refreshToken();
        List<Redemption> all = Race.of(20, lane -> authorizations.renewRefresh(token, end()));
        assertThat(all).hasOnlyElementsOfType(Redeemed.class);
    }
}
