package org.latchkey.kernel.extension;

import java.util.List;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.Link;

/** A chain that somebody is in the middle of. If they get stuck in a plugin, they hold it no more. */
final class HeldChain<T> extends Remedy implements Chain<T> {

    private final List<Link<T>> links;
    private final Holders holders;
    private final Completeness completeness;

    /** Whether all that is required has its say. */
    @FunctionalInterface
    interface Completeness {
        void require();
    }

    /** Takes over a place in {@code holders} that the caller has already entered. */
    HeldChain(Watch watch, List<Link<T>> links, Holders holders, Completeness completeness) {
        super(watch, holders::leave);
        this.links = links;
        this.holders = holders;
        this.completeness = completeness;
    }

    @Override
    public List<Link<T>> links() {
        return links;
    }

    @Override
    public void requireComplete() {
        completeness.require();
    }

    @Override
    public void close() {
        leaveScope();
        if (finish()) {
            holders.leave();
        }
    }
}
