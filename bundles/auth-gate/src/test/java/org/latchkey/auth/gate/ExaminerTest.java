package org.latchkey.auth.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Authorizer.Vote;
import org.latchkey.api.extension.Verdict;
import org.latchkey.api.service.Outbound.Failure;
import org.latchkey.testkit.FakeLane;

public class ExaminerTest {

    private static final String ADA = "ada@example.org";
    private static final String TOKEN = "TOKENOFADA";

    private final FakeGate stub = new FakeGate();
    private final FakeLane lane = new FakeLane(stub);
    private final AtomicLong nanos = new AtomicLong();

    @Before
    public void people() {
        stub.add(ADA, TOKEN, true, "dev", "OPS");
    }

    @Test
    public void row94WhoIsInGateIsAcceptedWithItsGroupsAndNothingElse() {
        assertThat(judge(examiner(Map.of()), "Ada@Example.org", TOKEN))
                .isEqualTo(new Verdict.Accepted(new Principal(ADA, GateSignIn.NAME, Set.of("dev", "ops"), Set.of())));
    }

    @Test
    public void gateIsNotToldTheSecretsOfThoseItCannotKnow() {
        assertThat(judge(examiner(Map.of()), "ada", "open sesame")).isEqualTo(Verdict.NOT_MINE);
        assertThat(judge(examiner(Map.of()), "root", "open sesame")).isEqualTo(Verdict.NOT_MINE);
        assertThat(judge(examiner(Map.of()), ADA, "open sesame")).isInstanceOf(Verdict.Rejected.class);
        assertThat(lane.calls()).isEmpty();
    }

    @Test
    public void row94AFaultIsNeitherYesNorNoAndIsReportedUntilGateAnswersAgain() {
        Examiner examiner = examiner(Map.of());
        assertThat(examiner.fault()).isEmpty();
        stub.instead = Optional.of(new Failure(Failure.Why.LATE, "the time was over"));
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> judge(examiner, ADA, TOKEN))
                .satisfies(no -> assertThat(no.kind()).isEqualTo(Refusal.Kind.UNAVAILABLE));
        assertThat(examiner.fault()).contains("Gate gives no answer: the time was over");
        stub.instead = Optional.empty();
        assertThat(judge(examiner, ADA, "WRONG")).isInstanceOf(Verdict.Rejected.class);
        assertThat(examiner.fault()).isEmpty();
    }

    @Test
    public void row95AMemberOfOneGroupMayAndInModeAllOfEveryGroup() {
        Principal ada = new Principal(ADA, GateSignIn.NAME, Set.of("a"), Set.of());
        Examiner any = examiner(Map.of());
        Examiner all = examiner(Map.of("mode", "all"));
        assertThat(any.vote(ada, Set.of("a", "b"))).isEqualTo(Vote.PERMIT);
        assertThat(all.vote(ada, Set.of("a", "b"))).isEqualTo(Vote.DENY);
        assertThat(any.vote(ada, Set.of("b"))).isEqualTo(Vote.ABSTAIN);
        assertThat(all.vote(ada, Set.of("a"))).isEqualTo(Vote.PERMIT);
        assertThat(any.vote(ada, Set.of("A"))).isEqualTo(Vote.PERMIT);
        assertThat(all.vote(ada, Set.of("A"))).isEqualTo(Vote.PERMIT);
    }

    /** The server names the source, and it names instances apart. */
    @Test
    public void row95AnInstanceHasItsSayOverThoseForWhomItVouched() {
        String source = GateSignIn.source(Map.of("service.pid", "latchkey.auth.gate~campus"));
        assertThat(source).isEqualTo("org.latchkey.auth.gate.GateSignIn~campus");
        assertThat(GateSignIn.source(Map.of("service.pid", GateSignIn.PID))).isEqualTo(GateSignIn.NAME);
        assertThat(GateSignIn.source(Map.of())).isEqualTo(GateSignIn.NAME);
        Examiner all = new Examiner(source, Configured.settings(Map.of("mode", "all")), lane, nanos::get);
        Principal ada = new Principal(ADA, source, Set.of("a"), Set.of());
        assertThat(all.vote(ada, Set.of("a", "b"))).isEqualTo(Vote.DENY);
        assertThat(all.vote(new Principal(ADA, GateSignIn.NAME, Set.of("a"), Set.of()), Set.of("a", "b")))
                .as("somebody of another instance")
                .isEqualTo(Vote.ABSTAIN);
    }

    @Test
    public void itHasNoSayOverOthersNorWhereNothingIsRequired() {
        Principal other = new Principal(ADA, "directory", Set.of("a"), Set.of());
        Examiner all = examiner(Map.of("mode", "all"));
        assertThat(all.vote(other, Set.of("a", "b"))).isEqualTo(Vote.ABSTAIN);
        assertThat(all.vote(new Principal(ADA, GateSignIn.NAME, Set.of(), Set.of()), Set.of()))
                .isEqualTo(Vote.ABSTAIN);
    }

    @Test
    public void withoutACacheGateIsAskedEachTime() {
        Examiner examiner = examiner(Map.of("strict", false));
        judge(examiner, ADA, TOKEN);
        judge(examiner, ADA, TOKEN);
        assertThat(lane.calls()).hasSize(2);
    }

    @Test
    public void onlyGoodAnswersToTheSameQuestionAreRememberedForAWhile() {
        Examiner examiner = examiner(Map.of("strict", false, "cacheSeconds", 30));
        assertThat(judge(examiner, ADA, TOKEN)).isInstanceOf(Verdict.Accepted.class);
        stub.instead = Optional.of(FakeGate.says(401, ""));
        assertThat(judge(examiner, "ADA@example.org", TOKEN)).isInstanceOf(Verdict.Accepted.class);
        assertThat(lane.calls()).hasSize(1);
        assertThat(judge(examiner, ADA, "OTHER")).isInstanceOf(Verdict.Rejected.class);
        assertThat(judge(examiner, ADA, "OTHER")).isInstanceOf(Verdict.Rejected.class);
        assertThat(lane.calls()).hasSize(3);
        nanos.addAndGet(Duration.ofSeconds(31).toNanos());
        assertThat(judge(examiner, ADA, TOKEN)).isInstanceOf(Verdict.Rejected.class);
    }

    private Examiner examiner(Map<String, ?> settings) {
        return new Examiner(GateSignIn.NAME, Configured.settings(settings), lane, nanos::get);
    }

    private static Verdict judge(Examiner examiner, String id, String secret) {
        return examiner.judge(Configured.attempt(id, secret));
    }
}
