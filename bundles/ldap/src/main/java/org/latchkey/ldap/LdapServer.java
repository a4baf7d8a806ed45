package org.latchkey.ldap;

import java.nio.file.Path;
import java.util.Optional;
import org.latchkey.api.extension.HealthCheck;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Plugins;
import org.latchkey.api.service.Authentication;
import org.latchkey.api.service.Directory;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * LDAP while it is configured: without {@code etc/latchkey.ldap.config} nothing listens. What is wrong with the
 * configuration is refused here; what is wrong around it (a port that is taken, a certificate that cannot be read) is
 * told as health and tried again until it is right.
 */
@Component(
        name = LdapServer.NAME,
        configurationPid = "latchkey.ldap",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true)
@Designate(ocd = LdapServer.Config.class)
public final class LdapServer implements HealthCheck {

    @ObjectClassDefinition(name = "Latchkey LDAP", description = "Reading the directory and signing in over LDAP.")
    public @interface Config {
        @AttributeDefinition(name = "Domain", description = "example.org makes the tree dc=example,dc=org.")
        String domain();

        @AttributeDefinition(name = "Host", description = "The address to listen on.")
        String host() default "127.0.0.1";

        @AttributeDefinition(name = "Port", description = "For LDAP and StartTLS; 0 for none.")
        int port() default 1389;

        @AttributeDefinition(name = "TLS port", description = "For LDAPS, if there is a certificate; 0 for none.")
        int tlsPort() default 1636;

        @AttributeDefinition(
                name = "Certificate",
                description = "PEM file of the certificate chain; read anew when it changes.")
        String certificate() default "";

        @AttributeDefinition(name = "Key", description = "PEM file of the private key (PKCS #8).")
        String key() default "";

        @AttributeDefinition(name = "Insecure", description = "Lets secrets cross the network in the clear.")
        boolean insecure() default false;

        @AttributeDefinition(name = "Allow anonymous", description = "Lets everybody read everything without a bind.")
        boolean allowAnonymous() default false;

        @AttributeDefinition(
                name = "Attributes",
                description = "Attributes of entities that show a key of their KV, such as mail=email.")
        String[] attributes() default {};

        @AttributeDefinition(name = "Most connections", description = "How many clients may be connected at once.")
        int maxConnections() default 200;

        @AttributeDefinition(name = "Longest message", description = "How many bytes a request may have.")
        int maxMessageBytes() default 65_536;

        @AttributeDefinition(name = "Idle", description = "After how many silent seconds a client is cut off.")
        int idleSeconds() default 300;

        @AttributeDefinition(name = "Size limit", description = "How many entries a search, or a page of it, gives.")
        int sizeLimit() default 5000;

        @AttributeDefinition(name = "Time limit", description = "How many seconds a search may take.")
        int timeLimitSeconds() default 30;
    }

    static final String NAME = "org.latchkey.ldap.LdapServer";

    private final Station station;

    @Activate
    public LdapServer(
            BundleContext context,
            @Reference ExtensionPoints points,
            @Reference Plugins plugins,
            @Reference Directory directory,
            @Reference Authentication authentication,
            Config config) {
        String etc = context.getProperty("latchkey.etc");
        Settings settings = Settings.of(config, Path.of(etc == null ? "" : etc));
        Turn turn = new KernelTurn(points, plugins, context.getBundle());
        this.station = new Station(
                settings, turn, new RegisteredSockets(context), Desk.of(settings, directory, authentication, points));
        station.start();
    }

    @Deactivate
    void deactivate() {
        station.stop();
    }

    @Override
    public String name() {
        return "ldap";
    }

    @Override
    public Optional<String> fault() {
        return station.fault();
    }
}
