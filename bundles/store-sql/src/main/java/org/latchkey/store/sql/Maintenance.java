package org.latchkey.store.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.osgi.service.jdbc.DataSourceFactory;

/** What is done with the databases while no server runs: {@code bin/latchkey copy} and {@code migrate}. */
final class Maintenance {

    /** The names of the framework properties that say what to do; the environment cannot set any of these. */
    static final String TASK = "org.latchkey.task";

    /** Finds the driver for a URL. */
    @FunctionalInterface
    interface Drivers {
        DataSourceFactory of(String url) throws SQLException, TaskRefused;
    }

    private final Function<String, String> properties;
    private final Settings configured;
    private final Drivers drivers;

    Maintenance(Function<String, String> properties, Settings configured, Drivers drivers) {
        this.properties = properties;
        this.configured = configured;
        this.drivers = drivers;
    }

    /** Does what the properties say and gives what there is to say about it. */
    List<String> run() throws SQLException, TaskRefused {
        return switch (option("")) {
            case "copy" -> copy();
            case "migrate" -> migrate();
            default -> throw new TaskRefused("there is no task " + option(""));
        };
    }

    private String option(String name) {
        String value = properties.apply(TASK + name);
        return value == null ? "" : value;
    }

    private boolean isDryRun() {
        return !option(".dry").equals("false");
    }

    private List<String> copy() throws SQLException, TaskRefused {
        Settings from = option(".from.url").isEmpty() ? configured : given(".from");
        Settings to = given(".to");
        if (from.url().equals(to.url())) {
            throw new TaskRefused("the databases to copy from and to are the same");
        }
        Copy.Present present = option(".truncate").equals("true") ? Copy.Present.REMOVE : Copy.Present.REFUSE;
        Copy copy = new Copy(place(from), place(to), present);
        return isDryRun() ? copy.rehearse() : copy.run();
    }

    private Settings given(String side) {
        return configured.elsewhere(option(side + ".url"), option(side + ".user"), option(side + ".password"));
    }

    private Copy.Place place(Settings settings) throws SQLException, TaskRefused {
        return new Copy.Place(source(settings), Dialect.of(settings.url()), settings.name());
    }

    private DataSource source(Settings settings) throws SQLException, TaskRefused {
        Settings unhurried = settings.unhurried();
        return drivers.of(unhurried.url()).createDataSource(unhurried.forDriver());
    }

    private List<String> migrate() throws SQLException, TaskRefused {
        Dialect dialect = Dialect.of(configured.url());
        DataSource source = source(configured);
        long applied = Schema.newestApplied(source);
        long wanted = option(".to").isEmpty() ? Script.NEWEST : Long.parseLong(option(".to"));
        if (applied > Script.NEWEST || wanted < 1 || wanted > Script.NEWEST) {
            throw new TaskRefused("the database is at schema " + applied + " and wanted at " + wanted
                    + ", this version knows 1 to " + Script.NEWEST);
        }
        List<String> report = new ArrayList<>();
        report.add("Database " + configured.name() + " is at schema " + applied + ", wanted at " + wanted);
        plan(applied, wanted).forEach(report::add);
        if (applied == wanted) {
            report.add("There is nothing to do.");
        } else if (isDryRun()) {
            report.add("Nothing was changed: this was a dry run. With --no-dry-run it is done.");
        } else {
            new Migrations(source, dialect).to(applied, wanted);
            report.add("It is at schema " + Schema.newestApplied(source) + " now.");
        }
        return report;
    }

    private static List<String> plan(long applied, long wanted) {
        boolean up = wanted > applied;
        Comparator<Script> order = Comparator.comparing(Script::id);
        return Script.ALL.stream()
                .filter(script -> script.id() > Math.min(applied, wanted) && script.id() <= Math.max(applied, wanted))
                .sorted(up ? order : order.reversed())
                .map(script -> (up ? "  up: " : "  down: ") + script.id() + " " + script.name())
                .toList();
    }
}
