package org.latchkey.web;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.hooks.service.EventListenerHook;
import org.osgi.framework.hooks.service.FindHook;
import org.osgi.framework.hooks.service.ListenerHook.ListenerInfo;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the front servlet the only way in: servlets, filters and the like of other bundles are hidden from
 * the HTTP server, and the old HTTP service is hidden from them. Else a plugin could shadow a path of the
 * core, and what it serves would lack security headers and draining.
 */
@Component(
        immediate = true,
        service = {EventListenerHook.class, FindHook.class})
public final class OneDoor implements EventListenerHook, FindHook {

    private static final Logger log = LoggerFactory.getLogger(OneDoor.class);
    private static final String SERVER = "org.apache.felix.http.";
    private static final String OLD_SERVICE = "org.osgi.service.http.HttpService";

    private final Bundle own;

    @Activate
    public OneDoor(BundleContext context) {
        this.own = context.getBundle();
    }

    @Override
    public void event(ServiceEvent event, Map<BundleContext, Collection<ListenerInfo>> listeners) {
        ServiceReference<?> service = event.getServiceReference();
        if (event.getType() == ServiceEvent.UNREGISTERING) {
            return; // whoever knows it must learn that it goes
        }
        boolean hidden = listeners.keySet().removeIf(listener -> isHidden(service, listener.getBundle()));
        if (hidden && event.getType() == ServiceEvent.REGISTERED && !isServer(service.getBundle())) {
            log.atWarn()
                    .addKeyValue("plugin", service.getBundle().getSymbolicName())
                    .log("A servlet of a plugin is not published: plugins serve HTTP as an Endpoint");
        }
    }

    @Override
    public void find(
            BundleContext context,
            String name,
            String filter,
            boolean allServices,
            Collection<ServiceReference<?>> references) {
        references.removeIf(service -> isHidden(service, context.getBundle()));
    }

    private boolean isHidden(ServiceReference<?> service, Bundle from) {
        Bundle owner = service.getBundle();
        if (owner == null || isTrusted(owner) && isTrusted(from)) {
            return false;
        }
        return isServer(from) ? isWhiteboard(service) : isServer(owner) && isOldService(service);
    }

    private boolean isTrusted(Bundle bundle) {
        return bundle.equals(own) || isServer(bundle) || bundle.getBundleId() == Constants.SYSTEM_BUNDLE_ID;
    }

    private static boolean isServer(Bundle bundle) {
        return bundle.getSymbolicName() != null && bundle.getSymbolicName().startsWith(SERVER);
    }

    private static boolean isOldService(ServiceReference<?> service) {
        return types(service).anyMatch(OLD_SERVICE::equals);
    }

    /** Whether the HTTP server would take up the service (Compendium 140, and what Felix adds to it). */
    private static boolean isWhiteboard(ServiceReference<?> service) {
        return types(service)
                        .anyMatch(type -> type.startsWith("jakarta.servlet.")
                                || type.startsWith("javax.servlet.")
                                || type.startsWith("org.osgi.service.servlet.")
                                || type.startsWith("org.osgi.service.http.")
                                || type.startsWith("org.apache.felix.http.")
                                || type.startsWith("org.eclipse.jetty."))
                || Stream.of(service.getPropertyKeys()).anyMatch(key -> key.startsWith("osgi.http.whiteboard."));
    }

    private static Stream<String> types(ServiceReference<?> service) {
        return Stream.of((String[]) service.getProperty(Constants.OBJECTCLASS));
    }
}
