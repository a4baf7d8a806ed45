package org.latchkey.tickets.sql;

import java.time.Clock;
import java.util.List;
import org.latchkey.api.cas.TicketRegistry;
import org.latchkey.testkit.MemoryStore;
import org.latchkey.testkit.TicketContentionContract;

/** Two nodes on one database. */
public class TwoNodesTest extends TicketContentionContract {

    @Override
    protected List<TicketRegistry> nodes(Clock time) {
        MemoryStore store = new MemoryStore();
        return List.of(new StoredTickets(store, time), new StoredTickets(store, time));
    }
}
