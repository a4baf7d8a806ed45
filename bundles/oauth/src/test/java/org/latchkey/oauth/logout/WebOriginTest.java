package org.latchkey.oauth.logout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.Test;

public class WebOriginTest {

    @Test
    public void itIsWrittenAsBrowsersWriteIt() {
        assertThat(WebOrigin.of("HTTPS://App.Example:443/cb?x=1")).contains("https://app.example");
        assertThat(WebOrigin.of("http://app.example:80")).contains("http://app.example");
        assertThat(WebOrigin.of("http://127.0.0.1:8080/cb")).contains("http://127.0.0.1:8080");
        assertThat(WebOrigin.of("https://[2001:DB8::1]:8443/")).contains("https://[2001:db8::1]:8443");
    }

    @Test
    public void whatIsNoPageOfTheWebHasNone() {
        for (String url : List.of(
                "",
                "com.example.app:/cb",
                "javascript:alert(1)",
                "https:///x",
                "https://me@app.example/",
                "https://app.example/#x",
                "https://a.example;script-src */",
                "//app.example/")) {
            assertThat(WebOrigin.of(url)).as(url).isEmpty();
        }
        assertThat(WebOrigin.orScheme("com.example.app:/bye")).isEqualTo("com.example.app:");
    }
}
