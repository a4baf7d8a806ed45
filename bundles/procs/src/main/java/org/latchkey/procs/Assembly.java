package org.latchkey.procs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.latchkey.api.http.Response;
import org.latchkey.procs.access.Access;
import org.latchkey.procs.access.ClientVersion;
import org.latchkey.procs.access.Doorman;
import org.latchkey.procs.access.Identity;
import org.latchkey.procs.access.Unguarded;
import org.latchkey.procs.access.Unguarded.Reach;
import org.latchkey.procs.http.Door;
import org.latchkey.procs.http.MetadataRoutes;
import org.latchkey.procs.http.Records;
import org.latchkey.procs.http.RefusalLog;
import org.latchkey.procs.http.RouteSource;
import org.latchkey.procs.http.Routes;
import org.latchkey.procs.proc.Dependents;
import org.latchkey.procs.proc.Procs;
import org.latchkey.procs.store.Changes;

/** Puts the parts together. */
final class Assembly {

    private final Door door;

    /** @throws IllegalArgumentException if a setting makes no sense */
    Assembly(Surroundings server, ProcsEndpoint.Config config) {
        Changes changes = new Changes(server.store(), server.outbox());
        Access access = new Access(server.authentication(), Set.of(config.adminGroups()));
        Records records = new Records(server.audit());
        List<Dependents> dependents = new ArrayList<>();
        Procs procs = new Procs(server.store(), changes, dependents);
        List<RouteSource> sources = new ArrayList<>();
        sources.add(new MetadataRoutes(procs, access, records));
        Routes routes = new Routes().open("/ping", request -> Response.text(200, "pong"));
        sources.forEach(each -> each.addTo(routes));
        this.door = new Door(
                routes,
                new ClientVersion(config.minClientVersion()),
                doorman(server, config),
                access,
                new RefusalLog(server.audit()));
    }

    private static Doorman doorman(Surroundings server, ProcsEndpoint.Config config) {
        return config.authEnabled()
                ? new Identity(server.tokens(), server.authentication())
                : new Unguarded(config.openToNetwork() ? Reach.EVERYWHERE : Reach.THIS_MACHINE);
    }

    Door door() {
        return door;
    }
}
