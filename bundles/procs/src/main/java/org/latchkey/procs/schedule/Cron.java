package org.latchkey.procs.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * A cron expression of five fields (POSIX, crontab; names, steps and 7 for Sunday besides) in a time zone. If both days are
 * restricted, either is enough.
 *
 * <p>Where clocks are changed it does what people mean, as Vixie cron does. An expression with an hour of its own fires once on each
 * of its days: at the first of two equal times, and if its time is left out, as much later as is left out. One whose hour begins with
 * {@code *} counts time as it passes: it fires at both of two equal times, and not at a time that is left out.
 */
final class Cron {

    /** Longer than any day that a change of clocks touches, so that no firing near one is overlooked. */
    private static final int HOURS_BEFORE = 27;

    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    private final ExecutionTime times;
    private final ZoneId zone;
    private final boolean everyHour;

    private Cron(ExecutionTime times, ZoneId zone, boolean everyHour) {
        this.times = times;
        this.zone = zone;
        this.everyHour = everyHour;
    }

    /** @throws IllegalArgumentException with a reason, if it has not five fields or one of them is out of range */
    static Cron parse(String expression, ZoneId zone) {
        String[] fields = expression.strip().split("\\s+");
        ExecutionTime times = ExecutionTime.forCron(PARSER.parse(String.join(" ", fields)));
        return new Cron(times, zone, fields[1].startsWith("*"));
    }

    /** When it fires next after a moment; nothing if never, as on the 30th of February. */
    Optional<Instant> after(Instant moment) {
        return everyHour ? asTimePasses(moment) : oncePerDay(moment);
    }

    private Optional<Instant> oncePerDay(Instant moment) {
        LocalDateTime start = LocalDateTime.ofInstant(moment, zone).minusHours(HOURS_BEFORE);
        for (Optional<LocalDateTime> local = next(start); local.isPresent(); local = next(local.get())) {
            // the earlier of two, and after a gap as much later as the gap is long
            Instant fires = local.get().atZone(zone).toInstant();
            if (fires.isAfter(moment)) {
                return Optional.of(fires);
            }
        }
        return Optional.empty();
    }

    private Optional<Instant> asTimePasses(Instant moment) {
        ZoneRules rules = zone.getRules();
        Instant from = moment;
        while (true) {
            ZoneOffset offset = rules.getOffset(from);
            Optional<Instant> fires =
                    next(LocalDateTime.ofInstant(from, offset)).map(local -> local.toInstant(offset));
            ZoneOffsetTransition change = rules.nextTransition(from);
            if (fires.isEmpty() || change == null || fires.get().isBefore(change.getInstant())) {
                return fires;
            }
            Instant changed = change.getInstant();
            ZoneOffset then = change.getOffsetAfter();
            Optional<Instant> first =
                    next(LocalDateTime.ofInstant(changed, then).minusSeconds(1)).map(local -> local.toInstant(then));
            if (first.filter(changed::equals).isPresent()) {
                return first;
            }
            from = changed;
        }
    }

    /** The library is asked about a clock that nobody changes. */
    private Optional<LocalDateTime> next(LocalDateTime after) {
        return times.nextExecution(after.atZone(ZoneOffset.UTC)).map(each -> each.toLocalDateTime());
    }
}
