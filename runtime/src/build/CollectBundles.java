import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A step of the build, run from source. It writes the versions of the pom into the documents of {@code features/}
 * and copies the bundles they name: those of {@code plugins.json} to {@code plugins/}, all others to {@code system/}.
 *
 * <p>In a document {@code ${version}} stands for the version of the artifact before it, {@code ${group:artifact}} for
 * that of any other, {@code ${project.version}} for that of the project.
 */
final class CollectBundles {

    private static final Pattern BUNDLE = Pattern.compile("\"([^\":\\s]+):([^\":\\s]+):\\$\\{version}\"");
    private static final Pattern VERSION = Pattern.compile("\\$\\{([^}:]+):([^}:]+)}");

    private final Path repository;
    private final Path target;
    private final String projectVersion;

    private CollectBundles(Path repository, Path target, String projectVersion) {
        this.repository = repository;
        this.target = target;
        this.projectVersion = projectVersion;
    }

    /** Takes the directory of features, one in Maven's repository layout, the one to write to, the project's version. */
    public static void main(String[] arguments) throws IOException {
        CollectBundles collect = new CollectBundles(Path.of(arguments[1]), Path.of(arguments[2]), arguments[3]);
        try (Stream<Path> entries = Files.list(Path.of(arguments[0]))) {
            for (Path feature :
                    entries.filter(file -> file.toString().endsWith(".json")).toList()) {
                collect.collect(feature);
            }
        }
    }

    private void collect(Path feature) throws IOException {
        String text = Files.readString(feature).replace("${project.version}", projectVersion);
        Path folder = target.resolve(feature.endsWith("plugins.json") ? "plugins" : "system");
        Files.createDirectories(folder);
        for (MatchResult bundle : BUNDLE.matcher(text).results().toList()) {
            Path jar = jar(bundle.group(1), bundle.group(2));
            Files.copy(jar, folder.resolve(jar.getFileName()));
        }
        String complete = VERSION.matcher(BUNDLE.matcher(text)
                        .replaceAll(id -> "\"" + id.group(1) + ":" + id.group(2) + ":" + version(id) + "\""))
                .replaceAll(this::version);
        Files.writeString(Files.createDirectories(target.resolve("features")).resolve(feature.getFileName()), complete);
    }

    private String version(MatchResult id) {
        Path jar = jar(id.group(1), id.group(2));
        return Matcher.quoteReplacement(jar.getParent().getFileName().toString());
    }

    /** The one jar of this artifact; its directory has the name of its version. */
    private Path jar(String group, String artifact) {
        Path versions = repository.resolve(group.replace('.', '/')).resolve(artifact);
        try (Stream<Path> files = Files.exists(versions) ? Files.walk(versions) : Stream.empty()) {
            List<Path> jars =
                    files.filter(file -> file.toString().endsWith(".jar")).toList();
            if (jars.size() != 1) {
                throw new IllegalStateException("features/ names " + group + ":" + artifact
                        + ", which must be a dependency in runtime/pom.xml; found " + jars);
            }
            return jars.get(0);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
