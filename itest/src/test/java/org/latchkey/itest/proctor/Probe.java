package org.latchkey.itest.proctor;

import java.nio.file.Path;
import org.latchkey.itest.server.PluginJar;

/**
 * A plugin that has the headers and the settings of Proctor's server: {@code /probe/visit} answers 200, 401, 403 or 503 as
 * the chosen authenticators and the groups in the header {@code Groups} have it, {@code /probe/settings} with its settings.
 */
public final class Probe {

    public static final String NAME = "org.example.probe";

    private Probe() {}

    public static Path jar() {
        return PluginJar.named(NAME).source("Probe", """
                @Component(configurationPid = "latchkey.procs", property = Endpoint.MOUNT + "=probe")
                public final class Probe implements Endpoint {
                    public @interface Config {
                        boolean authEnabled() default false;
                        String[] authenticators() default {};
                        String[] adminGroups() default {};
                        String minClientVersion() default "";
                    }
                    private final Authentication authentication;
                    private final Config config;
                    @Activate
                    public Probe(@Reference Authentication authentication, Config config) {
                        this.authentication = authentication;
                        this.config = config;
                    }
                    @Override
                    public Response handle(Request request) {
                        if (request.path().endsWith("/settings")) {
                            return Response.text(200, config.authEnabled() + " " + List.of(config.authenticators()) + " "
                                    + List.of(config.adminGroups()) + " " + config.minClientVersion());
                        }
                        Caller caller = new Caller("anonymous", Set.of(), request.id(), request.address(), false);
                        String groups = request.header("Groups").orElse("");
                        try (Secret secret = Secret.of(request.header("Access-Token").orElse("").toCharArray())) {
                            Attempt attempt =
                                    new Attempt(request.header("Email-Id").orElse(""), Optional.of(secret), caller);
                            Optional<Principal> found =
                                    authentication.authenticate(attempt, Set.of(config.authenticators()));
                            return found.map(them -> Response.text(switch (authentication.decide(
                                            caller, them, groups.isEmpty() ? Set.of() : Set.of(groups.split(",")))) {
                                        case PERMITTED -> 200;
                                        case DENIED -> 403;
                                        case UNDECIDED -> 503;
                                    }, them.id() + " " + new TreeSet<>(them.groups())))
                                    .orElseGet(() -> Response.empty(401));
                        }
                    }
                }
                """).build();
    }
}
