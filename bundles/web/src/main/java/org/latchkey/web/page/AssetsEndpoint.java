package org.latchkey.web.page;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latchkey.api.http.Endpoint;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The files of themes, at {@code /assets/<theme>/<file>}. */
@Component(service = Endpoint.class, property = Endpoint.MOUNT + "=assets")
public final class AssetsEndpoint implements Endpoint {

    private static final Pattern PATH =
            Pattern.compile("/([A-Za-z0-9._-]{1,128})/([A-Za-z0-9_-][A-Za-z0-9._-]{0,127})");

    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "jpg", "image/jpeg",
            "webp", "image/webp",
            "ico", "image/x-icon",
            "woff2", "font/woff2");

    private static final int LARGEST = 1 << 20;

    private final Pages pages;

    @Activate
    public AssetsEndpoint(@Reference PageSignIn signIn) {
        this.pages = signIn.pages();
    }

    @Override
    public Response handle(Request request) throws IOException {
        if (!request.method().equals("GET")) {
            return Response.empty(405).withHeader("Allow", "GET, HEAD");
        }
        Matcher path = PATH.matcher(request.path());
        if (!path.matches()) {
            return Response.empty(404);
        }
        String file = path.group(2);
        String type = TYPES.get(file.substring(file.lastIndexOf('.') + 1));
        Optional<byte[]> content = type == null ? Optional.empty() : content(path.group(1), file);
        return content.filter(bytes -> bytes.length <= LARGEST)
                .map(bytes -> Response.of(200, type, bytes).withHeader("Cache-Control", "public, max-age=60"))
                .orElseGet(() -> Response.empty(404));
    }

    private Optional<byte[]> content(String theme, String file) throws IOException {
        return theme.equals(Pages.BUILT_IN) ? builtIn(file) : pages.asset(theme, file);
    }

    private static Optional<byte[]> builtIn(String file) throws IOException {
        if (!file.equals("latchkey.css")) {
            return Optional.empty();
        }
        try (InputStream in = AssetsEndpoint.class.getResourceAsStream(file)) {
            return Optional.of(in.readAllBytes());
        }
    }
}
