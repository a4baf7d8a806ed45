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
 * has, until it is stopped or its turn comes again.
 */
final class Station {

    private static final Logger log = LoggerFactory.getLogger(Station.class);

    private static final long LOOK_MILLIS = 50;

    /** How many looks it keeps the doors open when its turn is over: the next one opens its own meanwhile. */
    private static final int OVERLAP = 4;

    /** While on probation: the kernel takes more than 32 new threads for a flood, and each client has one. */
    private static final int FEW = 24;

    /** A plugin that is taken out is gone within a second. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final Settings settings;
    private final Turn turn;
    private final Desk desk;
    private final Lines lines;
    private final Optional<Certificate> certificate;
    private final Thread thread = new Thread(this::run, "latchkey-ldap");
    private List<LDAPListener> listeners = List.of();
    private int looksOutOfTurn;
    private volatile boolean stopping;
    private volatile Optional<String> fault = Optional.empty();

    Station(Settings settings, Turn turn, Desk desk) {
        this.settings = settings;
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
        closeDoors();
        lines.closeAll(PATIENCE);
    }

    /** What is wrong, in a sentence. */
    Optional<String> fault() {
        return fault.or(() -> certificate.flatMap(Certificate::fault));
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
        if (turn.isMine()) {
            looksOutOfTurn = 0;
            if (listeners.isEmpty() && certificate.stream().allMatch(Certificate::isUsable)) {
                openDoors();
            }
        } else if (++looksOutOfTurn >= OVERLAP) {
            closeDoors();
        }
    }

    private void openDoors() {
        List<LDAPListener> opened = new ArrayList<>();
        try {
            if (settings.port() > 0) {
                opened.add(listen(settings.port(), Optional.empty()));
            }
            if (settings.tlsPort() > 0) {
                opened.add(listen(settings.tlsPort(), certificate.map(each -> each::sockets)));
            }
            listeners = opened;
            fault = Optional.empty();
            log.atInfo()
                    .addKeyValue("address", settings.address().getHostAddress())
                    .addKeyValue("port", settings.port())
                    .addKeyValue("tlsPort", settings.tlsPort())
                    .addKeyValue("base", settings.baseDn())
                    .log("listening for LDAP");
        } catch (IOException failed) {
            opened.forEach(each -> each.shutDown(false));
            tell("it cannot listen for LDAP on " + settings.address().getHostAddress() + ": " + failed.getMessage());
        }
    }

    private LDAPListener listen(int port, Optional<Supplier<SSLSocketFactory>> encryption) throws IOException {
        Door door = Door.open(settings.address(), port, turn.isShared(), lines, this::isCrowded, encryption);
        LDAPListenerConfig config = new LDAPListenerConfig(port, new Conversation(desk.withEncryption(certificate)));
        config.setServerSocketFactory(new OpenDoor(door));
        config.setExceptionHandler(new Trouble());
        config.setMaxMessageSizeBytes(settings.maxMessageBytes());
        LDAPListener listener = new LDAPListener(config);
        listener.startListening();
        return listener;
    }

    private boolean isCrowded() {
        return !stopping && lines.count() >= FEW && turn.isProbation();
    }

    private void closeDoors() {
        listeners.forEach(each -> each.shutDown(false));
        listeners = List.of();
    }

    private void tell(String what) {
        if (!fault.equals(Optional.of(what))) {
            log.atError().log(what);
        }
        fault = Optional.of(what);
    }
}
