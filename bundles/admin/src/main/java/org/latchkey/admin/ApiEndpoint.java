package org.latchkey.admin;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Endpoint;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Plugins;
import org.latchkey.api.service.Audit;
import org.latchkey.api.service.Authentication;
import org.latchkey.api.service.Directory;
import org.latchkey.api.service.DirectoryWriter;
import org.latchkey.api.service.Notices;
import org.latchkey.api.service.Operations;
import org.latchkey.api.service.Tokens;
import org.latchkey.api.service.Transfer;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The REST API at {@code /api/v1}. Whoever has no valid token gets the same 401 from every path that is not
 * public, whether there is anything at it or not.
 */
@Component(service = Endpoint.class, property = Endpoint.MOUNT + "=api")
public final class ApiEndpoint implements Endpoint {

    private static final String VERSION = "/v1";
    private static final String SCHEME = "Bearer ";

    private final Tokens tokens;
    private final List<Route> routes;
    private final Router router;

    @Activate
    public ApiEndpoint(
            @Reference Authentication authentication,
            @Reference Tokens tokens,
            @Reference Directory directory,
            @Reference DirectoryWriter writer,
            @Reference Operations operations,
            @Reference Plugins plugins,
            @Reference ExtensionPoints points,
            @Reference Audit audit,
            @Reference Transfer transfer,
            @Reference Notices notices,
            BundleContext context) {
        this(
                authentication,
                tokens,
                directory,
                writer,
                operations,
                plugins,
                points,
                audit,
                transfer,
                notices,
                Objects.requireNonNullElse(context.getProperty("latchkey.version"), ""));
    }

    ApiEndpoint(
            Authentication authentication,
            Tokens tokens,
            Directory directory,
            DirectoryWriter writer,
            Operations operations,
            Plugins plugins,
            ExtensionPoints points,
            Audit audit,
            Transfer transfer,
            Notices notices,
            String version) {
        this.tokens = tokens;
        this.routes = Stream.of(
                        new AuthRoutes(authentication, tokens).routes(),
                        new EntityRoutes(directory, writer).routes(),
                        new GroupRoutes(directory, writer).routes(),
                        new RuleRoutes(directory, writer).routes(),
                        new KeyRoutes(directory, writer).routes(),
                        new KvRoutes(List.of(KvOwners.entities(directory, writer), KvOwners.groups(directory, writer)))
                                .routes(),
                        new CapabilityRoutes(directory, writer).routes(),
                        new TransferRoutes(transfer).routes(),
                        new PluginRoutes(plugins).routes(),
                        new HookRoutes(points, operations).routes(),
                        new AuditRoutes(audit, authentication, operations).routes(),
                        new NoticeRoutes(notices).routes(),
                        new SystemRoutes(points, plugins, version).routes())
                .flatMap(List::stream)
                .toList();
        this.router = new Router(routes);
    }

    /** The whole route table. */
    List<Route> routes() {
        return routes;
    }

    @Override
    public Response handle(Request request) throws IOException {
        Optional<Router.Match> match = match(request.path());
        if (match.isEmpty()) {
            authenticate(request);
            throw Refusal.of(Refusal.Kind.NOT_FOUND, "not-found", "There is nothing at this path.");
        }
        if (request.method().equals("OPTIONS")) {
            return Response.empty(204).withHeader("Allow", match.get().allow());
        }
        Route route = match.get().routes().get(request.method());
        if (route == null) {
            return methodNotAllowed(request, match.get());
        }
        return serve(route, request, match.get().arguments());
    }

    private Optional<Router.Match> match(String path) {
        return path.startsWith(VERSION + "/") ? router.match(path.substring(VERSION.length())) : Optional.empty();
    }

    private Response methodNotAllowed(Request request, Router.Match match) {
        if (match.routes().values().stream().anyMatch(route -> route.access() != Access.PUBLIC)) {
            authenticate(request);
        }
        return Response.empty(405).withHeader("Allow", match.allow());
    }

    private Response serve(Route route, Request request, List<String> arguments) throws IOException {
        Principal principal = route.access() == Access.PUBLIC ? Exchange.ANONYMOUS : authenticate(request);
        route.access().check(principal, arguments);
        if (!route.accepts().isEmpty() && !route.accepts().equals(mediaType(request))) {
            return Response.empty(415).withHeader("Accept", route.accepts());
        }
        return route.handler().handle(new Exchange(request, principal, arguments));
    }

    /** Whose token the request carries, in the one header where a token may stand (RFC 6750, 2.1). */
    private Principal authenticate(Request request) {
        return request.header("Authorization")
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .flatMap(value ->
                        tokens.validate(value.substring(SCHEME.length()).strip()))
                .orElseThrow(() -> Refusal.of(
                        Refusal.Kind.UNAUTHENTICATED, "unauthenticated", "This needs a valid bearer token."));
    }

    private static String mediaType(Request request) {
        String type = request.header("Content-Type").orElse("");
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }
}
