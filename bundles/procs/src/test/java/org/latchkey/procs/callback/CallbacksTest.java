package org.latchkey.procs.callback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.After;
import org.junit.Test;
import org.latchkey.api.service.Outbound;
import org.latchkey.api.service.Outbound.Call;
import org.latchkey.api.service.Outbound.NamedBy;
import org.latchkey.api.store.Store;
import org.latchkey.procs.run.Crew;
import org.latchkey.procs.run.Execution;
import org.latchkey.procs.run.Status;
import org.latchkey.testkit.FakeLane;
import org.latchkey.testkit.MemoryStore;
import org.latchkey.testkit.MovableClock;

/** Row 127: whoever had a proc run is told its end. */
public class CallbacksTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final MemoryStore store = new MemoryStore();
    private final MovableClock clock = new MovableClock(NOW);
    private final Crew crew = new Crew();

    @After
    public void close() {
        crew.close();
    }

    private Callbacks callbacks(FakeLane lane) {
        return new Callbacks(store, lane, crew, clock);
    }

    private static Execution ended(String url) {
        Execution.Wish wish = new Execution.Wish(
                "deploy", "", "run", "", List.of(), Set.of(), Map.of("A", "b"), "ada", "", 60, url, "", "");
        Execution.Course course = new Execution.Course(
                Status.FAILED, NOW, NOW, Optional.empty(), Optional.of(NOW), OptionalInt.of(3), "exit code 3", "");
        return new Execution(42, 1, wish, course, new Execution.Watching("", 0, "", 0, 0, 0));
    }

    private void store(Callbacks callbacks) throws Store.Conflict {
        store.commit(callbacks.along(ended("https://ci.example.org/hook")));
    }

    private int left() {
        return store.list("proccallback", "", "", 10).size();
    }

    @Test
    public void row127PostsNameAndStatusOnce() throws Store.Conflict {
        FakeLane lane = FakeLane.answering(204);
        Callbacks callbacks = callbacks(lane);
        store(callbacks);
        callbacks.tick();
        callbacks.tick();
        Call call = lane.calls().get(0);
        assertThat(lane.calls()).hasSize(1);
        assertThat(call.url()).isEqualTo("https://ci.example.org/hook");
        assertThat(call.namedBy()).as("SSRF guard").isEqualTo(NamedBy.REQUEST);
        assertThat(call.content().orElseThrow().text())
                .isEqualTo("{\"id\":42,\"name\":\"deploy\",\"status\":\"FAILED\"}");
        assertThat(call.headers()).containsEntry("Delivery-Id", "42");
        assertThat(left()).isZero();
    }

    @Test
    public void aRunWithoutAnyHasNothingToTell() {
        Callbacks callbacks = callbacks(FakeLane.answering(200));
        assertThat(callbacks.along(ended(""))).isEmpty();
    }

    @Test
    public void row127IsToldAfterARestart() throws Store.Conflict {
        store(callbacks(FakeLane.answering(200)));
        FakeLane lane = FakeLane.answering(200);
        callbacks(lane).tick();
        assertThat(lane.calls()).hasSize(1);
    }

    @Test
    public void row127IsToldAgainLaterWithTheSameId() throws Store.Conflict {
        AtomicInteger status = new AtomicInteger(503);
        FakeLane lane = new FakeLane(call -> new Outbound.Answer(status.get(), "", new byte[0]));
        Callbacks callbacks = callbacks(lane);
        store(callbacks);
        callbacks.tick();
        callbacks.tick();
        assertThat(lane.calls()).as("not at once").hasSize(1);
        status.set(200);
        clock.advance(Duration.ofSeconds(10));
        callbacks.tick();
        assertThat(lane.calls()).hasSize(2);
        assertThat(lane.calls().get(1).headers()).isEqualTo(lane.calls().get(0).headers());
        assertThat(left()).isZero();
    }

    @Test
    public void row127AndNotForEver() throws Store.Conflict {
        FakeLane lane = FakeLane.failing(Outbound.Failure.Why.FAILED, "no such host");
        Callbacks callbacks = callbacks(lane);
        store(callbacks);
        for (int i = 0; i < 20; i++) {
            callbacks.tick();
            clock.advance(Duration.ofHours(3));
        }
        assertThat(lane.calls()).hasSize(Callbacks.PAUSES.size());
        assertThat(left()).isZero();
    }

    @Test
    public void whatAnotherTryWouldNotChangeIsNotTried() throws Store.Conflict {
        FakeLane refused = FakeLane.failing(Outbound.Failure.Why.REFUSED, "a private address");
        Callbacks callbacks = callbacks(refused);
        store(callbacks);
        callbacks.tick();
        assertThat(left()).isZero();
        FakeLane gone = FakeLane.answering(410);
        store(callbacks(gone));
        callbacks(gone).tick();
        assertThat(left()).isZero();
    }

    @Test
    public void oneNodeTellsItAtATime() throws Store.Conflict {
        FakeLane other = FakeLane.answering(200);
        FakeLane lane = new FakeLane(call -> {
            callbacks(other).tick();
            return new Outbound.Answer(200, "", new byte[0]);
        });
        Callbacks callbacks = callbacks(lane);
        store(callbacks);
        callbacks.tick();
        assertThat(lane.calls()).hasSize(1);
        assertThat(other.calls()).isEmpty();
    }

    @Test
    public void aFullLaneLosesNothing() throws Store.Conflict {
        FakeLane lane = FakeLane.answering(200);
        lane.fill();
        Callbacks callbacks = callbacks(lane);
        store(callbacks);
        callbacks.tick();
        assertThat(left()).isEqualTo(1);
        lane.empty();
        clock.advance(Duration.ofSeconds(10));
        callbacks.tick();
        assertThat(left()).isZero();
    }
}
