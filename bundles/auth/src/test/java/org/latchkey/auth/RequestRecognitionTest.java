package org.latchkey.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Test;
import org.latchkey.api.Caller;
import org.latchkey.api.Capability;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Authenticator;
import org.latchkey.api.extension.Recognizer;
import org.latchkey.api.extension.Verdict;
import org.latchkey.api.http.Request;
import org.latchkey.testkit.LocalExtensionPoints;
import org.latchkey.testkit.MemoryAudit;
import org.latchkey.testkit.MemoryDirectory;
import org.latchkey.testkit.MemoryOutbox;

/** Row 87, C12: signing in by the request alone. */
public class RequestRecognitionTest {

    private static final Request REQUEST = new AnyRequest();
    private static final Caller CALLER = new Caller("anonymous", Set.of(), "r1", "192.0.2.1", false);
    private static final Principal ADA =
            new Principal("ada", "directory", Set.of("staff"), Set.of(Capability.LOCK_ENTITY));

    private static final Recognizer NOT_MINE = request -> Optional.empty();
    private static final Recognizer FAILS = request -> {
        throw new IllegalStateException("broken");
    };
    private static final Recognizer REFUSES = request -> {
        throw new Refusal("certificate-expired", "Your certificate has expired.");
    };

    private final LocalExtensionPoints points = new LocalExtensionPoints();
    private final MemoryAudit audit = new MemoryAudit();
    private final MemoryOutbox outbox = new MemoryOutbox();
    private final Throttle throttle = new Throttle(
            new Throttle.Limits(3, 3, 4, Duration.ofMinutes(5), Throttle.Local.COUNTS), Ticker.systemTicker());
    private Verdict directory = Verdict.NOT_MINE;
    private final RequestRecognition recognition = new RequestRecognition(
            points, attempt -> directory, audit, throttle, new SignInNotices(outbox, new MemoryDirectory()));

    private static Recognizer knows(String id) {
        return request -> Optional.of(new Principal(id, "forged", Set.of("guests"), Set.of(Capability.GLOBAL_ROOT)));
    }

    private Optional<Principal> recognize() {
        return recognition.recognize(REQUEST, CALLER);
    }

    @Test
    public void row87_theFirstThatRecognizesDecidesWhateverTheOthersSay() {
        points.add(Recognizer.class, FAILS, "org.example.a", 4, "");
        points.add(Recognizer.class, REFUSES, "org.example.b", 3, "");
        points.add(Recognizer.class, NOT_MINE, "org.example.c", 2, "");
        points.add(Recognizer.class, knows("ada"), "org.example.d", 1, "");
        points.add(Recognizer.class, knows("bob"), "org.example.e", 0, "");
        Principal found = recognize().orElseThrow();
        assertThat(found.id()).isEqualTo("ada");
        assertThat(found.source()).isEqualTo("org.example.d.Main");
        assertThat(found.capabilities()).isEmpty();
        assertThat(audit.last().type()).isEqualTo("recognition");
        assertThat(verdicts())
                .containsExactly(
                        "org.example.a failed",
                        "org.example.b refused:certificate-expired",
                        "org.example.c not-mine",
                        "org.example.d accepted");
    }

    @Test
    public void row87_aRefusalIsToldIfNobodyElseRecognizesAnybody() {
        points.add(Recognizer.class, REFUSES);
        points.add(Recognizer.class, NOT_MINE);
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(this::recognize)
                .withMessage("Your certificate has expired.");
        assertThat(audit.last().details()).containsEntry("outcome", "refused:certificate-expired");
    }

    @Test
    public void aRefusalOfOneWhoseWordIsFinalEndsIt() {
        points.addCore(Recognizer.class, REFUSES, Map.of(Authenticator.CONTROL, "requisite"));
        points.add(Recognizer.class, knows("ada"));
        assertThatExceptionOfType(Refusal.class).isThrownBy(this::recognize);
    }

    @Test
    public void whoOnlyComesToSeeTheFormLeavesNoReceipt() {
        assertThat(recognize()).isEmpty();
        points.add(Recognizer.class, NOT_MINE);
        assertThat(recognize()).isEmpty();
        assertThat(audit.events()).isEmpty();
    }

