package org.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.Test;
import org.latchkey.api.Refusal;
import org.latchkey.api.Secret;

public class JsonReaderTest {

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    public void readsEveryKindOfValueInOrder() throws IOException {
        Map<String, Object> members = JsonReader.read(
                bytes("{\"b\":true,\"a\":[1,-2,1.5,null,{\"secret\":\"no secret here\"}],\"z\":{},\"f\":false}"));
        assertThat(members.keySet()).containsExactly("b", "a", "z", "f");
        assertThat(members)
                .containsEntry("b", true)
                .containsEntry("z", Map.of())
                .containsEntry("a", List.of(1L, -2L, 1.5, JsonReader.NULL, Map.of("secret", "no secret here")));
    }

    @Test
    public void whatWasReadIsWiped() throws IOException {
        byte[] good = bytes("{\"secret\":\"hunter2\"}");
        assertThat(JsonReader.read(good).get("secret")).isInstanceOf(Secret.class);
        assertThat(good).containsOnly(0);
        byte[] bad = bytes("{\"secret\":\"hunter2\"");
        assertThatThrownBy(() -> JsonReader.read(bad)).isInstanceOf(Refusal.class);
        assertThat(bad).containsOnly(0);
    }

    @Test
    public void bytesThatAreNotUtf8AreRefused() {
        byte[] json = bytes("{\"id\":\"x\"}");
        json[7] = (byte) 0xff;
        assertThatThrownBy(() -> JsonReader.read(json)).isInstanceOf(Refusal.class);
    }
}
