package org.latchkey.oauth.logout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.api.http.Response;
import org.latchkey.api.oauth.ClientRegistry;
import org.latchkey.api.service.Sessions.Session;
import org.latchkey.oauth.token.IdTokens;
import org.latchkey.testkit.FakeLane;

public class EndSessionTest {

    private final World world = new World();
    private final Participants participants = new Participants(world.store, world.sessions, "oidc", world.clock);
    private final EndSession endSession = new EndSession(parts(), participants);
    private final Session session = world.session("s1", "ada");

    private Logout.Parts parts() {
        return new Logout.Parts(
                world.issuer,
                world.clients,
                world.signIn,
                world.sessions,
                world.subjects,
                world.idTokens,
                world.keys,
                world.store,
                rules -> FakeLane.answering(200),
                world.clock);
    }

    @Before
    public void signIn() {
        world.signIn.session = Optional.of(session);
    }

    private Response get(String... parameters) throws IOException {
        return endSession.get(Visit.get(parameters));
    }

    private void assertAsks(Response answer) {
        assertThat(new String(answer.body())).isEqualTo("logout");
        assertThat(world.sessions.ended).isEmpty();
        assertThat(answer.cookies()).isEmpty();
    }

    private Response confirm() throws IOException {
        return endSession.confirm(Visit.post("token", FakeSignIn.TOKEN, Pending.FIELD, pending()));
    }

    private String pending() {
        List<?> hidden = (List<?>) world.signIn.shown.get("hidden");
        return String.valueOf(((Map<?, ?>) hidden.get(0)).get("value"));
    }

