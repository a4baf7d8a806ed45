package org.latchkey.services.sql;

import java.util.Comparator;
import org.latchkey.api.cas.Service;

/**
 * A service and its place.
 *
 * @param order lower ones are tried first, equal ones by name
 */
record StoredService(int order, Service service) {

    static final Comparator<StoredService> ORDER =
            Comparator.comparingInt(StoredService::order).thenComparing(StoredService::name);

    String name() {
        return service.name();
    }
}
