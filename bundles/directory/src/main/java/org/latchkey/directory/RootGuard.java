package org.latchkey.directory;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.latchkey.api.Caller;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Guards the account that no hook guards: root signs in from this machine alone, unless the operator says
 * otherwise, and only so often with a wrong secret.
 */
@Component(service = RootGuard.class, configurationPid = "latchkey.root")
@Designate(ocd = RootGuard.Config.class)
public final class RootGuard {

    @ObjectClassDefinition(name = "Latchkey root", description = "From where and how often root may sign in.")
    public @interface Config {
        @AttributeDefinition(name = "Remote", description = "Whether root may sign in from other machines.")
        boolean remote() default false;

        @AttributeDefinition(name = "Failures", description = "How many failures a minute before root has to wait.")
        int failures() default 10;
    }

    private static final long WINDOW = TimeUnit.MINUTES.toNanos(1);

    private final boolean remote;
    private final int mostFailures;
    private final Deque<Long> failures = new ArrayDeque<>();

    @Activate
    public RootGuard(Config config) {
        this.remote = config.remote();
        this.mostFailures = config.failures();
    }

    /** Why root may not even try, or nothing. */
    synchronized Optional<String> objection(Caller caller) {
        if (!remote && !isHere(caller)) {
            return Optional.of("root from afar");
        }
        long now = System.nanoTime();
        while (!failures.isEmpty() && now - failures.getFirst() > WINDOW) {
            failures.removeFirst();
        }
        return failures.size() >= mostFailures ? Optional.of("too many failures of root") : Optional.empty();
    }

    synchronized void tell(boolean succeeded) {
        if (succeeded) {
            failures.clear();
        } else if (failures.size() < mostFailures) {
            failures.addLast(System.nanoTime());
        }
    }

    /** What a proxy on this machine passes on comes from afar, whatever its own address is. */
    private static boolean isHere(Caller caller) {
        if (caller.address().equals("local")) {
            return true;
        }
        try {
            // An address, never a name: the web layer takes it off the connection.
            return !caller.forwarded()
                    && InetAddress.getByName(caller.address()).isLoopbackAddress();
        } catch (UnknownHostException noAddress) {
            return false;
        }
    }
}
