package org.latchkey.tickets.sql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.latchkey.api.cas.Ticket;

/**
 * Ends one ticket with all that it granted. Whatever grants is first marked as not valid, then what it granted is looked
 * for, and only when that is gone it is taken away: so a ticket that is added meanwhile is either found here, or finds
 * its parent ended; and an end that was cut off is completed by another one.
 */
final class Ending {

    private final TicketTable table;
    private final List<Ticket> ended = new ArrayList<>();
    private final Deque<String> open = new ArrayDeque<>();
    private final Deque<String> marked = new ArrayDeque<>();

    private Ending(TicketTable table) {
        this.table = table;
    }

    /** Ends them and gives them as they were; all but the first without their ids. */
    static List<Ticket> of(TicketTable table, String id) {
        Ending ending = new Ending(table);
        String key = SealedId.hash(id);
        ending.mark(key).ifPresent(was -> ending.ended.add(was.opened(id)));
        ending.open.push(key); // also if it is gone itself: what it granted may be left
        while (!ending.open.isEmpty()) {
            ending.endChildren(ending.open.pop());
        }
        ending.marked.forEach(table::delete);
        return List.copyOf(ending.ended);
    }

    private void endChildren(String parent) {
        marked.push(parent);
        List<StoredTicket> children = table.children(parent, "");
        while (!children.isEmpty()) {
            children.forEach(this::end);
            children = table.children(parent, children.get(children.size() - 1).key());
        }
    }

    private void end(StoredTicket child) {
        Optional<StoredTicket> was = mark(child.key());
        was.ifPresent(each -> ended.add(each.ticket()));
        if (child.ticket().kind().grants()) {
            open.push(child.key());
        }
    }

    /** Makes it not valid, or takes it away if it grants nothing; gives what it was. */
    private Optional<StoredTicket> mark(String key) {
        while (true) {
            Optional<StoredTicket> was = table.get(key);
            if (was.isEmpty()) {
                return was;
            }
            Ticket ticket = was.get().ticket();
            boolean done = ticket.kind().grants()
                    ? !ticket.valid()
                            || table.commit(was.get().with(ticket.invalid()).put())
                    : table.commit(was.get().delete());
            if (done) {
                return was;
            }
        }
    }
}
