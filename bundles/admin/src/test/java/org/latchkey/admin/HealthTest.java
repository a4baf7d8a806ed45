package org.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.api.extension.HealthCheck;
import org.latchkey.testkit.MemoryPlugins;

public class HealthTest {

    private final FakePoints points = new FakePoints();
    private final MemoryPlugins plugins = new MemoryPlugins();
    private final Health health = new Health(points);

    static HealthCheck check(String name, String fault) {
        return new HealthCheck() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Optional<String> fault() {
                return Optional.of(fault).filter(text -> !text.isEmpty());
            }
        };
    }

    private static final HealthCheck BROKEN = new HealthCheck() {
        @Override
        public String name() {
            return "broken";
        }

        @Override
        public Optional<String> fault() {
            throw new IllegalStateException("details");
        }
    };

    @Test
    public void everyPartIsAsked() {
        points.add(HealthCheck.class, "org.example.p", false, check("remote", "It is down."));
        points.add(HealthCheck.class, "org.latchkey.store.sql", true, check("store", ""));
        plugins.with(MemoryPlugins.plugin("p", "1.0.0", "active", ""));
        plugins.with(MemoryPlugins.plugin("q", "1.0.0", "superseded", "There is a higher version."));
        plugins.with(MemoryPlugins.plugin("", "1.0.0", "rejected", "It is no jar."));
        assertThat(health.all(plugins))
                .containsExactly(
                        new Subsystem("store", true, ""),
                        new Subsystem("plugin-remote", false, "It is down."),
                        new Subsystem("plugin-p", false, ""),
                        new Subsystem("plugin-q", false, ""),
                        new Subsystem("plugin-.jar", false, "It is no jar."));
        assertThat(health.core()).containsExactly(new Subsystem("store", true, ""));
    }

    @Test
    public void aCheckThatFailsIsAFaultWithoutDetails() {
        points.add(HealthCheck.class, "org.example.p", false, BROKEN);
        assertThat(health.all(plugins))
                .containsExactly(new Subsystem("plugin-org.example.p.Main", false, "The check itself failed."));
    }

    @Test
    public void aPartMaySayThatItsFaultsAreNoReasonToSendNoMoreRequests() {
        points.add(
                HealthCheck.class,
                "org.latchkey.notify",
                true,
                check("notify", "A dead letter."),
                Map.of(HealthCheck.READINESS, false));
        assertThat(health.core()).isEmpty();
        assertThat(health.all(plugins)).containsExactly(new Subsystem("notify", false, "A dead letter."));
    }
}
