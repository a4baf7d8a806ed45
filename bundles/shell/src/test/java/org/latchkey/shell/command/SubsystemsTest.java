package org.latchkey.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.api.extension.DirectoryHook;
import org.latchkey.api.extension.HealthCheck;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.PluginInfo;
import org.latchkey.api.kernel.Plugins;
import org.latchkey.shell.command.Subsystems.Health;
import org.latchkey.testkit.MemoryPlugins;

public class SubsystemsTest {

    private static final Plugins PLUGINS = new MemoryPlugins()
            .with(MemoryPlugins.plugin("org.good", "1.0.0", "active", ""))
            .with(new PluginInfo("", "", "bad.jar", "00", "rejected", false, "it is empty", List.of()));

    private static HealthCheck check(Optional<String> fault) {
        return new HealthCheck() {
            @Override
            public String name() {
                return "store";
            }

            @Override
            public Optional<String> fault() {
                return fault;
            }
        };
    }

    private static List<Health> health(ExtensionPoints kernel) {
        return new Subsystems(Optional.of(PLUGINS), Optional.of(kernel)).health();
    }

    @Test
    public void row14_faultyPluginsAreNamed() {
        assertThat(health(new Kernel()))
                .containsExactly(
                        new Health("kernel", ""),
                        new Health("plugin-org.good", ""),
                        new Health("plugin-bad.jar", "rejected: it is empty"));
    }

    @Test
    public void row14_failedExtensionsAreNamed() {
        Kernel kernel = new Kernel().with(DirectoryHook.class, new DirectoryHook() {}, "stuck", "a call is late");

        assertThat(health(kernel)).contains(new Health("extension-Example", "stuck: a call is late"));
    }

    @Test
    public void healthChecksSpeakForThemselves() {
        assertThat(health(new Kernel().with(HealthCheck.class, check(Optional.empty()), "active", "")))
                .contains(new Health("store", ""));
        assertThat(health(new Kernel().with(HealthCheck.class, check(Optional.of("disk full")), "active", "")))
                .contains(new Health("store", "disk full"));
    }

    @Test
    public void aBrokenHealthCheckIsAFaultOfItsOwn() {
        HealthCheck broken = new HealthCheck() {
            @Override
            public String name() {
                throw new IllegalStateException();
            }

            @Override
            public Optional<String> fault() {
                return Optional.empty();
            }
        };

        assertThat(health(new Kernel().with(HealthCheck.class, broken, "active", "")))
                .contains(new Health("Example", "its health check failed"));
    }

    @Test
    public void withoutAKernelThereIsStillAnAnswer() {
        assertThat(new Subsystems(Optional.empty(), Optional.empty()).health())
                .containsExactly(new Health("kernel", "is not running"));
    }
}
