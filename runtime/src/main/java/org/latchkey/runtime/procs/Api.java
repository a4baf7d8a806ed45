package org.latchkey.runtime.procs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * The HTTP API of the procs. Nothing is asked twice, and no redirect is followed, for the credentials would go with it. No
 * {@code Client-Version} is sent: it is the version of Proctor's client, which the server may want to be newer.
 */
final class Api {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ClientSettings settings;
    private final URI address;
    private final HttpClient http;

    Api(ClientSettings settings) {
        this.settings = settings;
        this.address = settings.address();
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** A path of these segments, each encoded. */
    static String path(String... segments) {
        return Arrays.stream(segments)
                .map(each ->
                        "/" + URLEncoder.encode(each, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining());
    }

    JsonNode get(String path) {
        return answer(send(request(path).GET().build(), BodyHandlers.ofString()));
    }

    JsonNode post(String path, JsonNode body) {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/json");
        return answer(
                send(request.POST(BodyPublishers.ofString(body.toString())).build(), BodyHandlers.ofString()));
    }

    /** What the server says of it, if anything, is for people. */
    void delete(String path) {
        requireFine(send(request(path).DELETE().build(), BodyHandlers.ofString()));
    }

    /**
     * The body of an answer that may go on for hours; the timeout bounds only the wait for its beginning.
     *
     * @param headers besides the credentials
     */
    InputStream stream(String path, Map<String, String> headers) throws IOException {
        HttpRequest.Builder request = request(path);
        headers.forEach(request::setHeader);
        HttpResponse<InputStream> response = send(request.GET().build(), BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            try (InputStream body = response.body()) {
                String text = new String(body.readNBytes(1 << 16), StandardCharsets.UTF_8);
                throw Faults.of(response.statusCode(), text, settings);
            }
        }
        return response.body();
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address + path)).header("Accept", "application/json");
        try {
            settings.credentials().forEach(request::header);
        } catch (IllegalArgumentException unsendable) {
            throw ClientFailure.misused(
                    "EMAIL_ID, ACCESS_TOKEN or LATCHKEY_TOKEN has characters that no header may have");
        }
        return request;
    }

    private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
        CompletableFuture<HttpResponse<T>> response = http.sendAsync(request, handler);
        try {
            return response.get(settings.timeout().toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            response.cancel(true);
            throw Faults.late(address, settings);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw ClientFailure.unreachable("interrupted");
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof HttpTimeoutException
                    ? Faults.late(address, settings)
                    : Faults.unreachable(address, failed.getCause());
        }
    }

    /** Nothing is a missing node. */
    private JsonNode answer(HttpResponse<String> response) {
        requireFine(response);
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException malformed) {
            throw ClientFailure.refused(
                    address + " does not answer with JSON: is PROCTOR_HOST the address of the procs, such"
                            + " as HOST:PORT/procs?");
        }
    }

    private void requireFine(HttpResponse<String> response) {
        int status = response.statusCode();
        if (status < 200 || status > 299) {
            throw Faults.of(status, response.body(), settings);
        }
    }
}
