package org.latchkey.cas.registry;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.latchkey.api.cas.Ticket;

/** Measures tickets in memory, by hand: how many are added and used in a second, and what 100,000 sessions take. */
final class TicketsThroughput {

    private static final int SESSIONS = 100_000;
    private static final int ROUNDS = 5;
    private static final int TICKETS = 1_000_000;

    private TicketsThroughput() {}

    public static void main(String[] arguments) {
        TicketTrees trees = new TicketTrees(Clock.systemUTC(), () -> 10_000_000);
        long before = used();
        List<String> sessions = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            Ticket granting = ticket(Ticket.Kind.TICKET_GRANTING, "", i);
            trees.add(granting);
            sessions.add(granting.id());
        }
        System.out.println(SESSIONS + " sessions: " + (used() - before) / (1 << 20) + " MiB");
        String[] ids = new String[TICKETS];
        for (int i = 0; i < TICKETS; i++) {
            ids[i] = Ticket.Kind.SERVICE.prefix() + UUID.randomUUID();
        }
        Map<String, String> content = Map.of("service", "https://app.example/");
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            int valid = 0;
            for (int i = 0; i < TICKETS; i++) {
                Instant now = Instant.now();
                trees.add(new Ticket(
                        ids[i],
                        Ticket.Kind.SERVICE,
                        sessions.get(i % SESSIONS),
                        now,
                        now.plusSeconds(10),
                        true,
                        content));
                valid += trees.consume(ids[i]).filter(Ticket::valid).isPresent() ? 1 : 0;
            }
            long nanos = System.nanoTime() - start;
            System.out.println(valid * 1_000_000_000L / nanos + " added and used a second");
        }
    }

    private static Ticket ticket(Ticket.Kind kind, String parent, int number) {
        Instant now = Instant.now();
        return new Ticket(
                kind.prefix() + UUID.randomUUID(),
                kind,
                parent,
                now,
                now.plusSeconds(3600),
                true,
                Map.of(
                        "user",
                        "user" + number,
                        "source",
                        "directory",
                        "session",
                        UUID.randomUUID().toString()));
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
