package org.latchkey.kernel.why.plugin;

import org.latchkey.api.http.Endpoint;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;

/** Answers nothing much; put into jars. */
public final class Page implements Endpoint {

    @Override
    public Response handle(Request request) {
        return Response.empty(204);
    }
}
