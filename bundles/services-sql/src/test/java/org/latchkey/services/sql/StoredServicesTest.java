package org.latchkey.services.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.Test;
import org.latchkey.api.cas.Service;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Write;
import org.latchkey.testkit.MemoryStore;
import org.latchkey.testkit.Race;

public class StoredServicesTest {

    private static final long SECOND = 1_000_000_000L;

    private final MemoryStore store = new MemoryStore();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - SECOND); // and over the edge, as it may
    private final StoredServices services = new StoredServices(store, nanos::get);
    private final StoredServices other = new StoredServices(store, nanos::get);

    private static StoredService service(String name, int order, String url) {
        return new StoredService(
                order,
                new Service(
                        name,
                        url,
                        Service.Match.PREFIX,
                        "a \"comment\"",
                        Service.Logout.FRONT_CHANNEL,
                        "https://a.example/out",
                        Set.of("mail", "*"),
                        true,
                        Set.of("staff"),
                        "dark"));
    }

    @Test
    public void row49_aServiceIsReadAsItWasPut() {
        StoredService one = service("one", 7, "https://a.example/");
        assertThat(services.put(one)).isTrue();
        assertThat(services.stored("one")).contains(one);
        assertThat(services.services()).containsExactly(one.service());
        StoredService changed = service("one", 8, "https://b.example/");
        assertThat(services.put(changed)).isFalse();
        assertThat(services.services()).containsExactly(changed.service());
        assertThat(services.delete("one")).isTrue();
        assertThat(services.delete("one")).isFalse();
        assertThat(services.services()).isEmpty();
        assertThat(services.stored("one")).isEmpty();
    }

    @Test
    public void row46_theyAreInTheirOrderAndThenByName() {
        services.put(service("b", 2, "https://a.example/"));
        services.put(service("z", -1, "https://a.example/"));
        services.put(service("a", 2, "https://a.example/"));
        assertThat(services.services()).extracting(Service::name).containsExactly("z", "a", "b");
    }

    @Test
    public void aChangeIsSeenAtOnceHereAndAfterTwoSecondsElsewhere() {
        assertThat(services.services()).isEmpty();
        assertThat(other.services()).isEmpty();
        services.put(service("one", 1, "https://a.example/"));
        assertThat(services.services()).hasSize(1);
        nanos.addAndGet(2 * SECOND - 1);
        assertThat(other.services()).isEmpty();
        nanos.addAndGet(1);
        assertThat(other.services()).hasSize(1);
    }

    @Test
    public void theListStaysTheSameUntilSomethingChanges() {
        services.put(service("one", 1, "https://a.example/"));
        List<Service> before = services.services();
        nanos.addAndGet(3 * SECOND);
        assertThat(services.services()).isSameAs(before);
        services.put(service("one", 1, "https://a.example/"));
        assertThat(services.services()).isSameAs(before);
        services.put(service("one", 1, "https://b.example/"));
        assertThat(services.services()).isNotSameAs(before);
    }

    @Test
    public void row48_whatCannotBeReadHarmsOnlyItself() throws Exception {
        services.put(service("one", 1, "https://a.example/"));
        for (String body :
                List.of("{", "[]", "{\"url\":1}", "{\"url\":\"x\",\"new\":1}", "{\"url\":\"x\",\"match\":\"ant\"}")) {
            store.commit(
                    List.of(new Write.Put(new Item(StoredServices.KIND, "bad" + body.hashCode(), 0, body, List.of()))));
        }
        assertThat(services.stored()).extracting(StoredService::name).containsExactly("one");
    }

    @Test
    public void thereMayBeMoreThanAPage() {
        for (int i = 0; i < 1_001; i++) {
            services.put(service("s" + i, 1, "https://a.example/" + i));
        }
        assertThat(services.services()).hasSize(1_001);
    }

    @Test
    public void whoeverChangesTheSameAtOnceGetsDone() throws Exception {
        List<Boolean> created = Race.of(8, lane -> {
            boolean first = false;
            for (int i = 0; i < 5; i++) {
                first |= (lane % 2 == 0 ? services : other).put(service("one", lane, "https://a.example/" + i));
            }
            return first;
        });
        assertThat(created).containsOnlyOnce(true);
        assertThat(services.services()).extracting(Service::url).containsExactly("https://a.example/4");
    }
}
