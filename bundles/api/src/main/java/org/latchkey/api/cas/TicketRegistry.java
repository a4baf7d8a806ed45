package org.latchkey.api.cas;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Keeps the tickets of the CAS server (jscas: {@code ticketRegistry}). Exactly one is in use: the one that
 * {@code latchkey.cas} names, else the first in order. While it cannot be reached its methods refuse (UNAVAILABLE); that
 * a ticket is not there is another answer. What is asserted here is tested by {@code TicketRegistryContract} of the
 * testkit.
 */
@ConsumerType
public interface TicketRegistry {

    /** Service property: the name by which the configuration chooses it. */
    String NAME = "latchkey.registry";

    /**
     * Keeps a new ticket. That its parent grants tickets of its kind is the CAS server's business.
     *
     * @throws org.latchkey.api.Refusal (CONFLICT, {@code ticket-ended}) if the ticket it is granted by is not there, has
     *     expired or is not valid; also if it ends while this is under way. (EXISTS, {@code exists}) if there is one of
     *     that id. (UNAVAILABLE) also if there is no room for more
     */
    void add(Ticket ticket);

    /** The ticket as it is, also when it has expired or is not valid, as long as it is kept. */
    Optional<Ticket> get(String id);

    /**
     * Uses a ticket up and gives it as it was before. Of any number who ask at once exactly one gets it valid; the others
     * get it not valid, or nothing.
     */
    Optional<Ticket> consume(String id);

    /**
     * Puts another content in place of a granting ticket's, if it may still be used, and gives what it is now; nothing
     * if it may not. Whoever was faster wins, and {@code change} is asked again. What else {@code change} alters is not
     * kept.
     */
    Optional<Ticket> update(String id, UnaryOperator<Ticket> change);

    /**
     * Ends a ticket and all that it granted, at any depth; gives those of them that it keeps, as they were, the ticket
     * itself first. A registry that keeps hashes of ids does not know the ids of what was granted: it gives these with an
     * {@code id} and a {@code parent} of {@code ""}, and a used ticket may be forgotten by then. So what single logout
     * needs is in the content of the granting ticket.
     */
    List<Ticket> end(String id);

    /** Forgets all tickets. */
    void clear();

    /** How many it keeps that are valid, about. */
    long size();
}
