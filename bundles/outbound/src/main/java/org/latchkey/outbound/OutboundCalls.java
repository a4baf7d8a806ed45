package org.latchkey.outbound;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocketFactory;
import org.latchkey.api.service.Outbound;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Opens lanes by the settings; a change of the settings closes them, and who uses them opens new ones. */
@Component(configurationPid = "latchkey.outbound")
@Designate(ocd = OutboundCalls.Config.class)
public final class OutboundCalls implements Outbound {

    /** The settings. */
    @ObjectClassDefinition(name = "Latchkey outbound calls", description = "What the server may call over HTTP.")
    public @interface Config {

        @AttributeDefinition(
                name = "Private hosts",
                description = "Hosts that are called though a request names them and their address is a private one.")
        String[] privateHosts() default {};

        @AttributeDefinition(
                name = "Authorities",
                description = "PEM file of the only authorities that others are trusted by; empty for Java's own.")
        String authorities() default "";

        @AttributeDefinition(
                name = "Private hosts without https",
                description = "For tests: whether a request may name the private hosts by http.")
        boolean plainPrivateHosts() default false;
    }

    private final Config config;
    private final URI self;
    private final Guard.Resolver resolver;
    private final Set<Lane> open = ConcurrentHashMap.newKeySet();

    @Activate
    public OutboundCalls(BundleContext context, Config config) {
        this(config, publicUrl(context), InetAddress::getAllByName);
    }

    private static URI publicUrl(BundleContext context) {
        return URI.create(Optional.ofNullable(context.getProperty("latchkey.public.url"))
                .filter(url -> !url.isEmpty())
                .orElse("http://localhost"));
    }

    /** @throws IllegalArgumentException if the file of authorities cannot be read */
    OutboundCalls(Config config, URI self, Guard.Resolver resolver) {
        this.config = config;
        this.self = self;
        this.resolver = resolver;
        trusting(Optional.empty()); // complains now, and not at the first call
    }

    @Override
    public Lane open(Rules rules) {
        Set<String> hosts = new HashSet<>(List.of(config.privateHosts()));
        hosts.addAll(rules.privateHosts());
        Guard guard = new Guard(hosts, config.plainPrivateHosts() ? hosts : Set.of(), self, resolver);
        Lane lane = new Registered(new WorkedLane(rules, guard, trusting(rules.authorities())));
        open.add(lane);
        return lane;
    }

    private SSLSocketFactory trusting(Optional<Path> file) {
        Optional<Path> chosen = file.or(() -> Optional.of(config.authorities())
                .filter(name -> !name.isEmpty())
                .map(Path::of));
        try {
            return chosen.isPresent() ? Authorities.of(chosen.get()) : Authorities.ofTheJdk();
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new IllegalArgumentException(
                    "The authorities cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    @Deactivate
    void close() {
        open.forEach(Lane::close);
    }

    /** Is forgotten when it is closed. */
    private final class Registered implements Lane {

        private final Lane lane;

        Registered(Lane lane) {
            this.lane = lane;
        }

        @Override
        public Result call(Call call) {
            return lane.call(call);
        }

        @Override
        public boolean tell(Call call, Consumer<Result> then) {
            return lane.tell(call, then);
        }

        @Override
        public void close() {
            open.remove(this);
            lane.close();
        }
    }
}
