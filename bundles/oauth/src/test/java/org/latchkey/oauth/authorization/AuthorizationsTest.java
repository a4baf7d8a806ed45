package org.latchkey.oauth.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Test;
import org.latchkey.api.Claims;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.store.Store;
import org.latchkey.oauth.Telling;
import org.latchkey.oauth.authorization.Authorization.Owner;
import org.latchkey.oauth.authorization.Authorizations.Issued;
import org.latchkey.oauth.authorization.Authorizations.Redeemed;
import org.latchkey.oauth.authorization.Authorizations.Reused;
import org.latchkey.oauth.authorization.Authorizations.Unknown;
import org.latchkey.testkit.MemoryOutbox;
import org.latchkey.testkit.MemoryStore;
import org.latchkey.testkit.Race;

public class AuthorizationsTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(3600);

    private final MemoryStore store = new MemoryStore();
    private final MemoryOutbox outbox = new MemoryOutbox();
    private final Authorizations authorizations = at(NOW);

    private Telling telling(Store any) {
        return new Telling(any, outbox, "oidc");
    }

    private Authorizations at(Instant now) {
        return new Authorizations(store, telling(store), "oidc", Clock.fixed(now, ZoneOffset.UTC));
    }

    private static Authorization of(String session, Set<String> scope) {
        return new Authorization(
                "app",
                new Owner(
                        "ada",
                        7,
                        "directory",
                        session,
                        NOW,
                        new Claims(Set.of("staff"), Map.of("mail", List.of("a@b")))),
                scope,
                List.of("https://api.example"),
                Map.of("userinfo", Map.of("email", Map.of("essential", true))),
                Map.of("nonce", "n"),
                NOW,
                NOW.plusSeconds(60),
                scope.contains("offline_access"),
                "",
                false);
    }

    /** In the commit that ends it, and without the token. */
    @Test
    public void row110WhatIsRevokedOrUsedTwiceIsToldOf() {
        Issued code = authorizations.add(of("s", Set.of("openid")));
        Redeemed first = (Redeemed) authorizations.redeemCode(code.token(), LATER, Map.of());
        assertThat(authorizations.redeemCode(code.token(), LATER, Map.of())).isInstanceOf(Reused.class);
        Issued other = authorizations.add(of("s", Set.of("openid")));
        assertThat(authorizations.revoke(other.live(), Authorizations.By.OWNER)).isTrue();
        assertThat(outbox.notices())
                .extracting(Notice::type)
                .containsExactly("oauth.token-reused", "oauth.token-revoked");
        assertThat(outbox.notices().get(1).content())
                .isEqualTo(Map.of(
                        "client", "app", "entity", "ada", "token", "refresh", "by", "owner", "instance", "oidc"));
        assertThat(outbox.notices().toString())
                .doesNotContain(code.token(), first.next().token(), other.token());
    }

    @Test
    public void whatIsKeptIsReadAgainAsItWas() {
        Issued issued = authorizations.add(of("s", Set.of("openid")));
        assertThat(at(NOW).find(issued.live().key()).orElseThrow().authorization())
                .isEqualTo(issued.live().authorization());
    }

    /** Two nodes with one store: what one has parsed does not outlive what the other does. */
    @Test
    public void whatAnotherNodeChangesOrEndsCountsAtOnce() {
        Authorizations other = at(NOW);
        Issued issued = authorizations.add(of("s", Set.of("openid")));
        String key = issued.live().key();
        assertThat(authorizations.find(key).orElseThrow().authorization().redeemed())
                .isFalse();
        other.redeemCode(issued.token(), LATER, Map.of());
        assertThat(authorizations.find(key).orElseThrow().authorization().redeemed())
                .isTrue();
        assertThat(authorizations.find(key).orElseThrow().version()).isEqualTo(2);
        other.end(key);
        assertThat(authorizations.find(key)).isEmpty();
    }

    @Test
    public void neitherTheStoreNorAnAccessTokensKeyGivesTheCodeAway() {
        Issued issued = authorizations.add(of("s", Set.of("openid")));
        String id = issued.token().substring(0, 22);
        String kept = store.list("oauth.authorization", "", "", 10).toString()
                + store.get("oauth.authorization", "oidc/" + issued.live().key())
                        .orElseThrow()
                        .body();
        assertThat(kept).doesNotContain(id).doesNotContain(issued.token().substring(22));
        assertThat(issued.toString()).doesNotContain(id);
    }

    @Test
    public void O_05_aSecondUseOfACodeEndsAllThatHangsOnIt() {
        Issued issued = authorizations.add(of("s", Set.of("openid")));
        Redeemed first = (Redeemed) authorizations.redeemCode(issued.token(), LATER, Map.of());
        assertThat(authorizations.redeemCode(issued.token(), LATER, Map.of())).isInstanceOf(Reused.class);
        assertThat(authorizations.redeemRefresh(first.next().token(), LATER)).isInstanceOf(Unknown.class);
        assertThat(authorizations.find(issued.live().key())).isEmpty();
    }

    @Test
    public void oidcc_codereuse_30seconds() {
        Issued issued = authorizations.add(of("s", Set.of("openid")));
        Redeemed first = (Redeemed) authorizations.redeemCode(issued.token(), LATER, Map.of());
        Authorizations afterwards = at(NOW.plusSeconds(30));
        assertThat(afterwards.find(issued.live().key())).isPresent();
        assertThat(afterwards.redeemCode(issued.token(), LATER, Map.of())).isInstanceOf(Reused.class);
        assertThat(afterwards.redeemRefresh(first.next().token(), LATER)).isInstanceOf(Unknown.class);
        assertThat(afterwards.find(issued.live().key())).isEmpty();
    }

    /** An access token that came with it makes the authorization live longer, not the code. */
    @Test
    public void aCodeIsRedeemedInItsTimeHoweverLongTheAuthorizationLives() {
        Duration life = Duration.ofSeconds(30);
        Issued issued = authorizations.add(of("s", Set.of("openid")));
        Authorization kept = issued.live().authorization();
        assertThat(kept.isTooLateToRedeem(life, NOW.plusSeconds(29))).isFalse();
        assertThat(kept.isTooLateToRedeem(life, NOW.plusSeconds(30))).isTrue();
        Redeemed redeemed = (Redeemed) authorizations.redeemCode(issued.token(), LATER, Map.of());
        assertThat(redeemed.next().live().authorization().isTooLateToRedeem(life, NOW.plusSeconds(30)))
                .as("so that a second use is seen as one")
                .isFalse();
    }

    @Test
    public void O_17_aSecondUseOfARefreshTokenEndsTheFamily() {
        Issued code = authorizations.add(of("s", Set.of("openid")));
        String first = ((Redeemed) authorizations.redeemCode(code.token(), LATER, Map.of()))
                .next()
                .token();
        String second =
                ((Redeemed) authorizations.redeemRefresh(first, LATER)).next().token();
        assertThat(authorizations.good(second)).isPresent();
        assertThat(authorizations.good(first)).isEmpty();
        assertThat(authorizations.redeemRefresh(first, LATER)).isInstanceOf(Reused.class);
        assertThat(authorizations.redeemRefresh(second, LATER)).isInstanceOf(Unknown.class);
    }

    @Test
    public void aCodeIsNoRefreshTokenAndARefreshTokenNoCode() {
        Issued code = authorizations.add(of("s", Set.of("openid")));
        assertThat(authorizations.redeemRefresh(code.token(), LATER)).isInstanceOf(Unknown.class);
        String refresh = ((Redeemed) authorizations.redeemCode(code.token(), LATER, Map.of()))
                .next()
                .token();
        assertThat(authorizations.redeemCode(refresh, LATER, Map.of())).isInstanceOf(Unknown.class);
        assertThat(authorizations.redeemRefresh(refresh, LATER)).isInstanceOf(Redeemed.class);
    }

    @Test
    public void O_06_ofFiftyWhoRedeemACodeAtOnceOneGetsTokens() throws Exception {
        Issued code = authorizations.add(of("s", Set.of("openid")));
        List<Boolean> won = Race.of(50, lane -> at(NOW).redeemCode(code.token(), LATER, Map.of()) instanceof Redeemed);
        assertThat(won).containsOnlyOnce(true);
    }

    @Test
    public void whatHasExpiredIsUnknownAndSweptAway() {
        Issued code = authorizations.add(of("s", Set.of("openid")));
        Authorizations afterwards = at(NOW.plus(Duration.ofMinutes(2)));
        assertThat(afterwards.redeemCode(code.token(), LATER, Map.of())).isInstanceOf(Unknown.class);
        afterwards.sweep();
        assertThat(store.list("oauth.authorization", "", "", 10)).isEmpty();
    }

    @Test
    public void theEndOfASessionEndsWhatIsNotOffline() {
        Issued bound = authorizations.add(of("s", Set.of("openid")));
        Issued offline = authorizations.add(of("s", Set.of("openid", "offline_access")));
        Issued elsewhere = authorizations.add(of("t", Set.of("openid")));
        List<String> heard = new ArrayList<>();
        authorizations.endOfSession("s", each -> heard.add(each.client()));
        assertThat(heard).containsExactly("app", "app");
        assertThat(authorizations.find(bound.live().key())).isEmpty();
        assertThat(authorizations.find(offline.live().key())).isPresent();
        assertThat(authorizations.find(elsewhere.live().key())).isPresent();
    }

    @Test
    public void theEndOfAClientEndsAllThatItWasAllowed() {
        Issued some = authorizations.add(of("s", Set.of("openid", "offline_access")));
        authorizations.endOfClient("app");
        assertThat(authorizations.find(some.live().key())).isEmpty();
    }

    @Test
    public void anotherInstanceKnowsNothingOfThem() {
        Issued some = authorizations.add(of("s", Set.of("openid")));
        Authorizations other = new Authorizations(store, telling(store), "other", Clock.fixed(NOW, ZoneOffset.UTC));
        assertThat(other.redeemCode(some.token(), LATER, Map.of())).isInstanceOf(Unknown.class);
    }
}
