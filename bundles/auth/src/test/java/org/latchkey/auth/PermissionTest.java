package org.latchkey.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.Test;
import org.latchkey.api.Caller;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Authorizer;
import org.latchkey.api.extension.Authorizer.Vote;
import org.latchkey.api.service.Authentication.Decision;
import org.latchkey.testkit.LocalExtensionPoints;
import org.latchkey.testkit.MemoryAudit;

public class PermissionTest {

    private static final Authorizer FAILS = (principal, groups) -> {
        throw new IllegalStateException("broken");
    };

    private final LocalExtensionPoints points = new LocalExtensionPoints();
    private final MemoryAudit audit = new MemoryAudit();
    private final Permission permission = new Permission(points, audit);

    @Test
    public void row93ANoIsToldFromAFault() {
        assertThat(decide("staff")).isEqualTo(Decision.PERMITTED);
        assertThat(decide("other")).isEqualTo(Decision.DENIED);
        points.add(Authorizer.class, FAILS, "org.example.a", 3, "");
        assertThat(decide("staff")).isEqualTo(Decision.UNDECIDED);
        assertThat(decide("other")).isEqualTo(Decision.UNDECIDED);
        assertThat(audit.last().details()).containsEntry("outcome", "refused:undecided");
    }

    @Test
    public void row93NoPermitUndoesAFaultAndOneDenyWinsOverIt() {
        points.add(Authorizer.class, FAILS, "org.example.a", 3, "");
        points.add(Authorizer.class, (principal, groups) -> Vote.PERMIT, "org.example.b", 2, "");
        assertThat(decide("staff")).isEqualTo(Decision.UNDECIDED);
        points.add(Authorizer.class, (principal, groups) -> Vote.DENY, "org.example.c", 1, "");
        assertThat(decide("staff")).isEqualTo(Decision.DENIED);
    }

    @Test
    public void aRefusalIsANoUnlessItSaysThatItIsUnavailable() {
        points.add(Authorizer.class, (principal, groups) -> {
            throw new Refusal("not-today", "Not today.");
        });
        assertThat(decide("staff")).isEqualTo(Decision.DENIED);
        points.clear(Authorizer.class);
        points.add(Authorizer.class, (principal, groups) -> {
            throw Refusal.of(Refusal.Kind.UNAVAILABLE, "down", "It is down.");
        });
        assertThat(decide("staff")).isEqualTo(Decision.UNDECIDED);
    }

    @Test
    public void whereARequiredOneIsMissingNothingIsDecided() {
        points.add(Authorizer.class, (principal, groups) -> Vote.PERMIT, "org.example.a", 3, "required");
        assertThat(decide("other")).isEqualTo(Decision.PERMITTED);
        points.quarantine("org.example.a.Main", "by hand");
        assertThat(decide("staff")).isEqualTo(Decision.UNDECIDED);
    }

    @Test
    public void anAdvisoryOneMayFail() {
        points.add(Authorizer.class, FAILS, "org.example.a", 3, "advisory");
        assertThat(decide("staff")).isEqualTo(Decision.PERMITTED);
        assertThat(decide("other")).isEqualTo(Decision.DENIED);
    }

    private Decision decide(String... groups) {
        Caller caller = new Caller("app", Set.of(), "r1", "127.0.0.1", false);
        return permission.decide(caller, new Principal("ada", "directory", Set.of("staff"), Set.of()), Set.of(groups));
    }
}
