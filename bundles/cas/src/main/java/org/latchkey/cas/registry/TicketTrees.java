package org.latchkey.cas.registry;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;
import org.latchkey.api.Refusal;
import org.latchkey.api.cas.Ticket;
import org.latchkey.api.cas.TicketRegistry;

/**
 * Tickets by id, each linked to what it granted, so that a sign-in ends with all of it in one step. A service or proxy
 * ticket is forgotten once it is used. Different sign-ins never wait for each other.
 */
final class TicketTrees implements TicketRegistry {

    private final Map<String, Node> nodes = new ConcurrentHashMap<>();
    private final Clock clock;
    private final IntSupplier maximum;

    /**
     * @param maximum how many tickets are kept at most, about: each that adds at this moment may add one more
     */
    TicketTrees(Clock clock, IntSupplier maximum) {
        this.clock = clock;
        this.maximum = maximum;
    }

    @Override
    public void add(Ticket ticket) {
        if (nodes.size() >= maximum.getAsInt()) {
            throw Refusal.of(Refusal.Kind.UNAVAILABLE, "tickets-full", "There is no room for more sign-ins right now.");
        }
        if (ticket.parent().isEmpty()) {
            keep(new Node(ticket));
            return;
        }
        Node parent = find(ticket.parent()).orElseThrow(TicketTrees::ended);
        synchronized (parent.lock()) {
            if (!parent.ticket().isUsable(clock.instant())) {
                throw ended();
            }
            Node node = parent.granted(ticket);
            keep(node);
            node.link();
        }
    }

    private void keep(Node node) {
        if (nodes.putIfAbsent(node.ticket().id(), node) != null) {
            throw Refusal.of(Refusal.Kind.EXISTS, "exists", "There is already a ticket of this id.");
        }
    }

    private static Refusal ended() {
        return Refusal.of(Refusal.Kind.CONFLICT, "ticket-ended", "The sign-in that this belongs to has ended.");
    }

    private Optional<Node> find(String id) {
        return Optional.ofNullable(nodes.get(id));
    }

    @Override
    public Optional<Ticket> get(String id) {
        return find(id).map(Node::ticket);
    }

    @Override
    public Optional<Ticket> consume(String id) {
        return find(id).map(this::consume);
    }

    private Ticket consume(Node node) {
        synchronized (node.lock()) {
            Ticket was = node.ticket();
            if (was.kind().grants()) {
                node.replace(was.invalid()); // what it granted must still be found by it
            } else {
                forget(node);
            }
            return was;
        }
    }

    private void forget(Node node) {
        node.detach();
        nodes.remove(node.ticket().id(), node);
    }

    @Override
    public Optional<Ticket> update(String id, UnaryOperator<Ticket> change) {
        return find(id).flatMap(node -> update(node, change));
    }

    /** Asks for the change without a lock, so that it may take its time. */
    private Optional<Ticket> update(Node node, UnaryOperator<Ticket> change) {
        while (true) {
            Ticket was = node.ticket();
            if (!was.isUsable(clock.instant())) {
                return Optional.empty();
            }
            Ticket changed = new Ticket(
                    was.id(),
                    was.kind(),
                    was.parent(),
                    was.created(),
                    was.expires(),
                    true,
                    change.apply(was).content());
            synchronized (node.lock()) {
                if (node.ticket() == was) {
                    node.replace(changed);
                    return Optional.of(changed);
                }
            }
        }
    }

    @Override
    public List<Ticket> end(String id) {
        return find(id).map(this::end).orElse(List.of());
    }

    private List<Ticket> end(Node node) {
        synchronized (node.lock()) {
            List<Ticket> ended = new ArrayList<>();
            for (Node each : node.subtree()) {
                ended.add(each.ticket());
                forget(each);
            }
            return ended;
        }
    }

    @Override
    public void clear() {
        nodes.values().forEach(this::end);
    }

    @Override
    public long size() {
        return nodes.size();
    }

    /**
     * Forgets what has expired, except for granting tickets that something still hangs on: until that has expired too, it
     * must end with them.
     */
    void sweep() {
        Instant now = clock.instant();
        for (Node node : nodes.values()) {
            if (!now.isBefore(node.ticket().expires())) {
                sweep(node, now);
            }
        }
    }

    private void sweep(Node node, Instant now) {
        synchronized (node.lock()) {
            Optional<Node> spent = Optional.of(node).filter(each -> each.isSpent(now));
            while (spent.isPresent()) {
                forget(spent.get());
                spent = spent.get().parent().filter(each -> each.isSpent(now));
            }
        }
    }
}
