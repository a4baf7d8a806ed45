package org.latchkey.oauth.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.latchkey.api.http.Request;
import org.latchkey.oauth.Json;

/** The JSON object in the body of a request. */
public final class JsonBody {

    public static final String TYPE = "application/json";

    private static final long LONGEST = 64 * 1024;

    private JsonBody() {}

    /** Whether the request says that it is JSON. */
    public static boolean isStated(Request request) {
        String type = request.header("Content-Type").orElse("");
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT)
                .equals(TYPE);
    }

    /** The object, at most {@value #LONGEST} bytes long; nothing if it is none, or has a name twice. */
    public static Optional<Map<String, Object>> read(Request request) throws IOException {
        return Json.object(new String(request.body(LONGEST).readAllBytes(), StandardCharsets.UTF_8));
    }
}
