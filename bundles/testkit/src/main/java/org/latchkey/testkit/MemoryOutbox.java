package org.latchkey.testkit;

import java.util.ArrayList;
import java.util.List;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.service.Outbox;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Write;

/** An outbox for tests: keeps what was enclosed, and tells it apart from what was stored too. */
public final class MemoryOutbox implements Outbox {

    private final List<Notice> stored = new ArrayList<>();
    private final ThreadLocal<List<Notice>> enclosed = ThreadLocal.withInitial(ArrayList::new);

    @Override
    public List<Write> enclose(List<Notice> notices) {
        enclosed.get().clear();
        enclosed.get().addAll(notices);
        return notices.stream()
                .<Write>map(notice -> new Write.Put(new Item("notice", notice.id(), 0, "{}", List.of())))
                .toList();
    }

    @Override
    public void stored() {
        synchronized (stored) {
            stored.addAll(enclosed.get());
        }
        enclosed.remove();
    }

    @Override
    public void tell(List<Notice> notices) {
        synchronized (stored) {
            stored.addAll(notices);
        }
    }

    /** The notices of all changes that were stored, in order. */
    public List<Notice> notices() {
        synchronized (stored) {
            return List.copyOf(stored);
        }
    }
}
