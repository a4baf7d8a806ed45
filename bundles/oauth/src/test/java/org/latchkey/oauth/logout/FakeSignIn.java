package org.latchkey.oauth.logout;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.latchkey.api.http.Cookie;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.Sessions;
import org.latchkey.api.service.Sessions.Session;
import org.latchkey.api.service.SignIn;

/** Shows pages as their names, and keeps the values of the last one; one browser, with one session or none. */
final class FakeSignIn implements SignIn {

    static final String TOKEN = "good";

    Optional<Session> session = Optional.empty();
    Map<String, Object> shown = Map.of();

    @Override
    public Optional<Session> session(Request request) {
        return session;
    }

    @Override
    public Response show(Request request, int status, String page, String theme, Map<String, Object> values) {
        shown = new LinkedHashMap<>(values);
        return Response.text(status, page);
    }

    @Override
    public Response withToken(Request request, Function<String, Response> page) {
        return page.apply(TOKEN);
    }

    @Override
    public boolean isGenuine(Request request, Map<String, List<String>> form) {
        return form.getOrDefault("token", List.of()).equals(List.of(TOKEN));
    }

    @Override
    public Response withoutSession(Response answer) {
        return answer.withCookie(Cookie.gone("session"));
    }

    @Override
    public String browserState(Session some) {
        return "state-of-" + some.id();
    }

    @Override
    public Response withBrowserState(Response answer, Session some) {
        return answer.withCookie(Cookie.of(BROWSER_STATE, browserState(some)));
    }

    @Override
    public Outcome arrive(Request request, Purpose purpose, Demand demand) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<SignedIn> recognized(Request request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Response page(Request request, Purpose purpose) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Response page(Request request, Purpose purpose, int status, String message) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Outcome submit(Request request, Purpose purpose, Map<String, List<String>> form) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Response further(Request request, Purpose purpose, Further further) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Proving prove(Request request, Purpose purpose, Further further, Map<String, List<String>> form) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Response withSession(Response answer, Sessions.Begun begun) {
        throw new UnsupportedOperationException();
    }
}
