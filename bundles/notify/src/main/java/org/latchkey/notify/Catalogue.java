package org.latchkey.notify;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.extension.NoticeCatalogue.Topic;
import org.latchkey.api.service.Notices.Listed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all bundles list of the notices that they make. A bundle is asked when its list is needed first, and not when it
 * comes: it may come only because it waits for the outbox.
 */
final class Catalogue {

    private static final Logger log = LoggerFactory.getLogger(Catalogue.class);
    private static final Comparator<Listed> BY_NAME =
            Comparator.comparing((Listed each) -> each.topic().type()).thenComparing(Listed::plugin);

    private static final class Source {
        private final String plugin;
        private final Supplier<Optional<List<Topic>>> topics;
        private volatile List<Listed> read;

        Source(String plugin, Supplier<Optional<List<Topic>>> topics) {
            this.plugin = plugin;
            this.topics = topics;
        }
    }

    private final Map<Object, Source> sources = new ConcurrentHashMap<>();

    /** The facts of every type that was ever listed: what a plugin tells while it goes is no surprise. */
    private final Map<String, Set<String>> known = new ConcurrentHashMap<>();

    /**
     * A list has come.
     *
     * @param topics gives it, or nothing if it is not to be had yet
     */
    void appeared(Object key, String plugin, Supplier<Optional<List<Topic>>> topics) {
        sources.put(key, new Source(plugin, topics));
    }

    /** It has gone. */
    void vanished(Object key) {
        sources.remove(key);
    }

    /** As of now, by type. Two revisions of a plugin that say the same count once. */
    List<Listed> list() {
        return sources.values().stream()
                .flatMap(source -> read(source).stream())
                .distinct()
                .sorted(BY_NAME)
                .toList();
    }

    /** Whether the notice has a type that is listed and no facts but those listed for it. May ask bundles. */
    boolean covers(Notice notice) {
        return knows(notice) || (readAll() && knows(notice));
    }

    /** Whether that fact is listed for that type. */
    boolean covers(String type, String fact) {
        readAll();
        return known.getOrDefault(type, Set.of()).contains(fact);
    }

    /** Whether it {@link #covers} it as far as bundles were asked already; asks none. */
    boolean knows(Notice notice) {
        Set<String> facts = known.get(notice.type());
        return facts != null && facts.containsAll(notice.content().keySet());
    }

    private boolean readAll() {
        sources.values().forEach(this::read);
        return true;
    }

    private List<Listed> read(Source source) {
        List<Listed> read = source.read;
        if (read != null) {
            return read;
        }
        Optional<List<Topic>> topics = topics(source);
        if (topics.isEmpty()) {
            return List.of();
        }
        topics.get().forEach(this::learn);
        source.read = topics.get().stream()
                .map(topic -> new Listed(source.plugin, topic))
                .toList();
        return source.read;
    }

    /** Catches everything: here a plugin is called, and what it does wrong costs only its own list, once. */
    private static Optional<List<Topic>> topics(Source source) {
        try {
            Optional<List<Topic>> topics = source.topics.get().map(List::copyOf);
            topics.orElse(List.of()).forEach(topic -> Objects.requireNonNull(topic.type(), "a topic without a type"));
            return topics;
        } catch (Throwable broken) {
            log.atWarn()
                    .addKeyValue("plugin", source.plugin)
                    .setCause(broken)
                    .log("it does not say which notices it makes");
            return Optional.of(List.of());
        }
    }

    private void learn(Topic topic) {
        known.merge(topic.type(), Set.copyOf(topic.facts().keySet()), (before, more) -> {
            Set<String> both = new HashSet<>(before);
            both.addAll(more);
            return Set.copyOf(both);
        });
    }
}
