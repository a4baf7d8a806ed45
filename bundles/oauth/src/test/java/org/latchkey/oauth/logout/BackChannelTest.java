package org.latchkey.oauth.logout;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.After;
import org.junit.Test;
import org.latchkey.api.oauth.ClientRegistry;
import org.latchkey.api.service.Outbound;
import org.latchkey.api.service.Outbound.Failure;
import org.latchkey.api.service.Outbound.NamedBy;
import org.latchkey.api.service.Sessions.Session;
import org.latchkey.oauth.client.StoredClient;
import org.latchkey.oauth.client.StoredClients;
import org.latchkey.oauth.token.IdTokens;
import org.latchkey.testkit.FakeLane;

public class BackChannelTest {

    private static final String LISTENS = "https://told.example/logout";
    private static final List<Duration> PAUSES = List.of(Duration.ofMillis(1), Duration.ofMillis(1));

    private final World world = new World();
    private final Session session = world.session("s1", "ada");
    private final Queue<Outbound.Result> results = new ConcurrentLinkedQueue<>();
    private final FakeLane lane = new FakeLane(call -> results.isEmpty() ? answer(200) : results.remove());
    private final BackChannel backChannel = new BackChannel(
            world.clients, world.subjects, new LogoutTokens(world.issuer, world.keys, world.clock), lane, PAUSES);

    public BackChannelTest() {
        world.client("told", Map.of("backchannel_logout_uri", LISTENS));
    }

    @After
    public void close() {
        backChannel.close();
        assertThat(lane.isClosed()).isTrue();
    }

    private static Outbound.Result answer(int status) {
        return new Outbound.Answer(status, "", new byte[0]);
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it takes too long").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    /** Tells it, and waits for so many calls; none comes after them, since one client is told after the other. */
    private void assertCalls(int count) {
        backChannel.tell(session, List.of("told"));
        await(() -> lane.calls().size() >= count);
        world.client("last", Map.of("backchannel_logout_uri", "https://last.example/"));
        backChannel.tell(session, List.of("last"));
        await(() -> lane.calls().stream().anyMatch(call -> call.url().equals("https://last.example/")));
        assertThat(lane.calls()).filteredOn(call -> call.url().equals(LISTENS)).hasSize(count);
    }

    @Test
    public void row142_aClientIsSentALogoutToken() {
        backChannel.tell(session, List.of("app", "gone", "told"));
        await(() -> !lane.calls().isEmpty());
        Outbound.Call call = lane.calls().get(0);
        assertThat(call.url()).isEqualTo(LISTENS);
        assertThat(call.namedBy()).isEqualTo(NamedBy.OPERATOR);
        assertThat(call.mostBytes()).isZero();
        String form = call.content().orElseThrow().text();
        assertThat(form).startsWith("logout_token=");
        String token = URLDecoder.decode(form.substring("logout_token=".length()), StandardCharsets.UTF_8);
        assertThat(world.keys.verify(token, LogoutTokens.TYPE).orElseThrow())
                .containsEntry("aud", "told")
                .containsEntry("sub", "ada")
                .containsEntry("sid", IdTokens.sessionId("s1"));
    }

    @Test
    public void O_31_whatFailsIsTriedAgainWithATokenOfItsOwn() {
        results.add(new Failure(Failure.Why.LATE, "slow"));
        results.add(answer(503));
        assertCalls(3);
        assertThat(lane.calls().stream()
                        .map(call -> call.content().orElseThrow().text()))
                .doesNotHaveDuplicates();
    }

    @Test
    public void O_31_itIsGivenUpInTheEnd() {
        for (int i = 0; i < 3; i++) {
            results.add(new Failure(Failure.Why.REFUSED, "internal"));
        }
        assertCalls(3);
    }

    @Test
    public void O_31_aNoIsFinal() {
        results.add(answer(400));
        assertCalls(1);
    }

    @Test
    public void O_31_aRedirectIsNotFollowed() {
        results.add(answer(302));
        assertCalls(1);
    }

    @Test
    public void O_31_oneThatRegisteredItselfIsCalledAsRequestsMay() {
        StoredClient self = StoredClient.of("self", Map.of("backchannel_logout_uri", LISTENS), Instant.EPOCH)
                .withRegistrationToken("hash");
        new StoredClients(world.store, gone -> {}).create("oidc", self, "root");
        backChannel.tell(session, List.of("self"));
        await(() -> !lane.calls().isEmpty());
        assertThat(lane.calls().get(0).namedBy()).isEqualTo(NamedBy.REQUEST);
    }

    @Test
    public void whileTooMuchWaitsItIsTriedAgain() {
        lane.fill();
        BackChannel patient = new BackChannel(
                world.clients,
                world.subjects,
                new LogoutTokens(world.issuer, world.keys, world.clock),
                lane,
                List.of(Duration.ofMillis(1), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1)));
        try (patient) {
            patient.tell(session, List.of("told"));
            lane.empty();
            await(() -> !lane.calls().isEmpty());
        }
    }

    @Test
    public void whileClientsCannotBeLookedUpItIsTriedAgain() {
        AtomicInteger asked = new AtomicInteger();
        world.points.add(
                ClientRegistry.class,
                (instance, id) -> {
                    if (asked.getAndIncrement() == 0) {
                        throw new IllegalStateException("broken");
                    }
                    return Optional.empty();
                },
                "first",
                9,
                "");
        assertCalls(1);
    }
}
