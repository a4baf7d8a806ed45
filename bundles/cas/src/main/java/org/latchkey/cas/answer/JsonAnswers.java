package org.latchkey.cas.answer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.latchkey.api.http.Response;

/**
 * The answers in JSON (CAS 3.0.3, sections 2.5.2 and 2.7.2; the latter has {@code authenticationFailure} for a proxy's
 * failure too). There is no key but those of the protocol, outside of the attributes, since the Java client refuses any
 * other. An attribute with one value is a string, with several an array.
 */
public final class JsonAnswers implements Answers {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int USUAL_LENGTH = 1024;

    @FunctionalInterface
    private interface Content {
        void writeTo(JsonGenerator json) throws IOException;
    }

    @Override
    public Response success(Success success) {
        return answer("authenticationSuccess", json -> {
            string(json, "user", success.user());
            if (success.pgtIou().isPresent()) {
                string(json, "proxyGrantingTicket", success.pgtIou().get());
            }
            if (!success.proxies().isEmpty()) {
                json.writeArrayFieldStart("proxies");
                strings(json, success.proxies());
                json.writeEndArray();
            }
            if (success.tellsAttributes()) {
                json.writeObjectFieldStart("attributes");
                attributes(json, success);
                json.writeEndObject();
            }
        });
    }

    private static void attributes(JsonGenerator json, Success success) throws IOException {
        json.writeStringField("authenticationDate", success.authenticatedAt().toString());
        json.writeBooleanField("longTermAuthenticationRequestTokenUsed", success.remembered());
        json.writeBooleanField("isFromNewLogin", success.fromNewLogin());
        for (Map.Entry<String, List<String>> attribute : success.claims().entrySet()) {
            List<String> values = attribute.getValue();
            if (values.size() == 1) {
                string(json, attribute.getKey(), values.get(0));
            } else {
                json.writeArrayFieldStart(attribute.getKey());
                strings(json, values);
                json.writeEndArray();
            }
        }
    }

    @Override
    public Response failure(Failure failure) {
        return answer("authenticationFailure", json -> {
            string(json, "code", failure.code().name());
            string(json, "description", failure.message());
        });
    }

    @Override
    public Response proxySuccess(String proxyTicket) {
        return answer("proxySuccess", json -> string(json, "proxyTicket", proxyTicket));
    }

    @Override
    public Response proxyFailure(Failure failure) {
        return failure(failure);
    }

    private static void strings(JsonGenerator json, List<String> values) throws IOException {
        for (String value : values) {
            json.writeString(Characters.allowed(value));
        }
    }

    /** What XML would not carry is replaced here too, so that nobody's name depends on the format. */
    private static void string(JsonGenerator json, String key, String value) throws IOException {
        json.writeStringField(key, Characters.allowed(value));
    }

    private static Response answer(String key, Content content) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(USUAL_LENGTH);
        try (JsonGenerator json = FACTORY.createGenerator(body)) {
            json.writeStartObject();
            json.writeObjectFieldStart("serviceResponse");
            json.writeObjectFieldStart(key);
            content.writeTo(json);
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Response.of(200, "application/json", body.toByteArray());
    }
}
