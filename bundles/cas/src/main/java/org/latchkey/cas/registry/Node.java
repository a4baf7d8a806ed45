package org.latchkey.cas.registry;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.latchkey.api.cas.Ticket;

/**
 * A ticket in the tree of what was granted by one sign-in. Whoever reads links or changes anything holds the lock of the
 * tree's root; the ticket itself may be read without. The links are fields, not collections: there is one node for each
 * ticket, and most have no children.
 */
final class Node {

    private final Node root;
    private volatile Ticket ticket;

    // null where there is none; these never leave this class but wrapped
    private Node parent;
    private Node firstChild;
    private Node next;
    private Node previous;

    /** A tree of its own. */
    Node(Ticket ticket) {
        this.ticket = ticket;
        this.root = this;
    }

    private Node(Ticket ticket, Node parent) {
        this.ticket = ticket;
        this.root = parent.root;
        this.parent = parent;
    }

    /** A node that belongs under this one, and will be linked to it. The text of the parent's id is kept once. */
    Node granted(Ticket child) {
        return new Node(
                new Ticket(
                        child.id(),
                        child.kind(),
                        ticket.id(),
                        child.created(),
                        child.expires(),
                        child.valid(),
                        child.content()),
                this);
    }

    Object lock() {
        return root;
    }

    Ticket ticket() {
        return ticket;
    }

    void replace(Ticket changed) {
        ticket = changed;
    }

    /** Puts it under its parent. */
    void link() {
        next = parent.firstChild;
        if (next != null) {
            next.previous = this;
        }
        parent.firstChild = this;
    }

    /** Takes it out of its tree, never to be used again. */
    void detach() {
        ticket = ticket.invalid();
        if (previous != null) {
            previous.next = next;
        } else if (parent != null && parent.firstChild == this) {
            parent.firstChild = next;
        }
        if (next != null) {
            next.previous = previous;
        }
        next = null;
        previous = null;
    }

    Optional<Node> parent() {
        return Optional.ofNullable(parent);
    }

    /** Whether nothing needs it any more: it has expired, and granted nothing that is still kept. */
    boolean isSpent(Instant now) {
        return firstChild == null && !now.isBefore(ticket.expires());
    }

    /** It and everything under it, at any depth, parents first. */
    List<Node> subtree() {
        List<Node> all = new ArrayList<>();
        Deque<Node> open = new ArrayDeque<>(List.of(this));
        while (!open.isEmpty()) {
            Node node = open.pop();
            all.add(node);
            for (Node child = node.firstChild; child != null; child = child.next) {
                open.push(child);
            }
        }
        return all;
    }
}
