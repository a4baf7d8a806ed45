package org.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import org.junit.Test;
import org.latchkey.api.extension.DirectoryHook;
import org.latchkey.api.extension.HealthCheck;

public class SystemRoutesTest {

    private final TestApi api = new TestApi();

    @Test
    public void hooksShowsEveryChainInOrder() throws IOException {
        api.points.add(DirectoryHook.class, "org.example.b", false, new DirectoryHook() {});
        api.points.add(DirectoryHook.class, "org.example.a", false, new DirectoryHook() {});
        JsonNode json = api.asRoot("GET", "/hooks").json();
        assertThat(json.at("/points/1/point").asText()).isEqualTo("DirectoryHook");
        assertThat(json.at("/points/1/chain/0").toString())
                .isEqualTo("{\"name\":\"org.example.b.Main\",\"plugin\":\"org.example.b\",\"version\":\"1.0.0\","
                        + "\"core\":false,\"ranking\":0,\"policy\":\"\",\"state\":\"active\",\"reason\":\"\"}");
        assertThat(json.at("/points/1/chain/1/plugin").asText()).isEqualTo("org.example.a");
        assertThat(json.at("/operations/entity.create").toString()).isEqualTo("[\"load\",\"save\"]");
    }

    @Test
    public void row79_statusNamesTheFirstFailure() throws IOException {
        api.points.add(HealthCheck.class, "org.latchkey.store.sql", true, HealthTest.check("store", ""));
        JsonNode well = api.asRoot("GET", "/system/status").json();
        assertThat(well.at("/ok").asBoolean()).isTrue();
        assertThat(well.at("/first_failure").asText()).isEmpty();
        assertThat(well.at("/version").asText()).isEqualTo("0.1.0");
        assertThat(Instant.parse(well.at("/started_at").asText())).isBefore(Instant.now());
        assertThat(well.at("/java").asText()).isEqualTo(Runtime.version().toString());

        api.points.add(HealthCheck.class, "org.latchkey.auth", true, HealthTest.check("token-key", "There is none."));
        JsonNode ill = api.asRoot("GET", "/system/status").json();
        assertThat(ill.at("/ok").asBoolean()).isFalse();
        assertThat(ill.at("/first_failure").asText()).isEqualTo("token-key");
        assertThat(ill.at("/subsystems/1").toString())
                .isEqualTo("{\"name\":\"token-key\",\"ok\":false,\"fault\":\"There is none.\"}");
    }
}
