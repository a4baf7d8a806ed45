package org.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.Test;

public class RouterTest {

    private static Route route(String method, String template) {
        return Route.of(method, template, Access.TOKEN, exchange -> Replies.done());
    }

    private final Router router = new Router(List.of(
            route("GET", "/a"),
            route("PUT", "/a"),
            route("GET", "/a/{x}"),
            route("GET", "/a/fixed"),
            route("DELETE", "/a/{x}/b/{y}")));

    @Test
    public void findsTheRoutesOfAPath() {
        assertThat(router.match("/a").orElseThrow().routes()).containsOnlyKeys("GET", "PUT");
        assertThat(router.match("/a").orElseThrow().arguments()).isEmpty();
        assertThat(router.match("/a/1").orElseThrow().arguments()).containsExactly("1");
        assertThat(router.match("/a/1/b/2").orElseThrow().arguments()).containsExactly("1", "2");
    }

    @Test
    public void aLiteralGoesBeforeAnArgument() {
        assertThat(router.match("/a/fixed").orElseThrow().arguments()).isEmpty();
    }

    @Test
    public void everythingElseIsNowhere() {
        for (String path :
                new String[] {"", "/", "/b", "/a/", "/a//", "/a/1/", "/a/1/b", "/a/1/c/2", "/a/1/b/2/3", "a"}) {
            assertThat(router.match(path)).as(path).isEmpty();
        }
    }

    @Test
    public void allowsWhatThereIs() {
        assertThat(router.match("/a").orElseThrow().allow()).isEqualTo("GET, PUT, HEAD, OPTIONS");
        assertThat(router.match("/a/1/b/2").orElseThrow().allow()).isEqualTo("DELETE, OPTIONS");
    }

    @Test
    public void twoRoutesOfOneKindAreAMistake() {
        List<Route> twice = List.of(route("GET", "/a/{x}"), route("GET", "/a/{y}"));
        assertThatThrownBy(() -> new Router(twice)).isInstanceOf(IllegalArgumentException.class);
    }
}
