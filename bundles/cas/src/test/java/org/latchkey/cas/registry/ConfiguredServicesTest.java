package org.latchkey.cas.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Test;
import org.latchkey.api.cas.Service;

public class ConfiguredServicesTest {

    private final ConfiguredServices services = new ConfiguredServices();

    /** What a file says; null is what is missing. */
    private record File(String name, String url, String match, String logout, String logoutUrl, int order) {

        static File of(String name, String url) {
            return new File(name, url, "exact", "none", "", 1000);
        }

        ConfiguredService.Config config() {
            return new FileConfig(this);
        }
    }

    private record FileConfig(File file) implements ConfiguredService.Config {
        @Override
        public String name() {
            return file.name();
        }

        @Override
        public String url() {
            return file.url();
        }

        @Override
        public String match() {
            return file.match();
        }

        @Override
        public String comment() {
            return "a comment";
        }

        @Override
        public String logout() {
            return file.logout();
        }

        @Override
        public String logoutUrl() {
            return file.logoutUrl();
        }

        @Override
        public String[] attributes() {
            return new String[] {"mail", " cn ", ""};
        }

        @Override
        public boolean proxies() {
            return true;
        }

        @Override
        public String[] groups() {
            return new String[] {"staff"};
        }

        @Override
        public String theme() {
            return "dark";
        }

        @Override
        public int order() {
            return file.order();
        }

        @Override
        public Class<ConfiguredService.Config> annotationType() {
            return ConfiguredService.Config.class;
        }
    }

    private static Map<String, Object> pid(String instance) {
        return Map.of("service.pid", "latchkey.cas.service~" + instance);
    }

    private ConfiguredService bound(File file) {
        ConfiguredService service = new ConfiguredService(file.config(), pid("portal"));
        services.bindService(service);
        return service;
    }

    private List<String> names() {
        return services.services().stream().map(Service::name).toList();
    }

    @Test
    public void row49_aServiceHasWhatItsFileSays() {
        bound(new File("", " https://a.example/ ", "Prefix", "back_channel", "https://a.example/out", 1));
        assertThat(services.services())
                .containsExactly(new Service(
                        "portal",
                        "https://a.example/",
                        Service.Match.PREFIX,
                        "a comment",
                        Service.Logout.BACK_CHANNEL,
                        "https://a.example/out",
                        Set.of("mail", "cn"),
                        true,
                        Set.of("staff"),
                        "dark"));
    }

    @Test
    public void row46_theyAreInTheirOrderAndThenByName() {
        bound(new File("b", "https://b.example/", "exact", "none", "", 2));
        bound(new File("z", "https://z.example/", "exact", "none", "", 1));
        bound(new File("a", "https://a.example/", "exact", "none", "", 2));
        assertThat(names()).containsExactly("z", "a", "b");
    }

    @Test
    public void row48_aSenselessFileHarmsOnlyItself() {
        bound(File.of("good", "https://good.example/"));
        bound(File.of("none", null));
        bound(File.of("empty", " "));
        bound(new File("pattern", "https://(a/", "pattern", "none", "", 1));
        bound(new File("match", "https://a.example/", "ant", "none", "", 1));
        bound(new File("logout", "https://a.example/", "exact", "yes", "", 1));
        bound(new File("logoutUrl", "https://a.example/", "exact", "none", "javascript:x", 1));
        assertThat(names()).containsExactly("good");
        assertThat(services.faults()).containsOnlyKeys("none", "empty", "pattern", "match", "logout", "logoutUrl");
        assertThat(services.faults().get("match")).contains("exact, prefix, pattern");
        assertThat(services.faults().get("none")).contains("no url");
    }

    @Test
    public void ofTwoOfOneNameTheFirstCounts() {
        bound(new File("same", "https://b.example/", "exact", "none", "", 2));
        ConfiguredService first = bound(new File("same", "https://a.example/", "exact", "none", "", 1));
        assertThat(services.services()).extracting(Service::url).containsExactly("https://a.example/");
        assertThat(services.faults()).containsOnlyKeys("same");
        services.unbindService(first);
        assertThat(services.services()).extracting(Service::url).containsExactly("https://b.example/");
        assertThat(services.faults()).isEmpty();
    }

    @Test
    public void theListStaysTheSameUntilSomethingChanges() {
        ConfiguredService one = bound(File.of("one", "https://a.example/"));
        List<Service> before = services.services();
        services.updatedService(one);
        bound(File.of("bad", ""));
        assertThat(services.services()).isSameAs(before);
        one.modified(File.of("one", "https://b.example/").config(), pid("one"));
        services.updatedService(one);
        assertThat(services.services()).extracting(Service::url).containsExactly("https://b.example/");
    }
}
