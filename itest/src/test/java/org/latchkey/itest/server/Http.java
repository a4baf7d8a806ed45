package org.latchkey.itest.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A client of the server, as somebody or as nobody. */
public final class Http {

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** What came back. */
    public record Answer(int status, String body, HttpResponse<String> response) {

        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException noJson) {
                throw new AssertionError(status + " is no JSON: " + body, noJson);
            }
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    private final String base;
    private final Optional<String> token;

    public Http(String base) {
        this(base, Optional.empty());
    }

    private Http(String base, Optional<String> token) {
        this.base = base;
        this.token = token;
    }

    public Http withToken(String bearer) {
        return new Http(base, Optional.of(bearer));
    }

    public Http signedInAs(String id, String secret) {
        Answer answer = post("/api/v1/auth/token", Map.of("id", id, "secret", secret));
        if (answer.status() != 200) {
            throw new AssertionError(id + " cannot sign in: " + answer.status() + " " + answer.body());
        }
        return withToken(answer.json().path("token").asText());
    }

    public Optional<String> token() {
        return token;
    }

    public Answer get(String path) {
        return send(request(path).GET());
    }

    public Answer delete(String path) {
        return send(request(path).DELETE());
    }

    public Answer post(String path, Object body) {
        return send("POST", path, body);
    }

    /** Sends it with what {@code more} adds to the request. */
    public Answer post(String path, Object body, UnaryOperator<HttpRequest.Builder> more) {
        return send(more.apply(request(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json(body))));
    }

    public Answer put(String path, Object body) {
        return send("PUT", path, body);
    }

    public Answer patch(String path, Object body) {
        return send("PATCH", path, body);
    }

    /** Sends an object as JSON, or a text as it is. */
    public Answer send(String method, String path, Object body) {
        String content = body instanceof String text ? text : json(body);
        return send(request(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(content)));
    }

    /** Sends nothing. */
    public Answer send(String method, String path) {
        return send(request(path).method(method, BodyPublishers.noBody()));
    }

    public Answer upload(Path jar) {
        return upload("/api/v1/plugins", jar);
    }

    /** Asks what would become of a jar. */
    public Answer check(Path jar) {
        return upload("/api/v1/plugins/check", jar);
    }

    private Answer upload(String path, Path jar) {
        try {
            return send(request(path)
                    .header("Content-Type", "application/java-archive")
                    .POST(BodyPublishers.ofFile(jar)));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(30));
        token.ifPresent(bearer -> builder.header("Authorization", "Bearer " + bearer));
        return builder;
    }

    public Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** Whether a plugin serves, by its symbolic name; it may still be on probation. */
    public boolean serves(String plugin) {
        return state(plugin).equals("active");
    }

    public boolean isOnProbation(String plugin) {
        return serves(plugin) && plugin(plugin, "probation").equals("true");
    }

    /** Whether a plugin serves and its probation is over. */
    public boolean isProven(String plugin) {
        Answer answer = get("/api/v1/plugins/" + plugin);
        return answer.status() == 200
                && answer.json().path("state").asText().equals("active")
                && !answer.json().path("probation").asBoolean(true);
    }

    /** The state of a plugin, empty if there is none of that name. */
    public String state(String plugin) {
        return plugin(plugin, "state");
    }

    public String version(String plugin) {
        return plugin(plugin, "version");
    }

    private String plugin(String plugin, String member) {
        Answer answer = get("/api/v1/plugins/" + plugin);
        return answer.status() == 200 ? answer.json().path(member).asText() : "";
    }

    /** Whether somebody may sign in. */
    public boolean check(String id, String secret) {
        int status =
                post("/api/v1/auth/check", Map.of("id", id, "secret", secret)).status();
        if (status != 204 && status != 401) {
            throw new AssertionError("auth/check answered " + status);
        }
        return status == 204;
    }

    private static String json(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
