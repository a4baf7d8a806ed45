package org.latchkey.notify;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.latchkey.api.extension.NoticeCatalogue;
import org.latchkey.api.extension.NoticeCatalogue.Topic;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/** Follows the lists that bundles register. Holds none of them: each is read once and given back. */
final class CatalogueTracker
        implements ServiceTrackerCustomizer<NoticeCatalogue, ServiceReference<NoticeCatalogue>>, AutoCloseable {

    private final BundleContext context;
    private final Catalogue catalogue;
    private final ServiceTracker<NoticeCatalogue, ServiceReference<NoticeCatalogue>> tracker;

    CatalogueTracker(BundleContext context, Catalogue catalogue) {
        this.context = context;
        this.catalogue = catalogue;
        this.tracker = new ServiceTracker<>(context, NoticeCatalogue.class, this);
    }

    void open() {
        tracker.open();
    }

    @Override
    public void close() {
        tracker.close();
    }

    @Override
    public ServiceReference<NoticeCatalogue> addingService(ServiceReference<NoticeCatalogue> reference) {
        String plugin = Objects.requireNonNullElse(reference.getBundle().getSymbolicName(), "?");
        catalogue.appeared(reference, plugin, () -> topics(reference));
        return reference;
    }

    @Override
    public void modifiedService(ServiceReference<NoticeCatalogue> reference, ServiceReference<NoticeCatalogue> same) {
        addingService(reference);
    }

    @Override
    public void removedService(ServiceReference<NoticeCatalogue> reference, ServiceReference<NoticeCatalogue> same) {
        catalogue.vanished(reference);
    }

    private Optional<List<Topic>> topics(ServiceReference<NoticeCatalogue> reference) {
        NoticeCatalogue list = context.getService(reference);
        if (list == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(List.copyOf(list.topics()));
        } finally {
            context.ungetService(reference);
        }
    }
}