    @Test
    public void aHintOfThisSessionSuffices() throws IOException {
        String hint = world.idToken("app", session);
        world.clock.advance(Duration.ofHours(1)); // it has expired, and does
        Response answer = get("id_token_hint", hint, "post_logout_redirect_uri", World.BYE, "state", "a b&c");
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.headers()).containsEntry("Location", World.BYE + "?state=a+b%26c");
        assertThat(world.sessions.ended).containsExactly("s1");
        assertThat(answer.cookies()).hasSize(1);
    }

    @Test
    public void stateGoesBehindAQuery() throws IOException {
        Response answer = get(
                "id_token_hint",
                world.idToken("app", session),
                "post_logout_redirect_uri",
                World.BYE + "?x=1",
                "state",
                "s");
        assertThat(answer.headers()).containsEntry("Location", World.BYE + "?x=1&state=s");
    }

    @Test
    public void O_30_whatIsDoubtfulIsAskedAboutAndLeadsNowhere() throws IOException {
        String hint = world.idToken("app", session);
        String foreign = new World().idToken("app", session);
        for (String[] doubtful : new String[][] {
            {},
            {"state", "s"},
            {"id_token_hint", "x", "post_logout_redirect_uri", World.BYE, "client_id", "app"},
            {"id_token_hint", foreign, "post_logout_redirect_uri", World.BYE, "client_id", "app"},
            {"id_token_hint", hint.substring(0, hint.length() - 4) + "AAAA", "post_logout_redirect_uri", World.BYE},
            {"id_token_hint", hint, "post_logout_redirect_uri", World.BYE, "client_id", "other"},
            {"id_token_hint", hint, "post_logout_redirect_uri", "https://evil.example/"},
            {"id_token_hint", hint, "post_logout_redirect_uri", World.BYE + "?foo=bar"},
            {"id_token_hint", hint, "post_logout_redirect_uri", "https://other.example/bye"},
            {"client_id", "nobody", "post_logout_redirect_uri", World.BYE},
            {"post_logout_redirect_uri", World.BYE, "state", "s"},
        }) {
            assertAsks(get(doubtful));
            assertThat(world.signIn.shown).doesNotContainKey("redirectsTo");
            Response done = confirm();
            assertThat(new String(done.body())).as(String.join(" ", doubtful)).isEqualTo("logged-out");
            assertThat(world.signIn.shown).doesNotContainKey("target");
            world.sessions.ended.clear();
        }
    }

    @Test
    public void aHintOfAnotherSessionOrPersonIsAskedAboutAndThenGoesOn() throws IOException {
        for (Session other : List.of(world.session("s2", "ada"), world.session("s1", "bob"))) {
            assertAsks(get("id_token_hint", world.idToken("app", other), "post_logout_redirect_uri", World.BYE));
            assertThat(world.signIn.shown)
                    .containsEntry("redirectsTo", "https://app.example")
                    .containsEntry("service", "The app");
            assertThat(confirm().headers()).containsEntry("Location", World.BYE);
            world.sessions.ended.clear();
        }
    }

    @Test
    public void aLogoutHintForSomebodyElseIsAskedAbout() throws IOException {
        String hint = world.idToken("app", session);
        assertAsks(get("id_token_hint", hint, "logout_hint", "bob"));
        for (String ada : List.of("ada", IdTokens.sessionId("s1"))) {
            assertThat(new String(get("id_token_hint", hint, "logout_hint", ada).body()))
                    .isEqualTo("logged-out");
        }
    }

    @Test
    public void aClientIdIsAskedAboutAndThenGoesOn() throws IOException {
        assertAsks(get("client_id", "app", "post_logout_redirect_uri", World.BYE, "state", "s", "ui_locales", "de"));
        assertThat(world.signIn.shown).containsEntry("locales", "de");
        assertThat(confirm().headers()).containsEntry("Location", World.BYE + "?state=s");
        assertThat(world.sessions.ended).containsExactly("s1");
    }

    @Test
    public void O_30_onlyTheFormThatWasShownIsTaken() throws IOException {
        get("client_id", "app");
        String pending = pending();
        for (Visit forged :
                List.of(Visit.post(Pending.FIELD, pending), Visit.post("token", "bad", Pending.FIELD, pending))) {
            Response answer = endSession.confirm(forged);
            assertThat(answer.status()).isEqualTo(403);
            assertAsks(answer);
        }
        for (Visit damaged : List.of(
                Visit.post("token", FakeSignIn.TOKEN),
                Visit.post("token", FakeSignIn.TOKEN, Pending.FIELD, pending + "x"))) {
            assertThat(endSession.confirm(damaged).status()).isEqualTo(400);
        }
        world.signIn.session = Optional.of(world.session("s2", "bob"));
        Response other = endSession.confirm(Visit.post("token", FakeSignIn.TOKEN, Pending.FIELD, pending));
        assertThat(other.status()).isEqualTo(403);
        world.clock.advance(Duration.ofHours(1));
        Response late = endSession.confirm(Visit.post("token", FakeSignIn.TOKEN, Pending.FIELD, pending));
        assertThat(late.status()).isEqualTo(400);
        assertThat(world.sessions.ended).isEmpty();
    }

    @Test
    public void withoutASessionNobodyIsAskedAndNoCookieChanges() throws IOException {
        world.signIn.session = Optional.empty();
        Response page = get();
        assertThat(new String(page.body())).isEqualTo("logged-out");
        assertThat(page.cookies()).isEmpty();
        Response back = get("client_id", "app", "post_logout_redirect_uri", World.BYE);
        assertThat(back.headers()).containsEntry("Location", World.BYE);
        assertThat(back.cookies()).isEmpty();
    }

    @Test
    public void aPostOfAnotherSiteComesAgainByGet() throws IOException {
        world.signIn.session = Optional.empty();
        Response answer = endSession.post(Visit.post("client_id", "app", "state", "a b", "other", "x"));
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.headers())
                .containsEntry("Location", "https://id.example/oidc/end-session?client_id=app&state=a+b");
        world.signIn.session = Optional.of(session);
        assertAsks(endSession.post(Visit.post("client_id", "app", "state", "a b")));
    }

    @Test
    public void aParameterTwiceOrTooLongIsRefused() throws IOException {
        Visit twice = new Visit("GET", Map.of("state", List.of("a", "b")));
        assertThat(endSession.get(twice).status()).isEqualTo(400);
        assertThat(get("state", "x".repeat(30_000)).status()).isEqualTo(413);
        assertThat(world.signIn.shown).containsEntry("code", "invalid_request");
    }

    @Test
    public void aRegistryThatFailsKeepsNobodySignedInAndSendsNobodyAnywhere() throws IOException {
        String hint = world.idToken("app", session);
        world.points.clear(ClientRegistry.class);
        world.points.add(ClientRegistry.class, (instance, id) -> {
            throw new IllegalStateException("broken");
        });
        assertAsks(get("id_token_hint", hint, "post_logout_redirect_uri", World.BYE));
        assertThat(confirm().headers()).doesNotContainKey("Location");
        assertThat(world.sessions.ended).containsExactly("s1");
    }

    @Test
    public void framesAreShownBeforeGoingOn() throws IOException {
        world.client("framed", Map.of("frontchannel_logout_uri", "https://framed.example/out"));
        participants.join("framed", session);
        participants.join("app", session);
        Response answer = get("id_token_hint", world.idToken("app", session), "post_logout_redirect_uri", World.BYE);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(world.signIn.shown)
                .containsEntry("frames", List.of(Map.of("url", "https://framed.example/out")))
                .containsEntry("framesFrom", List.of("https://framed.example"))
                .containsEntry("target", World.BYE);
    }

    @Test
    public void anAddressThatBrowsersRunIsNeverGoneTo() throws IOException {
        world.client("bad", Map.of("post_logout_redirect_uris", List.of("javascript:alert(1)")));
        world.signIn.session = Optional.empty();
        assertThat(get("client_id", "bad", "post_logout_redirect_uri", "javascript:alert(1)")
                        .headers())
                .doesNotContainKey("Location");
    }
}
