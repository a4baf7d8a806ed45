package org.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Test;
import org.latchkey.api.http.Endpoint;
import org.latchkey.api.http.Response;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.Link;

public class MountsTest {

    private static final Endpoint ANY = request -> Response.empty(204);

    private final FakeEndpoints endpoints = new FakeEndpoints(thread -> {});
    private final Mounts mounts = new Mounts(endpoints);

    private Optional<Link<Endpoint>> at(String mount) {
        Optional<Chain<Endpoint>> held = mounts.enter(mount);
        held.ifPresent(Chain::close);
        return held.map(chain -> chain.links().get(0));
    }

    @Test
    public void anEndpointComesAndGoesWithItsLink() {
        assertThat(at("cas")).isEmpty();
        Link<Endpoint> cas = endpoints.plugin("cas", "cas", ANY);
        assertThat(at("cas")).contains(cas);
        endpoints.remove(cas);
        assertThat(at("cas")).isEmpty();
    }

    @Test
    public void anEndpointThatIsMadeAnewWithOtherSettingsIsWaitedFor() {
        Link<Endpoint> before = endpoints.plugin("cas", "cas", ANY);
        assertThat(at("cas")).contains(before);
        endpoints.remove(before);
        endpoints.meanwhile = () -> endpoints.plugin("cas", "cas", ANY);
        assertThat(at("cas")).isPresent().isNotEqualTo(Optional.of(before));
        assertThat(mounts.has("cas")).isTrue();
        assertThat(endpoints.held).hasValue(0);
    }

    @Test
    public void theFirstInOrderGetsTheMount() {
        Link<Endpoint> first = endpoints.plugin("a", "x", ANY);
        endpoints.plugin("b", "x", ANY);
        assertThat(at("x")).contains(first);
    }

    @Test
    public void whoWaitedGetsTheMountWhenItIsFree() {
        Link<Endpoint> first = endpoints.plugin("a", "x", ANY);
        Link<Endpoint> second = endpoints.plugin("b", "x", ANY);
        assertThat(at("x")).contains(first);
        assertThat(FakeEndpoints.remark(second)).isEqualTo("The mount \"x\" is already served by a.");
        endpoints.remove(first);
        assertThat(at("x")).contains(second);
        assertThat(FakeEndpoints.remark(second)).isEmpty();
    }

    @Test
    public void p18_whoServesGoesOnThoughANewcomerIsAheadInOrder() {
        Link<Endpoint> ahead = endpoints.plugin("a", "other", ANY);
        Link<Endpoint> serving = endpoints.plugin("b", "x", ANY);
        assertThat(at("x")).contains(serving);
        Link<Endpoint> newcomer = endpoints.plugin("a", "x", ANY);
        endpoints.replace(ahead, newcomer);
        assertThat(endpoints.links()).containsExactly(newcomer, serving);
        assertThat(at("x")).contains(serving);
    }

    @Test
    public void aNewRevisionKeepsTheMountOfItsPredecessor() {
        Link<Endpoint> rival = endpoints.plugin("a", "other", ANY);
        Link<Endpoint> old = endpoints.plugin("b", "x", ANY);
        assertThat(at("x")).contains(old);
        endpoints.replace(rival, endpoints.plugin("a", "x", ANY));
        Link<Endpoint> next = endpoints.plugin("b", "x", ANY);
        endpoints.replace(old, next);
        assertThat(at("x")).contains(next);
    }

    @Test
    public void aLinkThatHasJustLeftIsLookedUpAgain() {
        Link<Endpoint> gone = endpoints.plugin("a", "x", ANY);
        assertThat(at("x")).isPresent();
        endpoints.leaveSilently(gone);
        assertThat(at("x")).isEmpty();
    }

    @Test
    public void p19_aReservedMountIsNotServedByAPlugin() {
        endpoints.plugin("evil", "login", ANY);
        assertThat(at("login")).isEmpty();
    }

    @Test
    public void p22_noRequestIsLostWhileRevisionsAreSwapped() throws Exception {
        Link<Endpoint> serving = endpoints.plugin("a", "x", ANY);
        AtomicInteger lost = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> clients = new ArrayList<>();
        for (int each = 0; each < 4; each++) {
            Thread client = new Thread(() -> {
                while (!over.get()) {
                    lost.addAndGet(at("x").isPresent() ? 0 : 1);
                }
            });
            client.start();
            clients.add(client);
        }
        for (int swap = 0; swap < 2_000; swap++) {
            Link<Endpoint> next = FakeEndpoints.link("a", "x", ANY);
            endpoints.replace(serving, next);
            serving = next;
        }
        over.set(true);
        for (Thread client : clients) {
            client.join(10_000);
        }
        assertThat(lost).hasValue(0);
        assertThat(endpoints.held).hasValue(0);
    }
}
