package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;
import org.latchkey.itest.server.Wire;

/** Attack case A-02: bodies that are not what they should be change nothing and are told where the fault is. */
public class MalformedBodyIT {

    @ClassRule
    public static final Server server = new Server();

    private static final String ENTITIES = "/api/v1/entities";
    private static final String VICTIM = ENTITIES + "/victim";

    private Http root;

    @Before
    public void createVictim() {
        root = server.root();
        root.delete(ENTITIES + "/intruder");
        root.post(ENTITIES, Map.of("id", "victim", "secret", "correct horse battery"));
    }

    @Test
    public void a02_unknownAndPrivilegedMembersAreRefused() {
        for (String member :
                List.of("capabilities", "groups", "locked", "has_secret", "version", "hash", "x", "ID", "")) {
            refused("POST", ENTITIES, "{\"id\":\"intruder\",\"" + member + "\":[\"GLOBAL_ROOT\"]}", "/" + member);
            refused("PATCH", VICTIM, "{\"meta\":{},\"" + member + "\":true}", "/" + member);
        }
        refused("PATCH", VICTIM, "{\"id\":\"intruder\"}", "/id");
        refused("PATCH", VICTIM, "{\"number\":1}", "/number");
        refused("PATCH", VICTIM, "{\"secret\":\"stolen horse battery\"}", "/secret");
        refused("PATCH", VICTIM, "{\"meta\":{\"locked\":\"x\"}}", "/meta/locked");
        refused("PATCH", VICTIM, "{\"meta\":{\"a/b~c\":\"x\"}}", "/meta/a~1b~0c");
        refused(
                "POST",
                "/api/v1/groups",
                "{\"name\":\"intruders\",\"capabilities\":[\"GLOBAL_ROOT\"]}",
                "/capabilities");
        refused("PUT", VICTIM + "/kv/k", "{\"values\":[\"a\"],\"more\":1}", "/more");
    }

    @Test
    public void a02_wrongTypesAndNullsAreRefused() {
        Map<String, String> faults = new LinkedHashMap<>();
        faults.put("{\"id\":null}", "/id");
        faults.put("{\"id\":1}", "/id");
        faults.put("{\"id\":[\"intruder\"]}", "/id");
        faults.put("{\"id\":{}}", "/id");
        faults.put("{}", "/id");
        faults.put("{\"id\":\"intruder\",\"number\":\"1\"}", "/number");
        faults.put("{\"id\":\"intruder\",\"number\":1.0}", "/number");
        faults.put("{\"id\":\"intruder\",\"number\":null}", "/number");
        faults.put("{\"id\":\"intruder\",\"number\":99999999999999999999}", "/number");
        faults.put("{\"id\":\"intruder\",\"secret\":null}", "/secret");
        faults.put("{\"id\":\"intruder\",\"secret\":\"\"}", "/secret");
        faults.put("{\"id\":\"intruder\",\"secret\":[\"x\"]}", "/secret");
        faults.put("{\"id\":\"intruder\",\"meta\":[]}", "/meta");
        faults.put("{\"id\":\"intruder\",\"meta\":{\"shell\":1}}", "/meta/shell");
        faults.put("{\"id\":\"intruder\",\"meta\":{\"shell\":\"a\\nb\"}}", "/meta/shell");
        faults.put("{\"id\":\"intruder\",\"kv\":{\"k\":\"v\"}}", "/kv/k");
        faults.put("{\"id\":\"intruder\",\"kv\":{\"k\":[\"v\",null]}}", "/kv/k/1");
        faults.put("{\"id\":\"intruder\",\"kv\":null}", "/kv");
        faults.forEach((body, pointer) -> refused("POST", ENTITIES, body, pointer));
        refused("PUT", VICTIM + "/kv/k", "{\"values\":[]}", "/values");
        refused("PUT", VICTIM + "/kv/k", "{\"values\":[1]}", "/values/0");
        refused("PUT", VICTIM + "/secret", "{\"secret\":null}", "/secret");
        refused("PUT", VICTIM + "/secret", "{}", "/secret");
    }

    @Test
    public void a02_aMemberThatIsThereTwiceIsRefused() {
        refused("POST", ENTITIES, "{\"id\":\"victim\",\"id\":\"intruder\"}", "/id");
        refused("POST", ENTITIES, "{\"id\":\"intruder\",\"i\\u0064\":\"intruder\"}", "/id");
        refused("POST", ENTITIES, "{\"id\":\"intruder\",\"meta\":{\"shell\":\"a\",\"shell\":\"b\"}}", "/meta/shell");
        refused("PUT", VICTIM + "/secret", "{\"secret\":\"one horse\",\"secret\":\"two horses\"}", "/secret");
    }

