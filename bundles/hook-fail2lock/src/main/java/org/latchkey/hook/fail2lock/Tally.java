package org.latchkey.hook.fail2lock;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is remembered of one entity. All times are milliseconds since the epoch.
 *
 * @param failures when they were, oldest first
 * @param resetVersion the version of the entity whose RESET was obeyed last, -1 if none
 * @param resetAt when that was
 */
record Tally(List<Long> failures, long resetVersion, long resetAt) {

    static final Tally NONE = new Tally(List.of(), -1, 0);

    private static final Logger log = LoggerFactory.getLogger(Tally.class);
    private static final Pattern TEXT =
            Pattern.compile("v1 failures=((?:\\d{1,18}(?:,\\d{1,18})*)?) reset=(-?\\d{1,18})@(\\d{1,18})");

    Tally {
        failures = List.copyOf(failures);
    }

    /** Reads {@link #text()}. What another version of the plugin wrote differently is not guessed at: it counts as nothing. */
    static Tally parse(String text) {
        Matcher found = TEXT.matcher(text);
        if (!found.matches()) {
            log.atWarn().log("fail2lock forgets failures that it cannot read");
            return NONE;
        }
        List<Long> failures = found.group(1).isEmpty()
                ? List.of()
                : Stream.of(found.group(1).split(",")).map(Long::valueOf).toList();
        return new Tally(failures, Long.parseLong(found.group(2)), Long.parseLong(found.group(3)));
    }

    /** No failures, and the memory of what cleared them. */
    static Tally reset(long version, long now) {
        return new Tally(List.of(), version, now);
    }

    /** Its stored form, which starts with the version of the form; absent when there is nothing to remember. */
    Optional<String> text() {
        if (equals(NONE)) {
            return Optional.empty();
        }
        String times = failures.stream().map(String::valueOf).collect(Collectors.joining(","));
        return Optional.of("v1 failures=" + times + " reset=" + resetVersion + "@" + resetAt);
    }

    /** Without the failures up to that moment. */
    Tally since(long start) {
        return new Tally(failures.stream().filter(at -> at > start).toList(), resetVersion, resetAt);
    }

    /** With one more failure; of all, only the latest {@code kept} stay. */
    Tally plus(long now, int kept) {
        List<Long> more = new ArrayList<>(failures);
        more.add(now);
        return new Tally(more.subList(Math.max(0, more.size() - kept), more.size()), resetVersion, resetAt);
    }

    /** Without any failure. */
    Tally cleared() {
        return new Tally(List.of(), resetVersion, resetAt);
    }

    /** Whether no failure is later than {@code start} and no reset later than {@code resetOver}. */
    boolean isOver(long start, long resetOver) {
        return since(start).failures().isEmpty() && resetAt <= resetOver;
    }
}
