package org.latchkey.ldap;

import com.unboundid.ldap.listener.LDAPListener;
import com.unboundid.ldap.listener.LDAPListenerConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens while it is this revision's turn. When its turn is over it takes no more clients but goes on with those it
 * has, until it is stopped or its turn comes again. It keeps the doors open until the next one has opened its own.
 */
final class Station {

    private static final Logger log = LoggerFactory.getLogger(Station.class);

    private static final long LOOK_MILLIS = 50;

    /** While on probation: the kernel takes more than 32 new threads for a flood, and each client has one. */
    private static final int FEW = 24;

    private static final Duration HANDOVER = Duration.ofSeconds(2);

    /** A plugin that is taken out is gone within a second. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final Settings settings;
    private final Turn turn;
    private final Sockets sockets;
    private final Desk desk;
    private final Lines lines;
    private final Optional<Certificate> certificate;
    private final Thread thread = new Thread(this::run, "latchkey-ldap");
    private volatile List<Entrance> entrances = List.of();
    private volatile boolean stopping;
    private volatile Optional<String> fault = Optional.empty();

    /** A door, and what waits at it. */
    private record Entrance(Door door, LDAPListener listener) {}

    Station(Settings settings, Turn turn, Sockets sockets, Desk desk) {
        this.settings = settings;
        this.sockets = sockets;
        this.turn = turn;
        this.desk = desk;
        this.lines = new Lines(settings);
        this.certificate = settings.files().map(Certificate::new);
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Closes the doors, lets answers that are under way end, and cuts what is left. Returns when nothing runs. */
    void stop() {
        stopping = true;
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        awaitNext();
        closeDoors();
        lines.closeAll(PATIENCE);
    }

    /** If there is a next one, clients find the doors open until it has opened its own, or takes too long. */
    private void awaitNext() {
        long deadline = System.nanoTime() + HANDOVER.toNanos();
        while (!entrances.isEmpty() && turn.next() == Turn.Next.SILENT && System.nanoTime() < deadline) {
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** What is wrong, in a sentence. Nothing is as soon as it listens. */
    Optional<String> fault() {
        return fault.or(() -> certificate.flatMap(Certificate::fault))
                .or(() -> entrances.isEmpty() ? Optional.of("it does not listen yet") : Optional.empty());
    }

    int connections() {
        return lines.count();
    }

    private void run() {
        while (!stopping) {
            certificate.ifPresent(Certificate::refresh);
            takeTurn();
            lines.closeSilent();
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            } catch (InterruptedException stop) {
                return;
            }
        }
    }

    private void takeTurn() {
        boolean mine = turn.isMine();
        boolean cut = entrances.stream().anyMatch(each -> each.door().socket().isClosed());
        if (cut || !mine && !entrances.isEmpty() && turn.next() != Turn.Next.SILENT) {
            closeDoors();
        }
        if (mine && entrances.isEmpty() && certificate.stream().allMatch(Certificate::isUsable)) {
            openDoors();
        }
    }

    private void openDoors() {
        List<Entrance> opened = new ArrayList<>();
        try {
            if (settings.port() > 0) {
                opened.add(open(settings.port(), Optional.empty()));
            }
            if (settings.tlsPort() > 0) {
                opened.add(open(settings.tlsPort(), certificate.map(each -> each::sockets)));
            }
            entrances = opened;
            fault = Optional.empty();
            log.atInfo()
                    .addKeyValue("address", settings.address().getHostAddress())
                    .addKeyValue("port", settings.port())
                    .addKeyValue("tlsPort", settings.tlsPort())
                    .addKeyValue("base", settings.baseDn())
                    .log("listening for LDAP");
        } catch (IOException failed) {
            opened.forEach(this::close);
            tell("it cannot listen for LDAP on " + settings.address().getHostAddress() + ": " + failed.getMessage());
        }
    }

    private Entrance open(int port, Optional<Supplier<SSLSocketFactory>> encryption) throws IOException {
        Door door = new Door(sockets.open(settings.address(), port), lines, this::isCrowded, encryption);
        LDAPListenerConfig config = new LDAPListenerConfig(port, new Conversation(desk.withEncryption(certificate)));
        config.setServerSocketFactory(new OpenDoor(door));
        config.setExceptionHandler(new Trouble());
        config.setMaxMessageSizeBytes(settings.maxMessageBytes());
        LDAPListener listener = new LDAPListener(config);
        listener.startListening();
        return new Entrance(door, listener);
    }

    private boolean isCrowded() {
        return !stopping && lines.count() >= FEW && turn.isProbation();
    }

    private void closeDoors() {
        if (!entrances.isEmpty()) {
            entrances.forEach(this::close);
            entrances = List.of();
            log.atInfo().addKeyValue("connections", lines.count()).log("no longer listening for LDAP");
        }
    }

    private void close(Entrance entrance) {
        entrance.listener().shutDown(false);
        try {
            sockets.release(entrance.door().socket());
        } catch (IOException failed) {
            log.atWarn().setCause(failed).log("a socket did not close cleanly");
        }
    }

    private void tell(String what) {
        if (!fault.equals(Optional.of(what))) {
            log.atError().log(what);
        }
        fault = Optional.of(what);
    }
}
