package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Test;
import org.latchkey.api.extension.NoticeCatalogue;
import org.latchkey.api.extension.NoticeCatalogue.Topic;

/** Row 108: the page of every notice is what the bundles that ship list at this moment. */
public class NoticesPageTest {

    private static final Path PAGE = Path.of("../bundles/notify/docs/notices.md");
    private static final Path MADE = Path.of("target/notices.md");
    private static final Pattern IMPLEMENTATION = Pattern.compile("<implementation class=\"([^\"]+)\"");

    @Test
    public void row108ThePageListsEveryNoticeThatShips() throws IOException {
        Distribution distribution = Distribution.built();
        Map<String, List<Topic>> core = topics(distribution.system());
        Map<String, List<Topic>> plugins = topics(distribution.plugins());
        assertThat(core).containsKeys("org.latchkey.directory", "org.latchkey.kernel", "org.latchkey.auth");
        assertThat(plugins).containsKeys("org.latchkey.oauth", "org.latchkey.hook.fail2lock");
        String page = page(core, plugins);
        Files.writeString(MADE, page);
        assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
                .as("make it anew: cp itest/" + MADE + " bundles/notify/docs/notices.md")
                .isEqualTo(page);
    }

    /** By the symbolic names of their bundles. */
    private static Map<String, List<Topic>> topics(List<Path> jars) {
        Map<String, List<Topic>> all = new TreeMap<>();
        for (Path jar : jars) {
            try (JarFile file = new JarFile(jar.toFile())) {
                String name = file.getManifest().getMainAttributes().getValue("Bundle-SymbolicName");
                for (String catalogue : catalogues(file)) {
                    all.computeIfAbsent(name.split(";")[0], each -> new ArrayList<>())
                            .addAll(topics(jar, catalogue));
                }
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        all.values().forEach(topics -> topics.sort(Comparator.comparing(Topic::type)));
        return all;
    }

    /** The classes of the components that are lists of notices. */
    private static List<String> catalogues(JarFile file) throws IOException {
        List<String> classes = new ArrayList<>();
        for (var entry : file.stream().toList()) {
            if (entry.getName().startsWith("OSGI-INF/") && entry.getName().endsWith(".xml")) {
                try (InputStream in = file.getInputStream(entry)) {
                    String component = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                    Matcher matcher = IMPLEMENTATION.matcher(component);
                    if (component.contains("\"" + NoticeCatalogue.class.getName() + "\"") && matcher.find()) {
                        classes.add(matcher.group(1));
                    }
                }
            }
        }
        return classes;
    }

    private static List<Topic> topics(Path jar, String catalogue) throws IOException {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, NoticesPageTest.class.getClassLoader())) {
            return ((NoticeCatalogue)
                            loader.loadClass(catalogue).getConstructor().newInstance())
                    .topics();
        } catch (ReflectiveOperationException needsMore) {
            throw new AssertionError(catalogue + " has to be a component that needs nothing", needsMore);
        }
    }

    private static String page(Map<String, List<Topic>> core, Map<String, List<Topic>> plugins) {
        return """
                # Every notice

                Made by a test of what the bundles that ship list (`NoticesPageTest`). What a running server has, with its plugins,
                is shown by `latchkey:notices` and `GET /api/v1/notices`. A notice has these facts and no others, and may lack some;
                none is ever a secret, a token or a hash. Besides, each has an id, which stays the same however often it comes, the
                time, and the actor who caused it.
                """ + section("The server", core) + section("Plugins", plugins);
    }

    private static String section(String heading, Map<String, List<Topic>> bundles) {
        return "\n## " + heading + "\n"
                + bundles.entrySet().stream()
                        .map(bundle -> "\n### " + bundle.getKey() + "\n\n| type | when | subject | facts |\n"
                                + "| --- | --- | --- | --- |\n"
                                + bundle.getValue().stream()
                                        .map(NoticesPageTest::row)
                                        .collect(Collectors.joining()))
                        .collect(Collectors.joining());
    }

    private static String row(Topic topic) {
        Stream<String> facts =
                topic.facts().entrySet().stream().map(fact -> "`" + fact.getKey() + "`: " + fact.getValue());
        return "| `" + topic.type() + "` | " + topic.when() + " | `" + topic.subject() + "` | "
                + facts.collect(Collectors.joining("; ")).replace("|", "\\|") + " |\n";
    }
}
