package org.latchkey.admin;

import java.nio.charset.StandardCharsets;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Endpoint;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.Tokens;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code /.well-known/jwks.json}: the public keys with which anybody can check a token (RFC 7517). */
@Component(service = Endpoint.class, property = Endpoint.MOUNT + "=.well-known")
public final class WellKnownEndpoint implements Endpoint {

    private final Tokens tokens;

    @Activate
    public WellKnownEndpoint(@Reference Tokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public Response handle(Request request) {
        if (!request.path().equals("/jwks.json")) {
            throw Refusal.of(Refusal.Kind.NOT_FOUND, "not-found", "There is nothing at this path.");
        }
        if (!request.method().equals("GET")) {
            return Response.empty(405).withHeader("Allow", "GET, HEAD");
        }
        return Response.of(200, "application/jwk-set+json", tokens.keySet().getBytes(StandardCharsets.UTF_8))
                .withHeader("Cache-Control", "public, max-age=300");
    }
}
