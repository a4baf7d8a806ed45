package org.latchkey.procs.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.Test;
import org.latchkey.api.Refusal;

/** Row 127 and H-16, as far as a URL can be judged before it is called. */
public class CallbackUrlsTest {

    private final CallbackUrls urls = new CallbackUrls(Set.of("ci.internal", "10.0.0.7"));

    @Test
    public void row127HttpsOfAnyPublicOrListedHost() {
        for (String url : List.of(
                "",
                "https://ci.example.org/hook?run=1",
                "https://8.8.8.8:8443/x",
                "https://[2001:4860:4860::8888]/",
                "https://not-yet-known.invalid/",
                "https://ci.internal/",
                "https://10.0.0.7/")) {
            assertThat(urls.checked("/callback_url", url)).isEqualTo(url);
        }
    }

    @Test
    public void row127AndH16WhatLeadsInsideIsRefused() {
        for (String url : List.of(
                "http://ci.example.org/",
                "ftp://ci.example.org/",
                "file:///etc/passwd",
                "https:///x",
                "https://user:pass@ci.example.org/",
                "https://ci.example.org/#x",
                "https://a b/",
                "https://localhost/",
                "https://x.localhost/",
                "https://127.0.0.1/",
                "https://127.1/",
                "https://2130706433/",
                "https://0x7f000001/",
                "https://0177.0.0.1/",
                "https://0/",
                "https://10.0.0.8/",
                "https://169.254.169.254/latest/meta-data",
                "https://[::1]/",
                "https://[::ffff:7f00:1]/",
                "https://[fd00::1]/",
                "https://[fe80::1]/")) {
            assertThatThrownBy(() -> urls.checked("/callback_url", url))
                    .as(url)
                    .isInstanceOfSatisfying(
                            Refusal.class, no -> assertThat(no.pointer()).isEqualTo("/callback_url"));
        }
    }
}
