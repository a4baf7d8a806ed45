package org.latchkey.notify.webhook;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.latchkey.api.extension.NoticeCatalogue;
import org.latchkey.api.extension.NoticeCatalogue.Topic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is known of notices, of all lists that are there. Each is read once, when it comes; one that fails is empty. */
final class Topics {

    private static final Logger log = LoggerFactory.getLogger(Topics.class);

    /** By the number of the service. */
    private final Map<Object, List<Topic>> lists = new ConcurrentHashMap<>();

    /** Catches everything: here another plugin is called, which must not cost this one its notices. */
    void appeared(Object service, NoticeCatalogue catalogue) {
        try {
            lists.put(service, List.copyOf(catalogue.topics()));
        } catch (Throwable broken) {
            log.atWarn().setCause(broken).log("a bundle does not say which notices it makes");
        }
    }

    void vanished(Object service) {
        lists.remove(service);
    }

    Optional<Topic> of(String type) {
        return lists.values().stream()
                .flatMap(List::stream)
                .filter(topic -> type.equals(topic.type()))
                .findFirst();
    }
}
