package org.latchkey.ldap;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections there are: so many and no more, and none that is silent for too long. */
final class Lines {

    private static final Logger log = LoggerFactory.getLogger(Lines.class);

    /** How long somebody may be connected without signing in or asking anything. */
    private static final Duration STRANGER = Duration.ofSeconds(30);

    /** How long a stranger is left alone when others want in. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private static final Duration MOMENT = Duration.ofMillis(200);

    private static final Duration PAUSE = Duration.ofSeconds(10);

    private static final long LOOK_MILLIS = 20;

    private final Settings settings;
    private final Set<Line> open = ConcurrentHashMap.newKeySet();
    private volatile long told = System.nanoTime() - PAUSE.toNanos();

    Lines(Settings settings) {
        this.settings = settings;
    }

    /** Takes a connection, or cuts it if there are too many whose clients are known or busy. */
    Optional<Line> admit(Socket raw) throws IOException {
        forgetClosed();
        if (open.size() >= settings.maxConnections() && !makeRoom()) {
            raw.close();
            tellRefused();
            return Optional.empty();
        }
        raw.setSoTimeout((int) settings.idle().toMillis());
        Line line = new Line(raw, settings.maxMessageBytes(), settings.insecure());
        open.add(line);
        return Optional.of(line);
    }

    /** Once in a while: whoever floods the server is not to flood its log. */
    private void tellRefused() {
        if (System.nanoTime() - told > PAUSE.toNanos()) {
            told = System.nanoTime();
            log.atWarn().addKeyValue("most", settings.maxConnections()).log("connections too many are refused");
        }
    }

    /** How many there are. */
    int count() {
        forgetClosed();
        return open.size();
    }

    /** Cuts those who have been silent for too long, and those who take their time with a message or an answer. */
    void closeSilent() {
        forgetClosed();
        open.stream()
                .filter(line -> line.silentMillis() > patience(line).toMillis())
                .forEach(Lines::cut);
    }

    /** Lets what is under way end within the time, then cuts all. */
    void closeAll(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (count() > 0 && System.nanoTime() < deadline) {
            open.stream().filter(Lines::isAtRest).forEach(Lines::cut);
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        open.forEach(Lines::cut);
    }

    /** Who has just come or got an answer may be about to ask. */
    private static boolean isAtRest(Line line) {
        return !line.isBusy() && line.silentMillis() > MOMENT.toMillis();
    }

    private Duration patience(Line line) {
        return line.isKnown() || line.isBusy() || settings.idle().compareTo(STRANGER) < 0 ? settings.idle() : STRANGER;
    }

    /** The stranger who has been silent the longest gives way. */
    private boolean makeRoom() {
        Optional<Line> stranger = open.stream()
                .filter(line -> !line.isKnown() && !line.isBusy() && line.silentMillis() > GRACE.toMillis())
                .max(Comparator.comparingLong(Line::silentMillis));
        stranger.ifPresent(Lines::cut);
        forgetClosed();
        return stranger.isPresent();
    }

    private void forgetClosed() {
        open.removeIf(Line::isClosed);
    }

    static void cut(Line line) {
        try {
            line.close();
        } catch (IOException failed) {
            log.atDebug().addKeyValue("cause", failed.getMessage()).log("a connection was gone before it was cut");
        }
    }
}
