package org.latchkey.oauth.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Test;
import org.latchkey.api.oauth.Client;

public class RedirectUrisTest {

    private static RegisteredClient client(String... redirectUris) {
        return new RegisteredClient(
                new Client("app", Map.of("redirect_uris", List.of(redirectUris)), List.of(), false, Set.of()));
    }

    @Test
    public void o01_nothingButTheRegisteredCharactersMatches() {
        RegisteredClient client = client("https://app.example/cb", "https://app.example/q?a=b");
        assertThat(client.hasRedirectUri("https://app.example/cb")).isTrue();
        assertThat(client.hasRedirectUri("https://app.example/q?a=b")).isTrue();
        for (String bad : List.of(
                "",
                "https://app.example/cb/",
                "https://app.example/cb/more",
                "https://app.example/cb/..",
                "https://app.example/x/../cb",
                "https://app.example/%63b",
                "https://app.example/cb/%2e%2e/evil",
                "https://app.example/cb%252f..",
                "https://app.example\\cb",
                "https://app.example/cb\\@evil.example",
                "https://app.example@evil.example/cb",
                "https://app.example.evil.example/cb",
                "https://user@app.example/cb",
                "https://user:pw@app.example/cb",
                "https://app.example./cb",
                "https://app.example/cb#",
                "https://app.example/cb#evil",
                "https://app.example/CB",
                "https://APP.example/cb",
                "HTTPS://app.example/cb",
                "http://app.example/cb",
                "https://app.example:443/cb",
                "https://app.example:8443/cb",
                "https://app.example/cb?",
                "https://app.example/cb?x=1",
                "https://app.example/q",
                "https://app.example/q?a=b&c=d",
                "https://app.example/q?a=b&a=c",
                "https://app.example/q?a=%62",
                " https://app.example/cb",
                "https://app.example/cb ",
                "https://app.example/cb\n",
                "//app.example/cb",
                "/cb")) {
            assertThat(client.hasRedirectUri(bad)).as(bad).isFalse();
        }
    }

    @Test
    public void o02_ofALoopbackAddressThePortAloneMayDiffer() {
        RegisteredClient client = client(
                "http://127.0.0.1/cb", "http://[::1]:4000/cb?x=1", "http://localhost:3000/cb", "http://192.0.2.1/cb");
        for (String good : List.of(
                "http://127.0.0.1/cb",
                "http://127.0.0.1:1/cb",
                "http://127.0.0.1:51004/cb",
                "http://[::1]:4000/cb?x=1",
                "http://[::1]:65535/cb?x=1",
                "http://[::1]/cb?x=1",
                "http://localhost:3000/cb",
                "http://192.0.2.1/cb")) {
            assertThat(client.hasRedirectUri(good)).as(good).isTrue();
        }
        for (String bad : List.of(
                "http://127.0.0.1:0/cb",
                "http://127.0.0.1:65536/cb",
                "http://127.0.0.1:/cb",
                "http://127.0.0.1:+80/cb",
                "http://127.0.0.1:80",
                "http://127.0.0.1:80/",
                "http://127.0.0.1:80/cb?x=1",
                "http://127.0.0.1:80/cb/..",
                "http://127.0.0.1:80/cb#f",
                "http://127.0.0.1:80@evil.example/cb",
                "http://127.0.0.1.evil.example/cb",
                "http://127.0.0.2:80/cb",
                "http://127.1:80/cb",
                "http://2130706433:80/cb",
                "http://0.0.0.0:80/cb",
                "https://127.0.0.1:80/cb",
                "http://[::1]:4000/cb",
                "http://[::1]:4000/cb?x=2",
                "http://[::1]:4000/cb?x=1&y=2",
                "http://[0:0:0:0:0:0:0:1]:4000/cb?x=1",
                "http://localhost/cb",
                "http://localhost:3001/cb",
                "http://127.0.0.1:3000/cbx",
                "http://192.0.2.1:80/cb")) {
            assertThat(client.hasRedirectUri(bad)).as(bad).isFalse();
        }
    }

    @Test
    public void o03_whatABrowserRunsIsRefusedAlsoIfAPluginRegisteredIt() {
        for (String uri : List.of(
                "javascript:alert(1)",
                "JavaScript://app.example/%0aalert(1)",
                "data:text/html,x",
                "vbscript:x",
                "blob:https://app.example/1",
                "file:///etc/passwd",
                "https://app.example/cb#frag",
                "https://user@app.example/cb",
                "relative")) {
            assertThat(client(uri).hasRedirectUri(uri)).as(uri).isFalse();
        }
        assertThat(client("org.example.app:/cb").hasRedirectUri("org.example.app:/cb"))
                .isTrue();
    }
}
