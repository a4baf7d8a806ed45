package org.latchkey.notify;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.extension.NoticeCatalogue.Topic;
import org.latchkey.api.service.Notices.Listed;

/**
 * What all bundles list of the notices that they make. A bundle is asked when its list is needed first, and not when it
 * comes: it may come only because it waits for the outbox.
 */
final class Catalogue {

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

    /** Whether the notice has a type that is listed and no facts but those listed for it. */
    boolean covers(Notice notice) {
        return isKnown(notice) || (readAll() && isKnown(notice));
    }

    /** Whether that fact is listed for that type. */
    boolean covers(String type, String fact) {
        readAll();
        return known.getOrDefault(type, Set.of()).contains(fact);
    }

    private boolean isKnown(Notice notice) {
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
        return source.topics
                .get()
                .map(topics -> {
                    source.read = topics.stream()
                            .map(topic -> new Listed(source.plugin, topic))
                            .toList();
                    topics.forEach(this::learn);
                    return source.read;
                })
                .orElse(List.of());
    }

    private void learn(Topic topic) {
        known.merge(topic.type(), Set.copyOf(topic.facts().keySet()), (before, more) -> {
            Set<String> both = new HashSet<>(before);
            both.addAll(more);
            return Set.copyOf(both);
        });
    }
}
