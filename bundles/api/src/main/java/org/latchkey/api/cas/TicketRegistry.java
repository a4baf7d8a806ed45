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
     * Keeps a new ticket.
     *
     * @throws org.latchkey.api.Refusal (CONFLICT, {@code ticket-ended}) if the ticket it is granted by is not there, has
     *     expired or is not valid; also if it ends while this is under way
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
     * Puts another content in place of a granting ticket's, if it is still valid; whoever was faster wins with
     * {@code change} asked again.
     */
    Optional<Ticket> update(String id, UnaryOperator<Ticket> change);

    /** Ends a granting ticket and all that it granted, at any depth; gives those of them that it keeps, as they were. */
    List<Ticket> end(String id);

    /** Forgets all tickets. */
    void clear();

    /** How many it keeps that are valid, about. */
    long size();
}
