package org.latchkey.procs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.testkit.FakeLane;

/** The description has every route, and no other. */
public class DescriptionTest {

    private static final Pattern PATH = Pattern.compile("  (/\\S*):");
    private static final Pattern METHOD = Pattern.compile("    (get|post|put|patch|delete):");

    @Rule
    public final Stage stage = new Stage();

    @Test
    public void row129TheDescriptionIsThatOfTheRoutes() {
        String description = Stage.text(stage.ask(Asked.of("GET", "/swagger.yml")));
        Set<String> described = new TreeSet<>();
        String path = "";
        for (String line : (Iterable<String>) description.lines()::iterator) {
            Matcher paths = PATH.matcher(line);
            Matcher methods = METHOD.matcher(line);
            if (paths.matches()) {
                path = paths.group(1);
            } else if (methods.matches()) {
                described.add(methods.group(1).toUpperCase(Locale.ROOT) + " " + path);
            }
        }
        Assembly assembly = new Assembly(
                new Surroundings(
                        stage.store,
                        stage.outbox,
                        stage.sealing,
                        stage.audit,
                        stage.people,
                        stage.people,
                        stage.points,
                        stage.directory,
                        rules -> FakeLane.answering(200)),
                Configured.with(Map.of()));
        try (assembly) {
            List<String> routes = assembly.routes();
            assertThat(described).containsExactlyInAnyOrderElementsOf(routes);
        }
    }
}
