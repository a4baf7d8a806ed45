package org.latchkey.notify;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.extension.Notifier;

/** A notifier that remembers what it was given, and does what the test tells it to. */
final class Sink implements Notifier {

    /** What to do with a notice. */
    interface Manner {
        void on(Notice notice) throws IOException;
    }

    static final Manner DOWN = notice -> {
        throw new IOException("down");
    };

    private final List<String> tried = new CopyOnWriteArrayList<>();
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private volatile Manner manner = notice -> {};

    Sink(Manner manner) {
        this.manner = manner;
    }

    Sink() {}

    void behave(Manner changed) {
        manner = changed;
    }

    /** The ids of all it was given, also what it did not take. */
    List<String> tried() {
        return tried;
    }

    List<String> taken() {
        return taken;
    }

    @Override
    public void notify(Notice notice) throws IOException {
        tried.add(notice.id());
        manner.on(notice);
        taken.add(notice.id());
    }
}
