package org.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Test;
import org.latchkey.api.Capability;

public class JsonWriterTest {

    private static String json(Map<String, ?> object) {
        return new String(JsonWriter.bytes(object), StandardCharsets.UTF_8);
    }

    @Test
    public void writesEveryType() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("text", "ü\"\n");
        object.put("number", 9007199254740993L);
        object.put("int", 7);
        object.put("bool", true);
        object.put("list", List.of("a", Map.of("b", 1)));
        object.put("set", Set.of(Capability.LOCK_ENTITY));
        object.put("time", Instant.EPOCH);
        object.put("empty", Map.of());
        assertThat(json(object))
                .isEqualTo("{\"text\":\"ü\\\"\\n\",\"number\":9007199254740993,\"int\":7,\"bool\":true,"
                        + "\"list\":[\"a\",{\"b\":1}],\"set\":[\"LOCK_ENTITY\"],\"time\":\"1970-01-01T00:00:00Z\","
                        + "\"empty\":{}}");
    }
}
