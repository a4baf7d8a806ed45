package org.latchkey.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Test;

/** The tables of {@code docs/conformance.md}: a row for each module of each plan, with tests that there are. */
public class ConformanceTableTest {

    private static final Path PLANS = Path.of("src/test/resources/conformance/plans.txt");
    private static final Path PAGE = Path.of("docs/conformance.md");
    private static final Pattern ROW = Pattern.compile("\\| `([\\w-]+)` \\| (.+) \\|");
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT)\\.\\w+)`");

    @Test
    public void everyModuleOfEveryPlanHasARow() throws IOException {
        Map<String, Map<String, String>> tables = tables();
        Map<String, List<String>> plans = plans();
        assertThat(tables.keySet()).containsExactlyInAnyOrderElementsOf(plans.keySet());
        plans.forEach((plan, modules) ->
                assertThat(tables.get(plan).keySet()).as(plan).containsExactlyInAnyOrderElementsOf(modules));
    }

    @Test
    public void everyRowNamesTestsThatThereAre() throws IOException {
        Set<String> there = TestNames.there();
        tables().forEach((plan, rows) -> rows.forEach((module, tests) -> {
            List<String> named =
                    NAMED.matcher(tests).results().map(each -> each.group(1)).toList();
            assertThat(named).as("%s of %s", module, plan).isNotEmpty();
            assertThat(there).as("%s of %s", module, plan).containsAll(named);
        }));
    }

    private static Map<String, List<String>> plans() throws IOException {
        Map<String, List<String>> plans = new TreeMap<>();
        for (String line : Files.readAllLines(PLANS)) {
            String[] parts = line.split(": ", 2);
            if (parts.length == 2 && !line.startsWith("#")) {
                plans.put(parts[0], List.of(parts[1].split(", ")));
            }
        }
        assertThat(plans).hasSizeGreaterThan(10);
        return plans;
    }

    /** By the heading that is the plan's name: what is said of each module. */
    private static Map<String, Map<String, String>> tables() throws IOException {
        Map<String, Map<String, String>> tables = new TreeMap<>();
        Map<String, String> rows = new LinkedHashMap<>();
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("## ")) {
                rows = new LinkedHashMap<>();
                tables.put(line.substring(3), rows);
            }
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows.put(row.group(1), row.group(2));
            }
        }
        return tables;
    }
}
