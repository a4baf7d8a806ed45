package org.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.Test;

public class RequestPathTest {

    @Test
    public void theFirstSegmentIsTheMount() {
        assertThat(RequestPath.of("/api/v1/x")).contains(new RequestPath("api", "/v1/x"));
        assertThat(RequestPath.of("/api/")).contains(new RequestPath("api", "/"));
        assertThat(RequestPath.of("/api")).contains(new RequestPath("api", "/"));
        assertThat(RequestPath.of("/")).contains(new RequestPath("", "/"));
        assertThat(RequestPath.of("/.well-known/x")).contains(new RequestPath(".well-known", "/x"));
        assertThat(RequestPath.of("/api/x/")).contains(new RequestPath("api", "/x/"));
    }

    @Test
    public void segmentsAreDecoded() {
        assertThat(RequestPath.of("/%61pi/a%20%C3%BC")).contains(new RequestPath("api", "/a ü"));
        assertThat(RequestPath.of("/api/%252f")).contains(new RequestPath("api", "/%2f"));
        assertThat(RequestPath.of("/api/...")).contains(new RequestPath("api", "/..."));
    }

    @Test
    public void a11_ambiguousPathsAreNone() {
        String[] ambiguous = {
            "",
            "api",
            "*",
            "//api",
            "/api//x",
            "/api/./x",
            "/api/../x",
            "/..",
            "/.",
            "/api/.",
            "/api/..",
            "/api/%2e/x",
            "/api/%2E%2e/x",
            "/api/.%2e",
            "/api;x=y/z",
            "/api/a;x",
            "/api/%3bx",
            "/api/a%2fb",
            "/api/a%2Fb",
            "/api/a%5cb",
            "/api/a\\b",
            "/api/a%00b",
            "/api/a%0ab",
            "/api/a%7f",
            "/api/%c0%af",
            "/api/%e4",
            "/api/%zz",
            "/api/%",
            "/api/ü",
            "/api/a b",
            "http://evil/api"
        };
        for (String raw : ambiguous) {
            assertThat(RequestPath.of(raw)).as(raw).isEmpty();
        }
    }
}
