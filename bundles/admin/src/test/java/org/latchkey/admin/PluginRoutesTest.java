package org.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.Test;
import org.latchkey.testkit.MemoryPlugins;

public class PluginRoutesTest {

    private final TestApi api = new TestApi();

    private TestApi.Reply upload(String jar) throws IOException {
        return api.as("root", FakeRequest.of("POST", "/v1/plugins").withBody("application/java-archive", jar));
    }

    @Test
    public void aJarBecomesAPlugin() throws IOException {
        TestApi.Reply reply = upload("a jar");
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.headers()).containsEntry("Location", "/api/v1/plugins/org.example.plugin");
        assertThat(reply.text())
                .isEqualTo("{\"symbolic_name\":\"org.example.plugin\",\"version\":\"1.0.0\","
                        + "\"file\":\"org.example.plugin.jar\",\"sha256\":\"00ff\",\"state\":\"active\","
                        + "\"probation\":false,\"reason\":\"\",\"extensions\":[\"hook\"]}");
        assertThat(api.asRoot("GET", "/plugins").json().at("/plugins").size()).isEqualTo(1);
    }

    @Test
    public void p02_aRejectedJarHasItsReason() throws IOException {
        TestApi.Reply reply = upload("");
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.code()).isEqualTo("plugin-rejected");
    }

    @Test
    public void p10_anotherTypeIsNoJar() throws IOException {
        assertThat(api.asRoot("POST", "/plugins", "{}").status()).isEqualTo(415);
    }

    private TestApi.Reply check(String jar) throws IOException {
        return api.as("root", FakeRequest.of("POST", "/v1/plugins/check").withBody("application/java-archive", jar));
    }

    @Test
    public void p14_aCheckAnswersWhetherTheJarFitsAndInstallsNothing() throws IOException {
        assertThat(check("a jar").status()).isEqualTo(200);
        assertThat(check("a jar").text())
                .isEqualTo("{\"symbolic_name\":\"org.example.plugin\",\"version\":\"1.0.0\",\"fits\":true,"
                        + "\"serves\":true,\"findings\":[],\"replaces\":\"\",\"refreshed\":[],\"extensions\":[]}");
        TestApi.Reply broken = check("");
        assertThat(broken.status()).isEqualTo(200);
        assertThat(broken.json().at("/fits").asBoolean()).isFalse();
        assertThat(broken.json().at("/findings/0/state").asText()).isEqualTo("rejected");
        assertThat(broken.json().at("/findings/0/cause").asText()).isEqualTo("The file is empty.");
        assertThat(broken.json().at("/findings/0/fix").asText()).isEqualTo("Build it anew.");
        assertThat(api.asRoot("GET", "/plugins").json().at("/plugins").size()).isZero();
        assertThat(api.asRoot("POST", "/plugins/check", "{}").status()).isEqualTo(415);
    }

    @Test
    public void ofSeveralTheOneThatServesIsShown() throws IOException {
        api.plugins.with(MemoryPlugins.plugin("p", "2.0.0", "rejected", "It is broken."));
        api.plugins.with(MemoryPlugins.plugin("p", "1.0.0", "active", ""));
        api.plugins.with(MemoryPlugins.plugin("q", "1.0.0", "rejected", "It is broken."));
        assertThat(api.asRoot("GET", "/plugins/p").json().at("/version").asText())
                .isEqualTo("1.0.0");
        assertThat(api.asRoot("GET", "/plugins/q").json().at("/reason").asText())
                .isEqualTo("It is broken.");
        assertThat(api.asRoot("GET", "/plugins/r").status()).isEqualTo(404);
    }

    @Test
    public void aPluginCanBeRemoved() throws IOException {
        upload("a jar");
        assertThat(api.asRoot("DELETE", "/plugins/org.example.plugin").status()).isEqualTo(204);
        assertThat(api.asRoot("DELETE", "/plugins/org.example.plugin").status()).isEqualTo(404);
    }
}
