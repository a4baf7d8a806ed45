package org.latchkey.web.page;

import java.util.Map;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.kernel.ExtensionPoints;

/**
 * The page {@code error} of a status. It says what people can do about it and the request's id, by which the operator finds
 * the rest in the log; nothing of the request itself.
 */
public final class ErrorPages {

    private static final Map<Integer, String> MESSAGES = Map.of(
            404, "error.not-found",
            405, "error.not-allowed",
            413, "error.not-allowed",
            415, "error.not-allowed",
            429, "error.too-many",
            503, "error.not-available");

    private static final String PAGE = "error";

    private final Pages pages;

    public ErrorPages(ExtensionPoints points) {
        this.pages = new Pages(points);
    }

    /** The page as the theme for all has it. */
    public Response page(Request request, int status) {
        return pages.page(request, status, PAGE, "", Elsewhere.NOWHERE, values(request, status));
    }

    /** The server's own page, for which no plugin is asked. */
    public Response ownPage(Request request, int status) {
        return pages.own(request, status, PAGE, values(request, status));
    }

    private static Map<String, Object> values(Request request, int status) {
        return Map.of(
                "message", MESSAGES.getOrDefault(status, ""),
                "status", String.valueOf(status),
                "reference", request.id());
    }
}
