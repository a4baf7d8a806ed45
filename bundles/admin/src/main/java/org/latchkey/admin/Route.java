package org.latchkey.admin;

import java.io.IOException;
import org.latchkey.api.http.Response;

/**
 * One line of the route table.
 *
 * @param method HTTP method
 * @param template path below {@code /api/v1}, with {@code {name}} for an argument
 * @param access who may use it
 * @param accepts media type of the body it takes, empty if it takes none
 * @param handler what answers
 */
record Route(String method, String template, Access access, String accepts, Handler handler) {

    static final String JSON = "application/json";

    /** Answers a request that was let in. */
    @FunctionalInterface
    interface Handler {
        Response handle(Exchange exchange) throws IOException;
    }

    /** A route without a body. */
    static Route of(String method, String template, Access access, Handler handler) {
        return new Route(method, template, access, "", handler);
    }

    /** A route that takes a JSON body. */
    static Route json(String method, String template, Access access, Handler handler) {
        return new Route(method, template, access, JSON, handler);
    }
}
