package org.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Test;
import org.latchkey.api.MetaField;
import org.latchkey.api.Secret;

public class FieldsTest {

    private final TestApi api = new TestApi();

    @Test
    public void a02_badBodiesAreRefusedWithAPointer() throws IOException {
        Map<String, String> cases = new LinkedHashMap<>();
        cases.put("", "");
        cases.put("null", "");
        cases.put("[]", "");
        cases.put("\"x\"", "");
        cases.put("{", "");
        cases.put("{}", "/id");
        cases.put("{\"id\":\"x\"} {}", "");
        cases.put("{\"id\":\"x\"}x", "");
        cases.put("{\"id\":\"x\",}", "/id");
        cases.put("{'id':'x'}", "");
        cases.put("{\"id\":\"x\" /* comment */}", "/id");
        cases.put("{\"id\":null}", "/id");
        cases.put("{\"id\":7}", "/id");
        cases.put("{\"id\":[\"x\"]}", "/id");
        cases.put("{\"id\":\"x\",\"id\":\"y\"}", "/id");
        cases.put("{\"id\":\"\\ud800\"}", "/id");
        cases.put("{\"id\":\"a\u0001b\"}", "/id");
        cases.put("{\"id\":\"x\",\"number\":NaN}", "/number");
        cases.put("{\"id\":\"x\",\"number\":-Infinity}", "/number");
        cases.put("{\"id\":\"x\",\"number\":1.5}", "/number");
        cases.put("{\"id\":\"x\",\"number\":1e3}", "/number");
        cases.put("{\"id\":\"x\",\"number\":\"7\"}", "/number");
        cases.put("{\"id\":\"x\",\"number\":0}", "/number");
        cases.put("{\"id\":\"x\",\"number\":-1}", "/number");
        cases.put("{\"id\":\"x\",\"number\":9223372036854775808}", "/number");
        cases.put("{\"id\":\"x\",\"number\":" + "9".repeat(1000) + "}", "/number");
        cases.put("{\"id\":\"x\",\"number\":null}", "/number");
        cases.put("{\"id\":\"x\",\"secret\":null}", "/secret");
        cases.put("{\"id\":\"x\",\"secret\":7}", "/secret");
        cases.put("{\"id\":\"x\",\"secret\":{\"secret\":\"y\"}}", "/secret");
        cases.put("{\"id\":\"x\",\"secret\":\"a\",\"secret\":\"b\"}", "/secret");
        cases.put("{\"id\":\"x\",\"secret\":\"\\udc00\"}", "/secret");
        cases.put("{\"id\":\"x\",\"capabilities\":[\"GLOBAL_ROOT\"]}", "/capabilities");
        cases.put("{\"id\":\"x\",\"locked\":false}", "/locked");
        cases.put("{\"id\":\"x\",\"version\":9}", "/version");
        cases.put("{\"id\":\"x\",\"a/b~c\":1}", "/a~1b~0c");
        cases.put("{\"id\":\"x\",\"meta\":[]}", "/meta");
        cases.put("{\"id\":\"x\",\"meta\":null}", "/meta");
        cases.put("{\"id\":\"x\",\"meta\":{\"shell\":1}}", "/meta/shell");
        cases.put("{\"id\":\"x\",\"meta\":{\"SHELL\":\"x\"}}", "/meta/SHELL");
        cases.put("{\"id\":\"x\",\"meta\":{\"shell\":\"a\",\"shell\":\"b\"}}", "/meta/shell");
        cases.put("{\"id\":\"x\",\"kv\":{\"k\":\"v\"}}", "/kv/k");
        cases.put("{\"id\":\"x\",\"kv\":{\"k\":[\"v\",1]}}", "/kv/k/1");
        cases.put("{\"id\":\"x\",\"kv\":{\"k\":[null]}}", "/kv/k/0");
        for (Map.Entry<String, String> each : cases.entrySet()) {
            TestApi.Reply reply = api.asRoot("POST", "/entities", each.getKey());
            assertThat(reply.status()).as(each.getKey()).isEqualTo(400);
            assertThat(reply.pointer()).as(each.getKey()).isEqualTo(each.getValue());
        }
        assertThat(api.directory.entities).doesNotContainKey("x");
        assertThat(api.directory.callers).isEmpty();
    }

    @Test
    public void a02_deepNestingIsRefused() throws IOException {
        String deep = "{\"id\":\"x\",\"kv\":{\"k\":" + "[".repeat(100) + "]".repeat(100) + "}}";
        assertThat(api.asRoot("POST", "/entities", deep).status()).isEqualTo(400);
        assertThat(api.asRoot("POST", "/entities", "[".repeat(60_000)).status()).isEqualTo(400);
        assertThat(api.asRoot("POST", "/entities", "{\"a\":".repeat(10_000)).status())
                .isEqualTo(400);
    }

    @Test
    public void a02_aBodyOver64KibIsTooLarge() throws IOException {
        String filling = "x".repeat(64 * 1024 - 9);
        assertThat(api.asRoot("POST", "/entities", "{\"id\":\"" + filling + "\"}")
                        .status())
                .isEqualTo(201);
        assertThat(api.asRoot("POST", "/entities", "{\"id\":\"" + filling + "x\"}")
                        .status())
                .isEqualTo(413);
    }

    @Test
    public void aRefusalNeverRepeatsWhatWasSent() throws IOException {
        TestApi.Reply reply = api.asRoot("POST", "/entities", "{\"id\":\"x\",\"secret\":hunter2}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).doesNotContain("hunter2");
    }

    @Test
    public void readsEveryType() throws IOException {
        FakeRequest request = FakeRequest.of("POST", "/")
                .withBody(
                        "",
                        "{\"id\":\"ü😀\",\"number\":9007199254740993,\"secret\":\"s3cr\\u00e9t😀\","
                                + "\"meta\":{\"shell\":null,\"home\":\"/h\"},\"kv\":{\"k\":[\"a\",\"\"]},\"groups\":[]}");
        Secret secret;
        try (Fields fields = Fields.of(request, Set.of("id", "number", "secret", "meta", "kv", "groups"))) {
            assertThat(fields.text("id")).isEqualTo("ü😀");
            assertThat(fields.number("number")).contains(9007199254740993L);
            assertThat(fields.meta("meta")).isEqualTo(Map.of(MetaField.SHELL, "", MetaField.HOME, "/h"));
            assertThat(fields.lists("kv")).isEqualTo(Map.of("k", List.of("a", "")));
            assertThat(fields.texts("groups")).isEmpty();
            assertThat(fields.optionalText("absent")).isEmpty();
            assertThat(fields.optionalSecret("current")).isEmpty();
            secret = fields.secret("secret");
            assertThat(secret.chars()).isEqualTo("s3crét😀".toCharArray());
        }
        assertThat(secret.length()).isZero();
    }

    @Test
    public void aLongSecretArrivesWhole() throws IOException {
        String text = "ä".repeat(20_000);
        try (Fields fields = Fields.of(
                FakeRequest.of("POST", "/").withBody("", "{\"secret\":\"" + text + "\"}"), Set.of("secret"))) {
            assertThat(fields.secret("secret").chars()).isEqualTo(text.toCharArray());
        }
    }

    @Test
    public void onlyAtTheTopASecretIsOne() {
        FakeRequest request = FakeRequest.of("POST", "/").withBody("", "{\"kv\":{\"secret\":[\"x\"]}}");
        assertThatThrownBy(() -> Fields.of(request, Set.of())).hasMessageContaining("no such member");
    }
}
