package org.latchkey.hook.fail2lock;

import java.util.List;
import java.util.Map;
import org.latchkey.api.extension.NoticeCatalogue;
import org.osgi.service.component.annotations.Component;

/** The notice of this plugin. */
@Component
public final class Fail2LockTopics implements NoticeCatalogue {

    static final String LOCKED = "fail2lock.locked";

    @Override
    public List<Topic> topics() {
        return List.of(new Topic(
                LOCKED,
                "An entity failed to sign in as often as is let pass: it is refused until the oldest failure has passed.",
                "entity",
                Map.of(
                        "entity", "the entity",
                        "failures", "how many failures count",
                        "address", "where the last one came from")));
    }
}
