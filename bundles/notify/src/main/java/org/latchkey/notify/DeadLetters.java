package org.latchkey.notify;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.latchkey.api.Page;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.service.Notices.DeadLetter;
import org.latchkey.api.service.Notices.Letters;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;

/**
 * What was given up, for an operator to look at and to decide on. Of its content it shows what the catalogue lists, since
 * of that somebody has said what it is, and of addresses in it only the host.
 */
final class DeadLetters {

    private static final int BATCH = 100;
    private static final String HIDDEN = "(not listed)";

    private final Store store;
    private final Catalogue catalogue;
    private final Tickets tickets;

    DeadLetters(Store store, Catalogue catalogue, Tickets tickets) {
        this.store = store;
        this.catalogue = catalogue;
        this.tickets = tickets;
    }

    Page<DeadLetter> list(Optional<String> notifier, String cursor, int limit) {
        String prefix =
                notifier.map(name -> Mailbox.owner(name) + Line.SEPARATOR).orElse("");
        List<Item> items = store.list(Mailbox.DEAD_LETTER, prefix, cursor, limit);
        boolean isLast = items.size() < limit
                || store.list(Mailbox.DEAD_LETTER, prefix, items.get(limit - 1).key(), 1)
                        .isEmpty();
        return new Page<>(
                items.stream().map(this::letter).toList(),
                isLast ? Optional.empty() : Optional.of(items.get(limit - 1).key()));
    }

    private DeadLetter letter(Item item) {
        String owner = item.key().substring(0, item.key().indexOf(Line.SEPARATOR));
        JsonNode json = Letter.read(item.body());
        return new DeadLetter(
                Mailbox.notifier(owner),
                Line.ticket(item),
                json.path("attempts").asInt(),
                json.path("reason").asText(),
                at(json.path("at").asText()),
                Letter.ofDead(item.body()).map(this::shown));
    }

    private static Instant at(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException damaged) {
            return Instant.EPOCH;
        }
    }

    private Notice shown(Notice notice) {
        TreeMap<String, String> content = new TreeMap<>(notice.content());
        content.replaceAll((fact, value) -> catalogue.covers(notice.type(), fact) ? Masked.text(value) : HIDDEN);
        return new Notice(notice.id(), notice.type(), notice.at(), notice.actor(), content);
    }

    /** Puts them behind what waits already; says how many. */
    int replay(Mailbox mailbox, Letters letters) {
        return each(letters, item -> Letter.ofDead(item.body())
                .map(notice -> List.of(Line.delete(item), mailbox.put(tickets.next(), Letter.body(notice)))));
    }

    int drop(Letters letters) {
        return each(letters, item -> Optional.of(List.of(Line.delete(item))));
    }

    /** Does it to each of them, and counts those to which it was done. */
    private int each(Letters letters, Function<Item, Optional<List<Write>>> work) {
        String prefix = Mailbox.owner(letters.notifier()) + Line.SEPARATOR;
        if (letters.id().isPresent()) {
            Item one = store.get(Mailbox.DEAD_LETTER, prefix + letters.id().get())
                    .orElseThrow(
                            () -> Refusal.notFound("dead letter", letters.id().get()));
            return commit(List.of(one), work);
        }
        int done = 0;
        List<Item> page = store.list(Mailbox.DEAD_LETTER, prefix, "", BATCH);
        while (!page.isEmpty()) {
            done += commit(page, work);
            page = store.list(
                    Mailbox.DEAD_LETTER, prefix, page.get(page.size() - 1).key(), BATCH);
        }
        return done;
    }

    private int commit(List<Item> items, Function<Item, Optional<List<Write>>> work) {
        List<Write> writes = new ArrayList<>();
        int number = 0;
        for (Item item : items) {
            Optional<List<Write>> each = work.apply(item);
            each.ifPresent(writes::addAll);
            number += each.isPresent() ? 1 : 0;
        }
        try {
            if (!writes.isEmpty()) {
                store.commit(writes);
            }
            return number;
        } catch (Store.Conflict anotherOperator) {
            return items.size() == 1
                    ? 0
                    : items.stream()
                            .mapToInt(item -> commit(List.of(item), work))
                            .sum();
        }
    }
}
