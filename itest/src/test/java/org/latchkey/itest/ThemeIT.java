package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Browser.encoded;
import static org.latchkey.itest.server.Server.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.After;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Browser.Page;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Server;

/** Rows 50, 51, L-20 and L-21: themes as plugins, for all and for one service, live. */
public class ThemeIT {

    private static final String SECRET = "correct horse battery";
    private static final String CAMPUS = "https://campus.example.org/";
    private static final String OTHER = "https://other.example.org/";
    private static final String PLUGIN = "org.example.theme";

    @ClassRule
    public static final Server server = new Server()
            .withEtc("latchkey.cas.service-campus", "url=\"" + CAMPUS + "\"", "theme=\"campus\"")
            .withEtc("latchkey.cas.service-other", "url=\"" + OTHER + "\"");

    private final Http root = server.root();
    private final Browser browser = new Browser("http://127.0.0.1:" + server.port());
    private Path deployed;

    @BeforeClass
    public static void deployCas() {
        server.deploy(Server.shipped("org.latchkey.cas"));
        Http root = server.root();
        await(30, () -> root.serves("org.latchkey.cas"));
        assertThat(root.post("/api/v1/entities", Map.of("id", "ada", "secret", SECRET))
                        .status())
                .isEqualTo(201);
    }

    @After
    public void remove() {
        if (deployed != null && Files.exists(deployed)) {
            server.undeploy(deployed);
            await(30, () -> !root.serves(PLUGIN));
        }
    }

    private void deploy(PluginJar theme, String version) {
        deployed = server.deploy(theme.version(version).build(), PLUGIN + ".jar");
        await(30, () -> root.serves(PLUGIN) && root.version(PLUGIN).equals(version));
    }

    private static PluginJar theme(String annotation, String template) {
        return PluginJar.named(PLUGIN)
                .source(
                        "AnyTheme",
                        annotation + " public class AnyTheme implements Theme {"
                                + " public Optional<String> template(String page) {"
                                + " return page.equals(\"login\") ? Optional.of(\"" + template
                                + "\") : Optional.empty(); }"
                                + " public Optional<byte[]> asset(String file) {"
                                + " return file.equals(\"a.css\") ? Optional.of(\"p{}\".getBytes()) : Optional.empty(); } }");
    }

    private static String form(String heading) {
        return "{{>head}}<h1>" + heading + "</h1><form method='post' action='{{action}}'>{{>hidden}}"
                + "<input name='username' value='{{username}}'><input name='password'></form>"
                + "<i>{{assets}}/a.css</i>{{>foot}}";
    }

    /** The class in the documentation is compiled and run as it stands. */
    @Test
    public void row51_theThemeOfTheDocumentationIsShownToItsServiceAlone() throws IOException {
        String page = Files.readString(Path.of("../bundles/web/docs/themes.md"));
        Matcher code = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(code.find()).isTrue();
        deploy(PluginJar.named(PLUGIN).source("CampusTheme", code.group(1)), "1.0.0");
        assertThat(browser.get("/cas/login?service=" + encoded(CAMPUS)).html()).contains("<h1>Campus</h1>");
        assertThat(browser.get("/cas/login?service=" + encoded(OTHER)).html()).contains("<h1>Sign in</h1>");
        assertThat(browser.get("/login").html()).contains("<h1>Sign in</h1>");
        Page in = browser.signIn("/cas/login?service=" + encoded(CAMPUS), "ada", SECRET, Map.of());
        assertThat(in.location()).startsWith(CAMPUS + "?ticket=ST-");
    }

    @Test
    public void row50_aThemeForAllHasItsPagesAndFilesAndTheServerHasTheRest() {
        deploy(theme("@Component", form("One")), "1.0.0");
        assertThat(browser.get("/login").html()).contains("<h1>One</h1>", "/assets/" + PLUGIN + "/a.css");
        assertThat(root.get("/assets/" + PLUGIN + "/a.css").body()).isEqualTo("p{}");
        assertThat(root.get("/assets/" + PLUGIN + "/b.css").status()).isEqualTo(404);
        assertThat(root.get("/assets/latchkey/latchkey.css").status()).isEqualTo(200);
        assertThat(browser.get("/cas/login?service=" + encoded("https://nowhere.example/"))
                        .html())
                .contains("This application is not known here");
    }

    @Test
    public void L_20_aThemeReplacedInMidLoginChangesNothingElse() {
        deploy(theme("@Component", form("One")), "1.0.0");
        Page first = browser.get("/cas/login?service=" + encoded(OTHER));
        assertThat(first.html()).contains("<h1>One</h1>");
        deploy(theme("@Component", form("Two")), "2.0.0");
        Page wrong = browser.submit(first, "ada", "wrong", Map.of());
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.html()).contains("<h1>Two</h1>");
        server.undeploy(deployed);
        await(30, () -> !root.serves(PLUGIN));
        assertThat(browser.get("/login").html()).contains("<h1>Sign in</h1>");
        assertThat(browser.submit(wrong, "ada", SECRET, Map.of()).location()).startsWith(OTHER + "?ticket=ST-");
    }

    @Test
    public void L_21_whatAThemeCannotShowTheServerShows() {
        deploy(theme("@Component", "<h1>{{{username}}}</h1>"), "1.0.0");
        assertThat(browser.get("/login").html()).contains("<h1>Sign in</h1>");
        assertThat(server.logs()).contains("would not be escaped");
        deploy(theme("@Component", "{{#never}}closed"), "1.0.1");
        assertThat(browser.get("/login").html()).contains("<h1>Sign in</h1>");
    }

    @Test
    public void L_21_aNameThatIsATemplateOrATagIsText() {
        deploy(theme("@Component", form("One")), "1.0.0");
        Page again = browser.signIn("/login", "{{token}}<script>alert(1)</script>", "x", Map.of());
        assertThat(again.html()).doesNotContain("<script>alert").contains("{{token}}&lt;script&gt;");
        assertThat(root.get("/assets/../../etc/passwd").status()).isEqualTo(400);
        assertThat(root.get("/assets/latchkey/..%2f..%2fetc%2fpasswd").status()).isEqualTo(400);
    }
}
