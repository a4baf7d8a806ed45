package org.latchkey.cas.registry;

import java.util.List;
import java.util.Set;
import org.latchkey.api.cas.Service;
import org.latchkey.api.cas.ServiceRegistry;
import org.osgi.service.component.annotations.Component;

@Component(property = {ServiceRegistry.NAME + "=one", "service.ranking:Integer=50"})
public final class OneService implements ServiceRegistry {

    private static final List<Service> ALL = List.of(new Service(
            "portal",
            "https://portal.example.org/",
            Service.Match.PREFIX,
            "the only one",
            Service.Logout.BACK_CHANNEL,
            "",
            Set.of("mail"),
            false,
            Set.of("staff"),
            ""));

    @Override
    public List<Service> services() {
        return ALL;
    }
}
