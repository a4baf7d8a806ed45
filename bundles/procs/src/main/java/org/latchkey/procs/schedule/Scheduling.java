package org.latchkey.procs.schedule;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import org.latchkey.api.service.Audit;
import org.latchkey.api.service.Directory;
import org.latchkey.procs.access.Access;
import org.latchkey.procs.access.Vouchers;
import org.latchkey.procs.http.Records;
import org.latchkey.procs.http.RouteSource;
import org.latchkey.procs.http.Routes;
import org.latchkey.procs.proc.Procs;
import org.latchkey.procs.run.Crew;
import org.latchkey.procs.run.Runs;
import org.latchkey.procs.run.Turn;
import org.latchkey.procs.store.Changes;

/** Puts together what has procs run by themselves. */
public final class Scheduling implements RouteSource {

    /**
     * How schedules are seen to.
     *
     * @param zone of schedules that name none, as they are made
     * @param look how often to look what is due
     * @param grace how late a moment may be made up
     * @param trust for how long an owner who is not of the directory counts as in their groups
     * @param guarded whether people have to prove who they are
     */
    public record Settings(ZoneId zone, Duration look, Duration grace, Duration trust, OwnerCheck.Guard guarded) {

        /** @throws IllegalArgumentException if one of them makes no sense */
        public static Settings of(String zone, int lookSeconds, int graceSeconds, int trustDays, boolean authEnabled) {
            require("scheduleSeconds", lookSeconds, 1, 60);
            require("scheduleGraceSeconds", graceSeconds, 1, 86_400);
            require("scheduleTrustDays", trustDays, 1, 3_650);
            return new Settings(
                    zone(zone),
                    Duration.ofSeconds(lookSeconds),
                    Duration.ofSeconds(graceSeconds),
                    Duration.ofDays(trustDays),
                    authEnabled ? OwnerCheck.Guard.ON : OwnerCheck.Guard.OFF);
        }

        private static ZoneId zone(String name) {
            try {
                return ZoneId.of(name);
            } catch (DateTimeException unknown) {
                throw new IllegalArgumentException("timeZone is no time zone such as Europe/Berlin: " + name);
            }
        }

        private static void require(String name, int value, int least, int greatest) {
            if (value < least || value > greatest) {
                throw new IllegalArgumentException(name + " must be from " + least + " to " + greatest);
            }
        }
    }

    private final ScheduleRoutes routes;
    private final Turn turn;
    private final Duration look;

    public Scheduling(
            Schedules schedules,
            Procs procs,
            Runs runs,
            Access access,
            Vouchers vouchers,
            Directory directory,
            Changes changes,
            Audit audit,
            Settings settings) {
        Clock clock = Clock.systemUTC();
        OwnerCheck owners = new OwnerCheck(directory, access, vouchers, settings.guarded(), settings.trust());
        PlanReader reader = new PlanReader(settings.zone());
        this.routes = new ScheduleRoutes(schedules, procs, access, new Records(audit), owners, reader, clock);
        Scheduler scheduler = new Scheduler(schedules, procs, runs, owners, changes, audit, clock, settings.grace());
        this.turn = new Turn("schedules", scheduler::tick);
        this.look = settings.look();
    }

    @Override
    public void addTo(Routes table) {
        routes.addTo(table);
    }

    /** Begins to have schedules fire; not on a node that only reads. */
    public void begin(Crew crew) {
        crew.every(look, () -> crew.execute(turn));
    }
}
