package org.latchkey.procs;

import java.lang.reflect.Proxy;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** A place for services that nobody looks for. */
final class NoShell {

    private final ServiceRegistration<?> registration = (ServiceRegistration<?>) Proxy.newProxyInstance(
            NoShell.class.getClassLoader(),
            new Class<?>[] {ServiceRegistration.class},
            (proxy, method, arguments) -> null);

    private final BundleContext context = (BundleContext) Proxy.newProxyInstance(
            NoShell.class.getClassLoader(),
            new Class<?>[] {BundleContext.class},
            (proxy, method, arguments) -> registration);

    BundleContext context() {
        return context;
    }
}
