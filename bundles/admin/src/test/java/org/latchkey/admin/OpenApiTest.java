package org.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.Test;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.MetaField;
import org.latchkey.api.kernel.PluginCheck;
import org.latchkey.api.service.Audit;
import org.latchkey.api.service.AuditEvent;
import org.latchkey.api.service.Explanation;
import org.latchkey.testkit.MemoryPlugins;

public class OpenApiTest {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
    private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)}");

    /** What the other two endpoints serve, beside the route table. */
    private static final List<String> OUTSIDE =
            List.of("GET /.well-known/jwks.json", "GET /healthz/live", "GET /healthz/ready");

    private final TestApi api = new TestApi();
    private final JsonNode document = read();

    private static JsonNode read() {
        try {
            return new ObjectMapper()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .readTree(OpenApi.document());
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** Every operation by method and path. */
    private Map<String, JsonNode> operations() {
        Map<String, JsonNode> operations = new TreeMap<>();
        document.at("/paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(member -> METHODS.contains(member.getKey()))
                .forEach(member ->
                        operations.put(member.getKey().toUpperCase() + " " + path.getKey(), member.getValue())));
        return operations;
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
    }

    private static List<String> keys(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    @Test
    public void routesAndDocumentAgree() {
        Set<String> routes = new TreeSet<>(OUTSIDE);
        api.endpoint.routes().forEach(route -> routes.add(route.method() + " " + route.template()));
        assertThat(operations().keySet()).isEqualTo(routes);
    }

    @Test
    public void theDocumentIsServed() throws IOException {
        TestApi.Reply reply = api.send(FakeRequest.of("GET", "/v1/openapi.json"));
        assertThat(reply.json()).isEqualTo(document);
        assertThat(document.at("/openapi").asText()).startsWith("3.1");
        assertThat(document.at("/servers/0/url").asText()).isEqualTo("/api/v1");
    }

    @Test
    public void everyOperationHasANameOfItsOwn() {
        assertThat(operations().values())
                .extracting(operation -> operation.path("operationId").asText())
                .doesNotContain("")
                .doesNotHaveDuplicates();
        assertThat(operations().values()).allMatch(operation -> operation.has("summary") && operation.has("tags"));
    }

    @Test
    public void accessAndDocumentAgree() {
        for (Route route : api.endpoint.routes()) {
            JsonNode operation = operations().get(route.method() + " " + route.template());
            boolean isPublic = route.access() == Access.PUBLIC;
            assertThat(operation.has("security")).as(route.template()).isEqualTo(isPublic);
            if (!isPublic) {
                assertThat(keys(operation.get("responses")))
                        .as(route.template())
                        .contains("401", "403");
            }
        }
    }

    @Test
    public void bodiesAndDocumentAgree() {
        for (Route route : api.endpoint.routes()) {
            JsonNode operation = operations().get(route.method() + " " + route.template());
            List<String> types = keys(operation.at("/requestBody/content"));
            assertThat(types)
                    .as(route.template())
                    .isEqualTo(route.accepts().isEmpty() ? List.of() : List.of(route.accepts()));
            if (!types.isEmpty()) {
                assertThat(keys(operation.get("responses"))).contains("400", "413", "415");
            }
        }
    }

    @Test
    public void everyOperationHasItsSuccessAndItsErrors() {
        operations().forEach((name, operation) -> {
            List<String> codes = keys(operation.get("responses"));
            assertThat(codes).as(name).anyMatch(code -> code.startsWith("2")).contains("default");
            for (String code : codes) {
                JsonNode response = resolved(operation.at("/responses/" + code));
                assertThat(response.path("description").asText()).as(name).isNotEmpty();
                if (!code.startsWith("2") && !name.equals("GET /healthz/ready")) {
                    assertThat(keys(response.get("content"))).as(name).containsExactly("application/problem+json");
                }
            }
        });
    }

    @Test
    public void everyPlaceInAPathIsAParameter() {
        document.at("/paths").properties().forEach(path -> {
            List<String> places = new ArrayList<>();
            Matcher matcher = PLACE.matcher(path.getKey());
            while (matcher.find()) {
                places.add(matcher.group(1));
            }
            List<String> described = new ArrayList<>();
            path.getValue().path("parameters").forEach(parameter -> {
                assertThat(resolved(parameter).path("in").asText()).isEqualTo("path");
                described.add(resolved(parameter).path("name").asText());
            });
            assertThat(described).as(path.getKey()).isEqualTo(places);
        });
    }

    @Test
    public void everyReferenceLeadsSomewhere() {
        document.findValuesAsText("$ref").forEach(reference -> assertThat(
                        document.at(reference.substring(1)).isMissingNode())
                .as(reference)
                .isFalse());
    }

    @Test
    public void theSchemasAreThoseOfTheValues() {
        assertThat(keys(document.at("/components/schemas/Entity/properties")))
                .isEqualTo(List.copyOf(Entity.named("x").json().keySet()));
        assertThat(keys(document.at("/components/schemas/Group/properties")))
                .isEqualTo(List.copyOf(Group.named("x").json().keySet()));
        assertThat(keys(document.at("/components/schemas/Plugin/properties")))
                .isEqualTo(List.copyOf(
                        MemoryPlugins.plugin("x", "1", "active", "").json().keySet()));
        PluginCheck check =
                new PluginCheck("x", "1", List.of(PluginCheck.Finding.idle("y", "z")), "", List.of(), List.of());
        assertThat(keys(document.at("/components/schemas/PluginCheck/properties")))
                .isEqualTo(List.copyOf(check.json().keySet()));
        assertThat(keys(document.at("/components/schemas/PluginCheck/properties/findings/items/properties")))
                .isEqualTo(List.copyOf(check.findings().get(0).json().keySet()));
        Explanation.Expected expected = new Explanation.Expected("x", "x", "x", "1", "runs", "", "", "");
        Explanation explanation = new Explanation("x", "x", List.of(expected), List.of(), List.of(), List.of(), "", "");
        assertThat(keys(document.at("/components/schemas/Explanation/properties")))
                .isEqualTo(List.copyOf(explanation.json().keySet()));
        Map<?, ?> asked = (Map<?, ?>) ((List<?>) explanation.json().get("authenticators")).get(0);
        assertThat(keys(document.at("/components/schemas/ExpectedExtension/properties")))
                .isEqualTo(List.copyOf(asked.keySet()));
        Audit.Entry entry = new Audit.Entry(1, AuditEvent.of("x", "x", "x", Map.of()), "");
        assertThat(keys(document.at("/components/schemas/AuditEntry/properties")))
                .isEqualTo(List.copyOf(entry.json().keySet()));
        assertThat(keys(document.at("/components/schemas/Meta/properties")))
                .isEqualTo(Stream.of(MetaField.values()).map(MetaField::key).toList());
        List<String> capabilities = new ArrayList<>();
        document.at("/components/schemas/Capability/enum").forEach(name -> capabilities.add(name.asText()));
        assertThat(capabilities)
                .isEqualTo(Stream.of(Capability.values()).map(Enum::name).toList());
    }
}
