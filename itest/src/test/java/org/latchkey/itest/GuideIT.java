package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;

/** The plugin guide, followed by somebody outside this project: written, built, dropped in, tried, removed. */
public class GuideIT {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final String NAME = "org.latchkey.example.hook";

    @ClassRule
    public static final Server server = new Server();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final String guide = read(PROJECT.resolve("bundles/example-hook/README.md"));

    @Test
    public void theGuideLeadsToAPolicyThatWorks() throws IOException {
        Path jar = build(folder.newFolder("a project of your own").toPath());
        Http root = server.root();
        assertThat(create("administrator").lines().findFirst()).contains("HTTP/1.1 201 Created");
        assertThat(root.delete("/api/v1/entities/administrator").status()).isEqualTo(204);

        Path deployed = server.deploy(jar, "example.jar");
        await(1, () -> root.serves(NAME));
        assertThat(create("administrator"))
                .startsWith("HTTP/1.1 422")
                .contains("application/problem+json", "\"reserved\"", "Names that start with admin are reserved.");
        assertThat(root.get("/api/v1/entities/administrator").status()).isEqualTo(404);
        assertThat(create("anybody")).startsWith("HTTP/1.1 201");
        assertThat(server.shell("plugins").out()).contains(NAME, "example.jar");
        assertThat(server.shell("hooks").out()).contains(NAME);

        server.undeploy(deployed);
        await(1, () -> root.get("/api/v1/plugins/" + NAME).status() == 404);
        assertThat(root.post("/api/v1/entities", Map.of("id", "admin-2")).status())
                .isEqualTo(201);
    }

    /** The curl command of the guide, with its places filled in. */
    private String create(String id) {
        String script = found("(?s)\n## Try it\n\n(.*?)\n\n");
        assertThat(script).contains("http://127.0.0.1:8080", "THE SECRET IN data/root-secret", "administrator");
        String filled = script.replace("http://127.0.0.1:8080", "http://127.0.0.1:" + server.port())
                .replace("THE SECRET IN data/root-secret", server.rootSecret())
                .replace("curl -i", "curl -s -i")
                .replace("administrator", id);
        Server.Answer answer = Server.run(new ProcessBuilder("bash", "-eu", "-c", filled), "");
        assertThat(answer.exitCode()).as(answer.err()).isEqualTo(0);
        return answer.out();
    }

    private Path build(Path project) throws IOException {
        write(project.resolve("pom.xml"), found("(?s)```xml\n(.*?)```"));
        write(project.resolve(found("(?m)^`(src/main/java/\\S+\\.java)`")), found("(?s)```java\n(.*?)```"));
        Path repository = repositoryWithTheApi();
        Server.Answer built = maven(project, repository, "-o");
        if (built.exitCode() != 0) {
            // The guide pins fewer plugins than this build, so a fresh machine may lack some.
            built = maven(project, repository, "-ntp");
        }
        assertThat(built.exitCode()).as(built.out() + built.err()).isEqualTo(0);
        return project.resolve(found("cp (target/\\S+\\.jar) "));
    }

    private static Server.Answer maven(Path project, Path repository, String option) {
        return Server.run(
                new ProcessBuilder("mvn", "-q", "-B", option, "-Dmaven.repo.local=" + repository, "package")
                        .directory(project.toFile()),
                "");
    }

    /**
     * A local repository of the user's artifacts, by links, and the API of this very build: as if it had been
     * installed, without touching what may have been installed before.
     */
    private Path repositoryWithTheApi() throws IOException {
        Path own = folder.newFolder("repository").toPath();
        Path users =
                Path.of(System.getProperty("localRepository", System.getProperty("user.home") + "/.m2/repository"));
        Path group = Files.createDirectories(own.resolve("org/latchkey"));
        linkAllBut("org", users, own);
        linkAllBut("latchkey", users.resolve("org"), own.resolve("org"));
        String version = found("(?s)<artifactId>org.latchkey.api</artifactId>\\s*<version>(.*?)</version>");
        Path parent = group.resolve("org.latchkey/" + version + "/org.latchkey-" + version + ".pom");
        write(parent, read(PROJECT.resolve("pom.xml")));
        Path api = group.resolve("org.latchkey.api/" + version + "/org.latchkey.api-" + version + ".pom");
        write(api, read(PROJECT.resolve("bundles/api/pom.xml")));
        String jar = "org.latchkey.api-" + version + ".jar";
        Files.copy(Path.of(System.getProperty("latchkey.distribution"), "system", jar), api.resolveSibling(jar));
        return own;
    }

    private static void linkAllBut(String name, Path from, Path to) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(from, entry -> !entry.endsWith(name))) {
            for (Path entry : entries) {
                Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
            }
        }
    }

    private String found(String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(guide);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
    }
}
