package org.latchkey.admin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latchkey.api.Caller;
import org.latchkey.api.Page;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.extension.NoticeCatalogue.Topic;
import org.latchkey.api.service.Notices;

/** One type, and dead letters {@code 1} and {@code 2} of {@code org.mail.Main}. */
final class FakeNotices implements Notices {

    static final String MAIL = "org.mail.Main";

    final List<String> ids = new ArrayList<>(List.of("1", "2"));
    final List<String> done = new ArrayList<>();

    @Override
    public List<Listed> catalogue() {
        return List.of(new Listed(
                "org.example", new Topic("x.happened", "Something happened.", "what", Map.of("what", "the thing"))));
    }

    @Override
    public Page<DeadLetter> dead(Optional<String> notifier, String cursor, int limit) {
        List<DeadLetter> letters = ids.stream()
                .filter(id -> notifier.orElse(MAIL).equals(MAIL))
                .map(id -> new DeadLetter(
                        MAIL,
                        id,
                        3,
                        "IOException: no",
                        Instant.EPOCH,
                        Optional.of(new Notice("n" + id, "x.happened", Instant.EPOCH, "root", Map.of("what", "it")))))
                .toList();
        return new Page<>(letters, Optional.empty());
    }

    @Override
    public int replay(Caller caller, Letters letters) {
        return settle("replay", caller, letters);
    }

    @Override
    public int drop(Caller caller, Letters letters) {
        return settle("drop", caller, letters);
    }

    private int settle(String what, Caller caller, Letters letters) {
        if (letters.id().isPresent() && !ids.contains(letters.id().get())) {
            throw Refusal.notFound("dead letter", letters.id().get());
        }
        done.add(what + " by " + caller.id());
        int before = ids.size();
        ids.removeIf(
                id -> letters.notifier().equals(MAIL) && letters.id().orElse(id).equals(id));
        return before - ids.size();
    }
}
