package org.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.Test;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.HealthCheck;
import org.latchkey.api.http.Response;
import org.osgi.service.condition.Condition;

public class HealthzEndpointTest {

    private final FakePoints points = new FakePoints();
    private final HealthzEndpoint healthz = new HealthzEndpoint(points);

    private Response get(String path) {
        return healthz.handle(FakeRequest.of("GET", path));
    }

    @Test
    public void whileItServesItLives() {
        assertThat(get("/live").status()).isEqualTo(200);
    }

    @Test
    public void itIsReadyOnceStarted() {
        assertThat(get("/ready").status()).isEqualTo(503);
        assertThat(new String(get("/ready").body()))
                .startsWith("{\"ready\":false,\"faults\":[\"starting\"],\"reasons\":{\"starting\":\"The plugins");
        healthz.started = List.of(Condition.INSTANCE);
        assertThat(get("/ready").status()).isEqualTo(200);
        assertThat(new String(get("/ready").body())).isEqualTo("{\"ready\":true,\"faults\":[],\"reasons\":{}}");
    }

    @Test
    public void aFaultOfTheCoreMakesItRedAndOneOfAPluginDoesNot() {
        healthz.started = List.of(Condition.INSTANCE);
        points.add(HealthCheck.class, "org.example.p", false, HealthTest.check("remote", "It is down."));
        assertThat(get("/ready").status()).isEqualTo(200);
        points.add(HealthCheck.class, "org.latchkey.store.sql", true, HealthTest.check("store", "It is down."));
        assertThat(get("/ready").status()).isEqualTo(503);
        assertThat(new String(get("/ready").body()))
                .startsWith("{\"ready\":false,\"faults\":[\"store\"],\"reasons\":{\"store\":\"");
    }

    @Test
    public void aTolerableFaultOfTheCoreDoesNotMakeItRed() {
        healthz.started = List.of(Condition.INSTANCE);
        points.add(
                HealthCheck.class,
                "org.latchkey.web",
                true,
                HealthTest.check("https-certificate", "A new certificate is refused."),
                Map.of(HealthCheck.READINESS, false));
        assertThat(get("/ready").status()).isEqualTo(200);
    }

    @Test
    public void thereIsNothingElse() {
        assertThatThrownBy(() -> get("/other")).isInstanceOf(Refusal.class);
        assertThat(healthz.handle(FakeRequest.of("POST", "/live")).status()).isEqualTo(405);
    }
}
