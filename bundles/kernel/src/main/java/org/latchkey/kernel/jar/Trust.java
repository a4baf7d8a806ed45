package org.latchkey.kernel.jar;

import java.io.IOException;
import java.nio.file.Path;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/**
 * Decides whose jars run here, before a class of them is loaded. Reads its configuration at each check, so
 * that a change counts from then on and restarts nothing. If the configuration makes no sense, no jar passes.
 */
@Component(service = Trust.class)
public final class Trust implements JarCheck {

    static final String PID = "latchkey.trust";

    /** The configuration; read by {@link TrustSettings}. */
    @ObjectClassDefinition(
            pid = PID,
            name = "Latchkey trust",
            description = "Which jars may become plugins. What runs already is judged at the next start.")
    public @interface Config {
        @AttributeDefinition(
                name = "Policy",
                description =
                        "any: every sound jar. pinned: jars whose hash is listed. signed: jars with a known signer.",
                options = {@Option("any"), @Option("pinned"), @Option("signed")})
        String policy() default "any";

        @AttributeDefinition(
                name = "Pins",
                description = "SHA-256 of jars in hex: \"symbolic.name=hash\", or the hash alone. For pinned.")
        String[] pins() default {};

        @AttributeDefinition(
                name = "Trust store",
                description = "PKCS #12 file with the certificates of signers, absolute or in etc/. For signed.")
        String trustStore() default "";

        @AttributeDefinition(name = "Trust store password", description = "Of that file.")
        String trustStorePassword() default "";

        @AttributeDefinition(
                name = "Revoked",
                description = "SHA-256 fingerprints of certificates that are trusted no more. For signed.")
        String[] revoked() default {};

        @AttributeDefinition(
                name = "Allow downgrade",
                description = "Whether a version lower than one that has served may serve again. For signed.")
        boolean allowDowngrade() default false;
    }

    private final ConfigurationAdmin configurations;
    private final Path etc;
    private final ServedVersions served;

    @Activate
    public Trust(BundleContext context, @Reference ConfigurationAdmin configurations) {
        this(
                configurations,
                Path.of(context.getProperty("latchkey.etc")),
                Path.of(context.getProperty("latchkey.data")));
    }

    Trust(ConfigurationAdmin configurations, Path etc, Path data) {
        this.configurations = configurations;
        this.etc = etc;
        this.served = new ServedVersions(data.resolve("trust").resolve("served.properties"));
    }

    @Override
    public void refuse(Jar jar) throws IOException, Rejection {
        Signatures signatures = Signatures.of(jar.file());
        TrustSettings settings = TrustSettings.read(configurations, etc);
        switch (settings.policy()) {
            case ANY -> {}
            case PINNED -> settings.pins().refuse(jar);
            case SIGNED -> {
                settings.signers().refuse(signatures);
                refuseDowngrade(jar, settings);
            }
        }
    }

    private void refuseDowngrade(Jar jar, TrustSettings settings) throws IOException, Rejection {
        if (!settings.allowDowngrade()) {
            served.refuseLower(jar);
        }
    }

    /**
     * To be told when a revision has proven itself and serves for good: no lower version of it is accepted from now on
     * under the policy signed. Not to be told while it is on probation, or there is no way back from it.
     */
    public void served(Jar jar) throws IOException {
        served.raise(jar);
    }

    /** To be told when an operator goes back to an earlier version by hand, which allows that version again. */
    public void rolledBackTo(Jar jar) throws IOException {
        served.set(jar);
    }
}
