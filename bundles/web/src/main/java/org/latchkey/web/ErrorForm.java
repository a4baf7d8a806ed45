package org.latchkey.web;

import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.web.page.ErrorPages;

/**
 * The form of an error that the server tells in its own words: a page for browsers, a problem document (RFC 9457) for
 * programs, and always that below the mounts that only programs use. What an endpoint says itself stays as it is.
 */
final class ErrorForm {

    private static final Set<String> FOR_PROGRAMS = Set.of("api", "healthz", "metrics", ".well-known");

    private final ErrorPages pages;

    ErrorForm(ExtensionPoints points) {
        this.pages = new ErrorPages(points);
    }

    /** A problem as this client wants it, as the theme has it. */
    Response of(Problem problem, String mount, Request request) {
        return of(problem, mount, request, pages::page);
    }

    /** The same without asking a theme, which might hang as something else does. */
    Response withoutTheme(Problem problem, String mount, Request request) {
        return of(problem, mount, request, pages::ownPage);
    }

    /** The answer itself, but for an error that is a bare status. */
    Response complete(Response answer, String mount, Request request) {
        if (answer.status() < 400
                || answer.body().length > 0
                || answer.content().isPresent()
                || answer.feed().isPresent()) {
            return answer;
        }
        Response complete = of(Problem.of(answer.status(), ""), mount, request);
        for (Map.Entry<String, String> header : answer.headers().entrySet()) {
            if (!header.getKey().equalsIgnoreCase("Content-Type")) {
                complete = complete.withHeader(header.getKey(), header.getValue());
            }
        }
        return new Response(
                complete.status(), complete.headers(), complete.body(), complete.content(), answer.cookies());
    }

    private Response of(Problem problem, String mount, Request request, BiFunction<Request, Integer, Response> page) {
        Response document = problem.answer(request.id());
        if (FOR_PROGRAMS.contains(mount)) {
            return document;
        }
        Response answer = document;
        if (new Wish(request.header("Accept").orElse("")).isForPages()) {
            answer = page.apply(request, problem.status());
            String retry = document.headers().get("Retry-After");
            answer = retry == null ? answer : answer.withHeader("Retry-After", retry);
        }
        return answer.withHeader("Vary", "Accept");
    }
}