    @Test
    public void aNameThatIsNoneAndRootAreFaultsOfTheRecognizer() {
        for (String id : new String[] {"root", "", "a\nb", "x".repeat(257), null}) {
            points.clear(Recognizer.class);
            points.add(Recognizer.class, knows(id));
            assertThat(recognize()).as(id).isEmpty();
            assertThat(verdicts()).as(id).containsExactly("test failed");
        }
        points.clear(Recognizer.class);
        points.add(Recognizer.class, request -> null);
        assertThat(recognize()).isEmpty();
    }

    @Test
    public void withoutARequiredRecognizerNobodyIsRecognized() {
        points.add(Recognizer.class, knows("ada"));
        points.add(Recognizer.class, NOT_MINE, "org.example.a", 0, "required");
        points.quarantine("org.example.a.Main", "by hand");
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(this::recognize)
                .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.UNAVAILABLE));
    }

    @Test
    public void row87_theDirectorySaysWhatTheyMayDo() {
        points.add(Recognizer.class, knows("ada"), "org.example.a", 0, "");
        Principal guest = recognition.admit(recognize().orElseThrow(), CALLER).orElseThrow();
        assertThat(guest.groups()).containsExactly("guests");
        assertThat(guest.capabilities()).isEmpty();
        directory = new Verdict.Accepted(ADA);
        Principal ada = recognition.admit(recognize().orElseThrow(), CALLER).orElseThrow();
        assertThat(ada.groups()).containsExactly("staff");
        assertThat(ada.capabilities()).containsExactly(Capability.LOCK_ENTITY);
        assertThat(ada.source()).isEqualTo("org.example.a.Main");
    }

    @Test
    public void row87_theThrottleIsThatOfAllSignIns() {
        directory = new Verdict.Rejected("locked");
        for (int i = 0; i < 3; i++) {
            assertThat(recognition.admit(ADA, CALLER)).isEmpty();
        }
        directory = new Verdict.Accepted(ADA);
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> recognition.admit(ADA, CALLER))
                .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.TOO_MANY));
    }

    @Test
    public void row87_afterTooManyRefusalsAtOneAddressNobodyIsAskedThere() {
        AtomicInteger asked = new AtomicInteger();
        points.add(Recognizer.class, request -> {
            asked.incrementAndGet();
            throw new Refusal("no", "No.");
        });
        for (int i = 0; i < 4; i++) {
            assertThatExceptionOfType(Refusal.class).isThrownBy(this::recognize).withMessage("No.");
        }
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(this::recognize)
                .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.TOO_MANY));
        assertThat(asked).hasValue(4);
        points.clear(Recognizer.class);
        points.add(Recognizer.class, NOT_MINE);
        Caller elsewhere = new Caller("anonymous", Set.of(), "r1", "192.0.2.2", false);
        for (int i = 0; i < 10; i++) {
            assertThat(recognition.recognize(REQUEST, elsewhere)).isEmpty();
        }
    }

    @Test
    public void onlyWhatIsAChallengeGoesIntoAHeader() {
        points.addCore(Recognizer.class, NOT_MINE, Map.of(Recognizer.CHALLENGE, "Negotiate"));
        points.addCore(Recognizer.class, NOT_MINE, Map.of(Recognizer.CHALLENGE, "Basic\r\nX: y"));
        points.addCore(Recognizer.class, NOT_MINE, Map.of());
        assertThat(recognition.challenges()).containsExactly("Negotiate");
    }

    @Test
    public void whoWouldBeAskedStandsBeforeTheAuthenticatorsInAnExplanation() {
        ChainedAuthentication authentication =
                new ChainedAuthentication(points, new MemoryDirectory(), new FakeOperations(), audit, outbox, throttle);
        points.add(Authenticator.class, attempt -> Verdict.NOT_MINE, "org.example.b", 9, "");
        points.add(Recognizer.class, NOT_MINE, "org.example.a", 0, "");
        assertThat(authentication.explain("ada").authenticators())
                .extracting(each -> each.place() + " " + each.plugin() + " " + each.when())
                .containsExactly("Recognizer org.example.a no-secret", "Authenticator org.example.b ");
        assertThat(authentication.explain("root").authenticators()).isEmpty();
    }

    private List<String> verdicts() {
        List<String> verdicts = new ArrayList<>();
        for (Object each : (List<?>) audit.last().details().get("ran")) {
            Map<?, ?> ran = (Map<?, ?>) each;
            verdicts.add(ran.get("plugin") + " " + ran.get("verdict"));
        }
        return verdicts;
    }
}
