package org.latchkey.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.latchkey.api.Page;
import org.latchkey.api.Refusal;
import org.latchkey.api.service.Audit;
import org.latchkey.api.service.AuditEvent;

/** An audit log in memory, for tests; can be told to be out of order. */
public final class MemoryAudit implements Audit {

    private final List<Entry> entries = new ArrayList<>();
    private boolean broken;

    /** From now on nothing can be written. */
    public void breakDown() {
        broken = true;
    }

    /** From now on entries can be written again. */
    public void repair() {
        broken = false;
    }

    /** What was written, in order. */
    public synchronized List<AuditEvent> events() {
        return entries.stream().map(Entry::event).toList();
    }

    /** What was written last. */
    public synchronized AuditEvent last() {
        return entries.get(entries.size() - 1).event();
    }

    @Override
    public void requireAvailable() {
        if (broken) {
            throw Refusal.of(Refusal.Kind.UNAVAILABLE, UNAVAILABLE, "The audit log is broken.");
        }
    }

    @Override
    public synchronized void append(AuditEvent event) {
        requireAvailable();
        entries.add(new Entry(entries.size() + 1, event, ""));
    }

    @Override
    public Audit bestEffort() {
        if (!broken) {
            return this;
        }
        MemoryAudit lost = new MemoryAudit();
        lost.entries.addAll(entries);
        return lost;
    }

    @Override
    public synchronized List<Entry> ofRequest(String requestId) {
        return entries.stream()
                .filter(entry -> entry.event().requestId().equals(requestId))
                .toList();
    }

    @Override
    public synchronized Page<Entry> entries(String cursor, int limit) {
        int before = cursor.isEmpty() ? entries.size() : Integer.parseInt(cursor) - 1;
        int from = Math.max(0, before - limit);
        List<Entry> page = new ArrayList<>(entries.subList(from, before));
        Collections.reverse(page);
        return new Page<>(page, from > 0 ? Optional.of(String.valueOf(from + 1)) : Optional.empty());
    }

    @Override
    public synchronized Verification verify() {
        return broken
                ? new Verification(1, 0, "", 1, "The entry was changed after it was written.")
                : new Verification(entries.isEmpty() ? 0 : 1, entries.size(), "", 0, "");
    }
}
