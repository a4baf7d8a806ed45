package org.latchkey.crypto;

import java.security.Provider;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.namespace.NativeNamespace;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers a {@link Provider} with the property {@code latchkey.native=true}, for signatures, key factories and key
 * generators of RSA, EC and Ed25519; ask for nothing else of it. It is no provider of the platform: who does not ask for
 * this service is not touched. Nothing is loaded before somebody takes it. Where no library fits or it does not work
 * there is no such service, which is no fault: the platform's own signs as well, only slower.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = "latchkey.crypto")
@Designate(ocd = NativeCrypto.Config.class)
public final class NativeCrypto {

    private static final Logger log = LoggerFactory.getLogger(NativeCrypto.class);

    private final Optional<ServiceRegistration<Provider>> registration;

    /** The settings. */
    @ObjectClassDefinition(name = "Native cryptography", description = "Signs tokens by a native library.")
    public @interface Config {

        @AttributeDefinition(
                name = "Use the native library",
                description =
                        "Where there is one for this platform. Without it signing is slower and nothing else changes.")
        boolean enabled() default true;
    }

    @Activate
    public NativeCrypto(BundleContext context, Config config) {
        this.registration = config.enabled() && fits(context) ? Optional.of(register(context)) : Optional.empty();
    }

    /** Whether the framework has chosen a library of this bundle; that costs no more than a look at the manifest. */
    private static boolean fits(BundleContext context) {
        BundleWiring wiring = context.getBundle().adapt(BundleWiring.class);
        return !wiring.getRequiredWires(NativeNamespace.NATIVE_NAMESPACE).isEmpty();
    }

    private static ServiceRegistration<Provider> register(BundleContext context) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("latchkey.native", true);
        return context.registerService(Provider.class, new OnDemand(), properties);
    }

    @Deactivate
    void deactivate() {
        registration.ifPresent(NativeCrypto::withdraw);
    }

    private static void withdraw(ServiceRegistration<Provider> registration) {
        try {
            registration.unregister();
        } catch (IllegalStateException already) {
            log.debug("The native provider was withdrawn before");
        }
    }

    /** Loads the library when the first one asks; when that fails, there is no such service any more. */
    private static final class OnDemand implements ServiceFactory<Provider> {

        @Override
        public Provider getService(Bundle bundle, ServiceRegistration<Provider> registration) {
            try {
                Provider provider = Corretto.load();
                log.info("Signatures are made by {}", provider.getInfo());
                return provider;
            } catch (Corretto.Unavailable reason) {
                log.info("No native cryptography, the platform's own is used: {}", reason.getMessage());
                withdraw(registration);
                return null; // as the specification of OSGi wants it: there is none
            }
        }

        @Override
        public void ungetService(Bundle bundle, ServiceRegistration<Provider> registration, Provider provider) {
            // The library stays as long as the bundle's classes do.
        }
    }
}
