package org.latchkey.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The description of the API (OpenAPI 3.1), written by hand and shipped as a resource. */
final class OpenApi {

    private OpenApi() {}

    static byte[] document() {
        try (InputStream resource = OpenApi.class.getResourceAsStream("openapi.json")) {
            return resource.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
