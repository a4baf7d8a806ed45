package org.latchkey.web;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.latchkey.api.http.Endpoint;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.ExtensionInfo;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.api.kernel.Link;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which endpoint serves which mount. Derived anew whenever the endpoints change, and immutable between.
 * Where two want one mount, the one that already serves it goes on, else the first in chain order.
 */
final class Mounts {

    private static final Logger log = LoggerFactory.getLogger(Mounts.class);

    /** How long an endpoint may be gone and still be listed; as a rule its successor stands there at once. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Extensions<Endpoint> endpoints;
    private volatile Table table = new Table(List.of(), Map.of(), Map.of());

    /**
     * @param source the links it was derived from
     * @param serving by mount
     * @param refused who wants a mount and does not get it, and why
     */
    private record Table(
            List<Link<Endpoint>> source, Map<String, Link<Endpoint>> serving, Map<ExtensionInfo, String> refused) {}

    Mounts(Extensions<Endpoint> endpoints) {
        this.endpoints = endpoints;
    }

    /** Whether an endpoint serves the mount, also if it is just made anew. */
    boolean has(String mount) {
        Optional<Chain<Endpoint>> held = enter(mount);
        held.ifPresent(Chain::close);
        return held.isPresent();
    }

    /**
     * Holds the endpoint of a mount until the chain is closed, or gives nothing if there is none. One that is just made anew,
     * since its settings have changed, is waited for: who enters all of them waits for it, a second at most.
     */
    Optional<Chain<Endpoint>> enter(String mount) {
        Optional<Chain<Endpoint>> held = held(mount);
        if (held.isEmpty()) {
            endpoints.enter().close();
            held = held(mount);
        }
        return held;
    }

    private Optional<Chain<Endpoint>> held(String mount) {
        long start = System.nanoTime();
        do {
            Link<Endpoint> link = current().serving().get(mount);
            if (link == null) {
                return Optional.empty();
            }
            Optional<Chain<Endpoint>> held = endpoints.enter(link);
            if (held.isPresent()) {
                return held;
            }
            Thread.yield(); // it has just left service, and its successor stands in the next table
        } while (System.nanoTime() - start < PATIENCE_NANOS);
        return Optional.empty();
    }

    private Table current() {
        Table seen = table;
        return seen.source() == endpoints.links() ? seen : derive();
    }

    private synchronized Table derive() {
        List<Link<Endpoint>> links = endpoints.links();
        if (table.source() != links) {
            Table next = derive(links, table);
            report(next, table);
            table = next;
        }
        return table;
    }

    private static Table derive(List<Link<Endpoint>> links, Table before) {
        Map<String, Link<Endpoint>> serving = new HashMap<>();
        Map<ExtensionInfo, String> refused = new LinkedHashMap<>();
        for (Link<Endpoint> link : links) {
            Optional<String> fault = MountRule.fault(link.info());
            if (fault.isPresent()) {
                refused.put(link.info(), fault.get());
                continue;
            }
            String mount = MountRule.mount(link.info());
            Link<Endpoint> rival = serving.get(mount);
            if (rival == null) {
                serving.put(mount, link);
            } else if (serves(before, mount, link) && !serves(before, mount, rival)) {
                serving.put(mount, link);
                refused.put(rival.info(), taken(mount, link));
            } else {
                refused.put(link.info(), taken(mount, rival));
            }
        }
        return new Table(links, serving, refused);
    }

    /** Whether this extension, in this or an earlier revision, is the one that served the mount. */
    private static boolean serves(Table table, String mount, Link<Endpoint> link) {
        Link<Endpoint> served = table.serving().get(mount);
        return served != null
                && served.info().bundle().equals(link.info().bundle())
                && served.info().name().equals(link.info().name());
    }

    private static String taken(String mount, Link<Endpoint> by) {
        return "The mount \"" + mount + "\" is already served by " + by.info().bundle() + ".";
    }

    private static void report(Table next, Table before) {
        next.source().forEach(link -> link.remark(next.refused().getOrDefault(link.info(), "")));
        next.refused().forEach((info, reason) -> {
            if (!reason.equals(before.refused().get(info))) {
                log.atWarn()
                        .addKeyValue("plugin", info.bundle())
                        .addKeyValue("version", info.version())
                        .addKeyValue("extension", info.name())
                        .addKeyValue("reason", reason)
                        .log("An endpoint is not mounted");
            }
        });
    }
}
