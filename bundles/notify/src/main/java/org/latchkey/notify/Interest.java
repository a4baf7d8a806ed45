package org.latchkey.notify;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latchkey.api.extension.Notifier;

/**
 * Which types of notices a notifier wants, see {@link Notifier#TOPICS}. What is neither a text nor texts counts as no wish: it
 * gets too much rather than nothing.
 */
final class Interest {

    static final Interest ALL = new Interest(List.of());

    private final List<String> patterns;
    private final List<Pattern> compiled;

    private Interest(List<String> patterns) {
        this.patterns = patterns;
        this.compiled = patterns.stream().map(Interest::pattern).toList();
    }

    /** @param patterns none for everything */
    static Interest of(Collection<String> patterns) {
        List<String> sorted = patterns.stream()
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .distinct()
                .sorted()
                .toList();
        return sorted.isEmpty() ? ALL : new Interest(sorted);
    }

    /** @param properties of the notifier's service */
    static Interest of(Map<String, Object> properties) {
        return of(texts(properties.get(Notifier.TOPICS)).toList());
    }

    private static Stream<String> texts(Object property) {
        if (property instanceof String text) {
            return Stream.of(text.split(","));
        }
        Stream<?> several = property instanceof Object[] array
                ? Arrays.stream(array)
                : property instanceof Collection<?> list ? list.stream() : Stream.empty();
        return several.filter(String.class::isInstance).map(String.class::cast);
    }

    private static Pattern pattern(String glob) {
        return Pattern.compile(
                Stream.of(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }

    boolean includes(String type) {
        return compiled.isEmpty()
                || compiled.stream().anyMatch(pattern -> pattern.matcher(type).matches());
    }

    /** None for everything. */
    List<String> patterns() {
        return patterns;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Interest that && patterns.equals(that.patterns);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(patterns);
    }

    @Override
    public String toString() {
        return patterns.isEmpty() ? "*" : String.join(",", patterns);
    }
}
