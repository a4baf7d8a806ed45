package org.latchkey.procs;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.latchkey.api.proc.Executor;
import org.latchkey.api.service.Outbound;
import org.latchkey.procs.access.Access;
import org.latchkey.procs.access.ClientVersion;
import org.latchkey.procs.access.Doorman;
import org.latchkey.procs.access.Identity;
import org.latchkey.procs.access.Unguarded;
import org.latchkey.procs.access.Unguarded.Reach;
import org.latchkey.procs.access.Vouchers;
import org.latchkey.procs.callback.CallbackUrls;
import org.latchkey.procs.callback.Callbacks;
import org.latchkey.procs.http.Door;
import org.latchkey.procs.http.ExecutionRoutes;
import org.latchkey.procs.http.LogRoutes;
import org.latchkey.procs.http.MetadataRoutes;
import org.latchkey.procs.http.OpenRoutes;
import org.latchkey.procs.http.Records;
import org.latchkey.procs.http.RefusalLog;
import org.latchkey.procs.http.Routes;
import org.latchkey.procs.http.SecretRoutes;
import org.latchkey.procs.metric.Counters;
import org.latchkey.procs.proc.Procs;
import org.latchkey.procs.run.Crew;
import org.latchkey.procs.run.Operations;
import org.latchkey.procs.schedule.Schedules;
import org.latchkey.procs.schedule.Scheduling;
import org.latchkey.procs.secret.ProcSecrets;
import org.latchkey.procs.shell.Commands;
import org.latchkey.procs.store.Changes;

/** Puts the parts together. */
final class Assembly implements AutoCloseable {

    /** What most parts need. */
    private record Base(
            Changes changes, Access access, Records records, ProcSecrets secrets, Schedules schedules, Procs procs) {

        static Base of(Surroundings server, ProcsEndpoint.Config config) {
            Changes changes = new Changes(server.store(), server.outbox());
            Access access = new Access(server.authentication(), Set.copyOf(List.of(config.adminGroups())));
            ProcSecrets secrets = new ProcSecrets(server.store(), changes, server.sealing());
            Schedules schedules = new Schedules(server.store(), changes);
            Procs procs = new Procs(server.store(), changes, List.of(secrets, schedules));
            return new Base(changes, access, new Records(server.audit()), secrets, schedules, procs);
        }
    }

    private final Outbound.Lane lane;
    private final Crew crew;
    private final Operations operations;
    private final Routes routes;
    private final Commands commands;
    private final Door door;

    /** @throws IllegalArgumentException if a setting makes no sense; nothing is begun then */
    Assembly(Surroundings server, ProcsEndpoint.Config config) {
        ClientVersion versions = new ClientVersion(config.minClientVersion());
        Operations.Settings settings = settings(config);
        Scheduling.Settings scheduleSettings = scheduleSettings(config);
        Base base = Base.of(server, config);
        Counters counters = new Counters();
        this.lane = server.outbound().open(callbackRules(config));
        this.crew = new Crew();
        Callbacks callbacks = new Callbacks(server.store(), lane, crew, Clock.systemUTC());
        this.operations = new Operations(
                server.store(),
                base.changes(),
                base.secrets(),
                server.points().of(Executor.class),
                List.of(callbacks),
                counters,
                settings);
        Scheduling scheduling = new Scheduling(
                base.schedules(),
                base.procs(),
                operations.runs(),
                base.access(),
                vouchers(server, config),
                server.directory(),
                base.changes(),
                server.audit(),
                scheduleSettings);
        this.routes = routes(base, counters, new CallbackUrls(Set.copyOf(List.of(config.callbackHosts()))));
        scheduling.addTo(routes);
        this.door = new Door(routes, versions, doorman(server, config), base.access(), new RefusalLog(server.audit()));
        this.commands = new Commands(
                base.procs(),
                operations.runs(),
                operations.stored(),
                operations.logs(),
                base.schedules(),
                server.audit());
        if (!server.store().isReadOnly()) {
            scheduling.begin(crew);
            callbacks.begin();
        }
    }

    private Routes routes(Base base, Counters counters, CallbackUrls callbacks) {
        Routes routes = new Routes();
        Stream.of(
                        new OpenRoutes(() -> counters.exposition(
                                operations.live(), operations.tails().followers())),
                        new MetadataRoutes(base.procs(), base.access(), base.records()),
                        new SecretRoutes(base.procs(), base.secrets(), base.records()),
                        new ExecutionRoutes(
                                base.procs(),
                                operations.runs(),
                                operations.stored(),
                                base.access(),
                                base.records(),
                                base.changes(),
                                callbacks),
                        new LogRoutes(
                                base.procs(),
                                operations.stored(),
                                base.access(),
                                operations.logs(),
                                operations.tails()))
                .forEach(each -> each.addTo(routes));
        return routes;
    }

    private static Operations.Settings settings(ProcsEndpoint.Config config) {
        return new Operations.Settings(
                config.executor(),
                Duration.ofSeconds(config.timeoutSeconds()),
                config.running(),
                config.logKilobytes(),
                Duration.ofSeconds(config.leaseSeconds()));
    }

    private static Scheduling.Settings scheduleSettings(ProcsEndpoint.Config config) {
        return Scheduling.Settings.of(
                config.timeZone(),
                config.scheduleSeconds(),
                config.scheduleGraceSeconds(),
                config.scheduleTrustDays(),
                config.authEnabled());
    }

    /** Few at once, for runs do not end by the hundred; what waits too long is tried again from the store. */
    private static Outbound.Rules callbackRules(ProcsEndpoint.Config config) {
        return new Outbound.Rules(
                "latchkey-procs-callback", 4, 2, 64, Set.copyOf(List.of(config.callbackHosts())), Optional.empty());
    }

    private static Vouchers vouchers(Surroundings server, ProcsEndpoint.Config config) {
        return new Vouchers(server.authentication(), Set.copyOf(List.of(config.authenticators())));
    }

    private static Doorman doorman(Surroundings server, ProcsEndpoint.Config config) {
        return config.authEnabled()
                ? new Identity(server.tokens(), server.authentication(), Set.copyOf(List.of(config.authenticators())))
                : new Unguarded(config.openToNetwork() ? Reach.EVERYWHERE : Reach.THIS_MACHINE);
    }

    /** What the operator can do at the shell. */
    Commands commands() {
        return commands;
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
        crew.close();
        lane.close();
        operations.close();
    }
}
