package org.latchkey.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.Test;
import org.latchkey.api.Caller;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Request;
import org.latchkey.api.service.Recognition;

/** Row 87: what is known of a visitor before the form is shown. */
public class VisitorsTest {

    private static final Caller CALLER = new Caller("anonymous", Set.of(), "r1", "192.0.2.1", false);
    private static final Principal ADA = new Principal("ada", "x", Set.of(), Set.of());
    private static final Request REQUEST = (Request) Proxy.newProxyInstance(
            VisitorsTest.class.getClassLoader(), new Class<?>[] {Request.class}, (proxy, method, args) -> "r1");

    private interface Answer {
        Optional<Principal> give();
    }

    private static Visitors.Visitor visitor(Answer answer) {
        Recognition recognition = new Recognition() {
            @Override
            public Optional<Principal> recognize(Request request, Caller caller) {
                return answer.give();
            }

            @Override
            public Optional<Principal> admit(Principal recognized, Caller caller) {
                throw new AssertionError("nobody is signed in by a look");
            }

            @Override
            public List<String> challenges() {
                return List.of("Negotiate");
            }
        };
        return new Visitors(recognition).visitor(REQUEST, CALLER);
    }

    private static Visitors.Visitor refused(Refusal refusal) {
        return visitor(() -> {
            throw refusal;
        });
    }

    @Test
    public void whoIsRecognizedIsKnownAndWhoIsNotIsAskedFor() {
        assertThat(visitor(() -> Optional.of(ADA))).isEqualTo(new Visitors.Known(ADA));
        assertThat(visitor(Optional::empty)).isEqualTo(new Visitors.Stranger(List.of("Negotiate")));
    }

    @Test
    public void theReasonOfARefusalIsForThemToReadAndNotEndless() {
        assertThat(refused(new Refusal("expired", "Expired."))).isEqualTo(new Visitors.Turned("Expired."));
        assertThat(refused(new Refusal("expired", "x".repeat(1000)))).isEqualTo(new Visitors.Turned("x".repeat(300)));
        for (String nothing : new String[] {null, " "}) {
            assertThat(refused(new Refusal("no", nothing))).isEqualTo(new Visitors.Turned("error.not-recognized"));
        }
        assertThat(refused(Refusal.of(Refusal.Kind.TOO_MANY, "x", "y")))
                .isEqualTo(new Visitors.Turned("error.too-many"));
    }

    /** And is asked for nothing: nobody could judge it. */
    @Test
    public void whoCannotBeJudgedIsAStranger() {
        assertThat(refused(Refusal.of(Refusal.Kind.UNAVAILABLE, "policy-missing", "No.")))
                .isEqualTo(new Visitors.Stranger(List.of()));
    }
}
