package org.latchkey.outbound;

import java.util.List;

/** The threads there are. */
public final class Threads {

    private Threads() {}

    public static List<String> named(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith(prefix))
                .toList();
    }
}
