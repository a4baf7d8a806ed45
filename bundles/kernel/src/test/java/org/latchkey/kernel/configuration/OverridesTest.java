package org.latchkey.kernel.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Test;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;

public class OverridesTest {

    private static final Map<String, String> PROPERTIES = Map.of(
            "latchkey.configuration", "a.b/groups[] a.b/on a.c~one/.url",
            "latchkey.configuration.a.b/groups[]", "x,y",
            "latchkey.configuration.a.b/on", "true",
            "latchkey.configuration.a.c~one/.url", "u");

    /** What was done, in order. */
    private final List<String> done = new CopyOnWriteArrayList<>();

    /** How many changes still fail. */
    private final AtomicInteger failures = new AtomicInteger();

    /** The filter of what there is. */
    private String there = "";

    private final ConfigurationAdmin configurations = proxy(ConfigurationAdmin.class, (name, arguments) -> {
        if (name.equals("listConfigurations")) {
            return arguments[0].equals(there) ? new Configuration[] {configuration(there)} : null;
        }
        return configuration(name + List.of(arguments));
    });

    private Configuration configuration(String of) {
        return proxy(Configuration.class, (name, arguments) -> {
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IOException("no disk");
            }
            done.add(of + " " + name + " " + (arguments == null ? "" : arguments[0]));
            return null;
        });
    }

    @Test
    public void whatIsGivenCountsBeforeWhatAFileSays() {
        Overrides overrides = new Overrides(PROPERTIES::get, configurations);
        Dictionary<String, Object> properties = new Hashtable<>(Map.of("service.pid", "a.b", "on", false, "other", 1));
        overrides.modifyConfiguration(null, properties);
        assertThat(properties.get("on")).isEqualTo("true");
        assertThat(properties.get("other")).isEqualTo(1);
        assertThat((String[]) properties.get("groups")).containsExactly("x", "y");
    }

    @Test
    public void othersAreLeftAlone() {
        Overrides overrides = new Overrides(PROPERTIES::get, configurations);
        Dictionary<String, Object> properties = new Hashtable<>(Map.of("service.pid", "a.c~two"));
        overrides.modifyConfiguration(null, properties);
        assertThat(properties.size()).isEqualTo(1);
        new Overrides(name -> null, configurations).modifyConfiguration(null, properties);
        assertThat(properties.size()).isEqualTo(1);
    }

    @Test
    public void whereNoFileMakesAConfigurationThereIsOneAllTheSame() {
        there = "(service.pid=a.b)";
        new Overrides(PROPERTIES::get, configurations);
        assertThat(done).containsExactly("(service.pid=a.b) update ", "getFactoryConfiguration[a.c, one, ?] update {}");
    }

    @Test
    public void aFileThatIsTakenAwayTakesNothingElseWithIt() {
        Overrides overrides = new Overrides(PROPERTIES::get, configurations);
        done.clear();
        overrides.configurationEvent(event(ConfigurationEvent.CM_DELETED, "other"));
        assertThat(done).isEmpty();
        overrides.configurationEvent(event(ConfigurationEvent.CM_DELETED, "a.b"));
        assertThat(done).containsExactly("getConfiguration[latchkey.configuration.turn, ?] update {}");
        done.clear();
        there = "(service.pid=a.c~one)";
        overrides.configurationEvent(event(ConfigurationEvent.CM_UPDATED, "latchkey.configuration.turn"));
        assertThat(done).containsExactly("getConfiguration[a.b, ?] update {}");
    }

    @Test
    public void whatCannotBeMadeAfterAFileIsTakenAwayIsTriedUntilItIs() throws Exception {
        Overrides overrides = new Overrides(PROPERTIES::get, configurations);
        done.clear();
        failures.set(3);
        overrides.configurationEvent(event(ConfigurationEvent.CM_DELETED, "a.b"));
        assertThat(done).isEmpty();
        awaitDone("getConfiguration[latchkey.configuration.turn, ?] update {}");
        there = "(service.pid=a.c~one)";
        failures.set(2);
        overrides.configurationEvent(event(ConfigurationEvent.CM_UPDATED, "latchkey.configuration.turn"));
        assertThat(done).isEmpty();
        awaitDone("getConfiguration[a.b, ?] update {}");
        overrides.stop();
    }

    @Test
    public void whatCannotBeMadeAtTheStartIsTriedUntilItIs() throws Exception {
        there = "(service.pid=a.c~one)";
        failures.set(1);
        Overrides overrides = new Overrides(PROPERTIES::get, configurations);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (done.size() < 2 && System.nanoTime() < end) {
            Thread.sleep(10);
        }
        assertThat(done)
                .containsExactlyInAnyOrder("getConfiguration[a.b, ?] update {}", "(service.pid=a.c~one) update ");
        overrides.stop();
    }

    private void awaitDone(String what) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (done.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(10);
        }
        assertThat(done).containsExactly(what);
        done.clear();
    }

    @SuppressWarnings("unchecked")
    private static ConfigurationEvent event(int type, String pid) {
        return new ConfigurationEvent(proxy(ServiceReference.class, (name, arguments) -> null), type, null, pid);
    }

    private interface Answers {
        Object to(String method, Object... arguments) throws IOException;
    }

    private static <T> T proxy(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.to(method.getName(), arguments)));
    }
}
