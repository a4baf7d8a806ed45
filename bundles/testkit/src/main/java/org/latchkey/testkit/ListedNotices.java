package org.latchkey.testkit;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.latchkey.api.Caller;
import org.latchkey.api.Page;
import org.latchkey.api.extension.NoticeCatalogue.Topic;
import org.latchkey.api.service.Notices;

/** A catalogue of these notices, and no dead letters. */
public record ListedNotices(List<Listed> catalogue) implements Notices {

    public static ListedNotices of(Topic... topics) {
        return new ListedNotices(
                Stream.of(topics).map(topic -> new Listed("org.example", topic)).toList());
    }

    @Override
    public Page<DeadLetter> dead(Optional<String> notifier, String cursor, int limit) {
        return new Page<>(List.of(), Optional.empty());
    }

    @Override
    public int replay(Caller caller, Letters letters) {
        return 0;
    }

    @Override
    public int drop(Caller caller, Letters letters) {
        return 0;
    }
}
