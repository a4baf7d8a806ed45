package org.latchkey.auth.gate;

import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Principal;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.extension.Authenticator;
import org.latchkey.api.extension.Authorizer;
import org.latchkey.api.extension.HealthCheck;
import org.latchkey.api.extension.Verdict;
import org.latchkey.api.service.Outbound;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * People sign in with their e-mail address and their Gate token, and are in the groups that Gate tells. Without a
 * configuration that names a host it does not run, and asks nobody.
 */
@Component(
        name = GateSignIn.NAME,
        configurationPid = GateSignIn.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = HealthCheck.READINESS + ":Boolean=false")
@Designate(ocd = GateSignIn.Config.class)
public final class GateSignIn implements Authenticator, Authorizer, HealthCheck {

    @ObjectClassDefinition(
            name = "Sign-in by Gate",
            description = "People who have a token of Gate, and the groups that Gate tells of them.")
    public @interface Config {
        @AttributeDefinition(
                name = "Protocol",
                description = "https; http carries tokens in the clear.",
                options = {@Option(value = "https", label = "https"), @Option(value = "http", label = "http")})
        String protocol() default "https";

        @AttributeDefinition(name = "Host", description = "Gate's host, or host:port; without, nobody is asked.")
        String host() default "";

        @AttributeDefinition(name = "Profile path", description = "Where Gate tells who somebody is.")
        String profilePath() default "api/v1/users/profile";

        @AttributeDefinition(
                name = "Mode",
                description = "How many of the required groups somebody must be in.",
                options = {@Option(value = "any", label = "any"), @Option(value = "all", label = "all")})
        String mode() default "any";

        @AttributeDefinition(
                name = "Strict",
                description = "Whether the token must be that of the e-mail address; without, any valid token will do.")
        boolean strict() default true;

        @AttributeDefinition(
                name = "Token in",
                description = "How the token travels; in the query, logs on the way may show it.",
                options = {@Option(value = "query", label = "query"), @Option(value = "header", label = "header")})
        String tokenIn() default "query";

        @AttributeDefinition(
                name = "Timeout",
                description = "Milliseconds that one sign-in may wait for Gate.",
                min = "100",
                max = "8000")
        int timeoutMillis() default 3000;

        @AttributeDefinition(
                name = "Cache",
                description =
                        "Seconds that a good answer may be used again; so long somebody locked out still comes in.",
                min = "0",
                max = "300")
        int cacheSeconds() default 0;

        @AttributeDefinition(
                name = "CA file",
                description = "PEM file of the authorities whose servers are believed, relative to etc/.")
        String caFile() default "";

        @AttributeDefinition(name = "Ranking", description = "Higher is asked earlier; Latchkey's own directory has 0.")
        int service_ranking() default -100;
    }

    static final String PID = "latchkey.auth.gate";
    static final String NAME = "org.latchkey.auth.gate.GateSignIn";

    private static final Logger log = LoggerFactory.getLogger(GateSignIn.class);
    private static final int AT_ONCE = 16;
    private static final int WAITING = 64;

    private final Outbound.Lane lane;
    private final Examiner examiner;

    @Activate
    public GateSignIn(
            BundleContext context, @Reference Outbound outbound, Config config, Map<String, Object> properties) {
        String etc = context.getProperty("latchkey.etc");
        Settings settings = Settings.of(config, Path.of(etc == null ? "" : etc));
        this.lane = outbound.open(
                new Outbound.Rules("latchkey-auth-gate", AT_ONCE, AT_ONCE, WAITING, Set.of(), settings.authorities()));
        this.examiner = new Examiner(source(properties), settings, lane, Ticker.systemTicker());
        if (settings.isPlain()) {
            log.atWarn().addKeyValue("host", config.host()).log("tokens of Gate cross the network in the clear");
        }
        if (!settings.strict()) {
            log.warn("not strict: whoever has any token of Gate may be anybody in it");
        }
    }

    /** What the server calls this instance, and so what the principals have as their source: with {@code ~name} where there are several. */
    static String source(Map<String, Object> properties) {
        return properties.get("service.pid") instanceof String pid && pid.contains("~")
                ? NAME + pid.substring(pid.indexOf('~'))
                : NAME;
    }

    @Deactivate
    void deactivate() {
        lane.close();
    }

    @Override
    public Verdict authenticate(Attempt attempt) {
        return examiner.judge(attempt);
    }

    @Override
    public Vote vote(Principal principal, Set<String> groups) {
        return examiner.vote(principal, groups);
    }

    @Override
    public String name() {
        return "auth.gate";
    }

    @Override
    public Optional<String> fault() {
        return examiner.fault();
    }
}
