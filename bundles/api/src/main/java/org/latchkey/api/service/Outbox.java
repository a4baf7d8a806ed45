package org.latchkey.api.service;

import java.util.List;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.store.Write;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where notices wait until each notifier has taken them: stored in the same transaction as the change they tell of,
 * so that one is not without the other.
 */
@ProviderType
public interface Outbox {

    /** What to store along with a change so that these notices go out; nothing if there is nobody to tell. */
    List<Write> enclose(List<Notice> notices);

    /** Whether there is anybody to tell at the moment; while there is not, notices need not be made. */
    default boolean isAwaited() {
        return true;
    }

    /** What was enclosed is stored now. */
    void stored();

    /**
     * Takes notices of what changed nothing in the store, such as a sign-in that was refused, and stores them by itself,
     * soon and many in one commit. Costs its caller next to nothing, refuses nothing and never waits: while too many are on
     * their way, further ones are dropped, which is counted and told to the operator. What is on its way when the process is
     * killed is lost.
     */
    void tell(List<Notice> notices);
}