    @Test
    public void a02_whatIsNoJsonObjectIsRefused() {
        for (String body : List.of(
                "",
                " ",
                "null",
                "[]",
                "\"id\"",
                "1",
                "{",
                "{\"id\":\"intruder\"",
                "{\"id\":\"intruder\",}",
                "{'id':'intruder'}",
                "{id:\"intruder\"}",
                "{\"id\":\"intruder\"}{}",
                "{\"id\":\"intruder\"} x",
                "/**/{\"id\":\"intruder\"}",
                "{\"id\":\"intruder\",\"number\":NaN}",
                "{\"id\":\"intruder\",\"number\":Infinity}",
                "{\"id\":\"intruder\",\"number\":01}",
                "{\"id\":\"intruder\",\"number\":0x10}",
                "{\"id\":\"intruder\",\"number\":" + "9".repeat(10_000) + "}",
                "{\"id\":\"intr\nuder\"}",
                "{\"id\":\"intruder\",\"secret\":\"\\ud83d\"}",
                "id=intruder",
                "<id>intruder</id>")) {
            Http.Answer answer = root.send("POST", ENTITIES, body);
            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        }
        assertNothingStored();
    }

    @Test
    public void a02_deepAndLargeBodiesAreRefused() {
        for (int depth : new int[] {40, 1_000, 10_000}) {
            String deep = "[".repeat(depth) + "]".repeat(depth);
            assertThat(root.send("POST", ENTITIES, "{\"id\":\"intruder\",\"kv\":" + deep + "}")
                            .status())
                    .isEqualTo(400);
        }
        String large = "{\"id\":\"intruder\",\"meta\":{\"shell\":\"" + "x".repeat(70_000) + "\"}}";
        assertThat(root.send("POST", ENTITIES, large).status()).isEqualTo(413);
        assertThat(root.send("POST", ENTITIES, " ".repeat(70_000) + "{\"id\":\"intruder\"}")
                        .status())
                .isEqualTo(413);
        assertNothingStored();
    }

    @Test
    public void a02_tenMegabytesAreRefused() {
        String huge = "{\"id\":\"intruder\",\"meta\":{\"shell\":\"" + "x".repeat(10 << 20) + "\"}}";
        Wire.Answer answer = new Wire(server.port())
                .send("POST " + ENTITIES + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer "
                        + root.token().orElseThrow() + "\r\nContent-Type: application/json\r\nContent-Length: "
                        + huge.length() + "\r\n\r\n" + huge);
        assertThat(answer.status()).as("413, or broken off before all was sent").isIn(413, 0);
        assertNothingStored();
    }

    @Test
    public void a02_otherMediaTypesAreRefused() {
        for (String type :
                List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/json")) {
            assertThat(root.send(root.request(ENTITIES)
                                    .header("Content-Type", type)
                                    .POST(BodyPublishers.ofString("{\"id\":\"intruder\"}")))
                            .status())
                    .as(type)
                    .isEqualTo(415);
        }
        assertNothingStored();
    }

    @Test
    public void a02_onlyUtf8IsJson() {
        String body = "{\"id\":\"intruder\",\"meta\":{\"shell\":\"\u00E4\"}}";
        for (Charset charset :
                List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16, Charset.forName("UTF-32"))) {
            assertThat(root.send(root.request(ENTITIES)
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofByteArray(body.getBytes(charset))))
                            .status())
                    .as("RFC 8259, 8.1: " + charset)
                    .isEqualTo(400);
        }
        assertNothingStored();
    }

    private void refused(String method, String path, String body, String pointer) {
        Http.Answer answer = root.send(method, path, body);
        assertThat(answer.status()).as(method + " " + path + " " + body).isEqualTo(400);
        assertThat(answer.json().path("pointer").asText()).as(body).isEqualTo(pointer);
        assertThat(answer.body()).doesNotContain("horse");
        assertNothingStored();
    }

    private void assertNothingStored() {
        assertThat(root.get(ENTITIES + "/intruder").status()).isEqualTo(404);
        assertThat(root.get("/api/v1/groups/intruders").status()).isEqualTo(404);
        Http.Answer victim = root.get(VICTIM);
        assertThat(victim.json().path("version").asInt(1)).isEqualTo(1);
        assertThat(victim.json().path("kv")).isEmpty();
        assertThat(victim.json().path("meta")).isEmpty();
    }
}
