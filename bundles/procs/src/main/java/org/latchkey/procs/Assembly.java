package org.latchkey.procs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.latchkey.api.proc.Executor;
import org.latchkey.procs.access.Access;
import org.latchkey.procs.access.ClientVersion;
import org.latchkey.procs.access.Doorman;
import org.latchkey.procs.access.Identity;
import org.latchkey.procs.access.Unguarded;
import org.latchkey.procs.access.Unguarded.Reach;
import org.latchkey.procs.http.Door;
import org.latchkey.procs.http.ExecutionRoutes;
import org.latchkey.procs.http.LogRoutes;
import org.latchkey.procs.http.MetadataRoutes;
import org.latchkey.procs.http.OpenRoutes;
import org.latchkey.procs.http.Records;
import org.latchkey.procs.http.RefusalLog;
import org.latchkey.procs.http.RouteSource;
import org.latchkey.procs.http.Routes;
import org.latchkey.procs.http.SecretRoutes;
import org.latchkey.procs.metric.Counters;
import org.latchkey.procs.proc.Dependents;
import org.latchkey.procs.proc.Procs;
import org.latchkey.procs.run.EndingListener;
import org.latchkey.procs.run.Operations;
import org.latchkey.procs.secret.ProcSecrets;
import org.latchkey.procs.store.Changes;

/** Puts the parts together. */
final class Assembly implements AutoCloseable {

    private final Operations operations;
    private final Routes routes = new Routes();
    private final Door door;

    /** @throws IllegalArgumentException if a setting makes no sense */
    Assembly(Surroundings server, ProcsEndpoint.Config config) {
        ClientVersion versions = new ClientVersion(config.minClientVersion());
        Operations.Settings settings = settings(config);
        Changes changes = new Changes(server.store(), server.outbox());
        Access access = new Access(server.authentication(), Set.copyOf(List.of(config.adminGroups())));
        Records records = new Records(server.audit());
        ProcSecrets secrets = new ProcSecrets(server.store(), changes, server.sealing());
        List<Dependents> dependents = new ArrayList<>();
        dependents.add(secrets);
        List<EndingListener> listeners = new ArrayList<>();
        Procs procs = new Procs(server.store(), changes, dependents);
        Counters counters = new Counters();
        this.operations = new Operations(
                server.store(), changes, secrets, server.points().of(Executor.class), listeners, counters, settings);
        List<RouteSource> sources = new ArrayList<>();
        sources.add(new OpenRoutes(
                () -> counters.exposition(operations.live(), operations.tails().followers())));
        sources.add(new MetadataRoutes(procs, access, records));
        sources.add(new SecretRoutes(procs, secrets, records));
        sources.add(new ExecutionRoutes(procs, operations.runs(), operations.stored(), access, records, changes));
        sources.add(new LogRoutes(procs, operations.stored(), access, operations.logs(), operations.tails()));
        sources.forEach(each -> each.addTo(routes));
        this.door = new Door(routes, versions, doorman(server, config), access, new RefusalLog(server.audit()));
    }

    private static Operations.Settings settings(ProcsEndpoint.Config config) {
        return new Operations.Settings(
                config.executor(),
                Duration.ofSeconds(config.timeoutSeconds()),
                config.running(),
                config.logKilobytes(),
                Duration.ofSeconds(config.leaseSeconds()));
    }

    private static Doorman doorman(Surroundings server, ProcsEndpoint.Config config) {
        return config.authEnabled()
                ? new Identity(server.tokens(), server.authentication(), Set.copyOf(List.of(config.authenticators())))
                : new Unguarded(config.openToNetwork() ? Reach.EVERYWHERE : Reach.THIS_MACHINE);
    }

    Door door() {
        return door;
    }

    /** All routes, such as {@code POST /execution}. */
    List<String> routes() {
        return routes.list();
    }

    @Override
    public void close() {
        operations.close();
    }
}
