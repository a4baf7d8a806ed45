package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;
import static org.latchkey.itest.server.Server.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.ExternalResource;
import org.junit.rules.RuleChain;
import org.latchkey.itest.server.Apache;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Browser.Page;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Ports;
import org.latchkey.itest.server.Server;

/** Row 88, I14 and I15: an Apache with mod_auth_cas as the application, if this machine has one. */
public class CasApacheIT {

    private static final String SECRET = "correct horse battery";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static final Apache apache = new Apache("auth_cas");
    private static final Path keys = folder();
    private static final int https = Ports.free();
    private static final int samlPort = Ports.free();
    private static final String samlUrl = "http://localhost:" + samlPort;
    private static final Server server = new Server()
            .with("LATCHKEY_HTTPS_PORT", String.valueOf(https))
            .with("LATCHKEY_TLS_CERTIFICATE", keys.resolve("tls.crt").toString())
            .with("LATCHKEY_TLS_KEY", keys.resolve("tls.key").toString())
            .withEtc(
                    "latchkey.cas.service-apache",
                    "url=\"http://localhost:[0-9]+/secret/.*\"",
                    "match=\"pattern\"",
                    "logout=\"back_channel\"",
                    "attributes=[\"display_name\"]");
    private static final String base = "http://127.0.0.1:" + server.port();

    @ClassRule
    public static final RuleChain rules = RuleChain.outerRule(new Certificate())
            .around(server.with("LATCHKEY_PUBLIC_URL", base))
            .around(apache);

    /** What the server shows over HTTPS; before all else that there is an Apache at all. */
    private static final class Certificate extends ExternalResource {

        @Override
        protected void before() {
            String missing = apache.missing();
            assumeTrue("Skipped, for there is no " + missing + ": see itest/run.sh", missing.isEmpty());
            Path program = Path.of(System.getProperty("latchkey.distribution"), "bin", "latchkey");
            ProcessBuilder certgen =
                    new ProcessBuilder(program.toString(), "certgen", "localhost", "--out=" + keys, "--force");
            certgen.environment().put("JAVA_HOME", System.getProperty("java.home"));
            Server.Answer made = Server.run(certgen, "");
            assertThat(made.exitCode()).as(made.err()).isEqualTo(0);
        }
    }

    private final String ada = "ada" + NUMBER.incrementAndGet();
    private final Browser browser = new Browser(base);

    private static Path folder() {
        try {
            return Files.createTempDirectory("keys");
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @BeforeClass
    public static void deploy() throws IOException {
        server.deploy(Server.shipped("org.latchkey.cas"));
        Http root = server.root();
        await(30, () -> root.serves("org.latchkey.cas"));
        apache.start(settings());
    }

    /** It listens twice, for the two protocols that the module speaks. */
    private static String settings() throws IOException {
        Path trusted = apache.folder().resolve("cas.pem");
        Files.write(trusted, Files.readAllBytes(keys.resolve("tls.crt"))); // a copy would be for its owner alone
        return """
                LogLevel warn auth_cas:debug
                Listen 127.0.0.1:%3$d
                CASCookiePath %1$s/sessions/
                CASCertificatePath %1$s/cas.pem
                Header always set X-User "expr=%%{REMOTE_USER}"
                Header always set X-Name "expr=%%{req:CAS-display_name}"
                <Location /secret/>
                AuthType CAS
                CASAuthNHeader CAS-User
                Require valid-user
                </Location>
                <VirtualHost 127.0.0.1:%2$d>
                CASVersion 2
                CASLoginURL %4$s
                CASValidateURL %5$sp3/serviceValidate
                CASSSOEnabled On
                CASDebug On
                </VirtualHost>
                <VirtualHost 127.0.0.1:%3$d>
                CASLoginURL %4$s
                CASValidateURL %5$ssamlValidate
                CASValidateSAML On
                CASSSOEnabled On
                CASDebug On
                </VirtualHost>
                """.formatted(
                apache.folder(), apache.port(), samlPort, base + "/cas/login", "https://localhost:" + https + "/cas/");
    }

    @Before
    public void createPerson() {
        assertThat(server.root()
                        .post(
                                "/api/v1/entities",
                                Map.of("id", ada, "secret", SECRET, "meta", Map.of("display_name", "Ada & Co")))
                        .status())
                .isEqualTo(201);
    }

    private static String user(Page page) {
        return page.response().headers().firstValue("X-User").orElse("");
    }

    private Page visit(String url) {
        return browser.visit(url + "/secret/index.txt?a=b");
    }

    private Page signIn(String url) {
        Page form = visit(url);
        assertThat(form.html()).withFailMessage(apache::log).contains("id=\"password\"");
        return browser.visit(browser.submit(form, ada, SECRET, Map.of()).location());
    }

    private void signOutIsHeardAt(String url) {
        assertThat(user(visit(url))).isEqualTo(ada);
        browser.get("/cas/logout");
        await(60, () -> visit(url).html().contains("id=\"password\""));
    }

    @Test
    public void row88_I14_I15_apacheLetsInWhoHasSignedInAndHearsOfTheSignOut() {
        Page page = signIn(apache.url());
        assertThat(page.html()).withFailMessage(apache::log).isEqualTo("welcome\n");
        assertThat(user(page)).isEqualTo(ada);
        assertThat(page.response().headers().firstValue("X-Name")).contains("Ada & Co");
        assertThat(page.response().uri()).hasToString(apache.url() + "/secret/index.txt?a=b");
        signOutIsHeardAt(apache.url());
    }

    @Test
    public void row79_I16_apacheLetsInWhomSamlVouchesForAndHearsOfTheSignOut() {
        Page page = signIn(samlUrl);
        assertThat(page.html()).withFailMessage(apache::log).isEqualTo("welcome\n");
        assertThat(user(page)).isEqualTo(ada);
        assertThat(page.response().headers().firstValue("X-Name"))
                .as("C48: SAML tells attributes to https alone")
                .contains("");
        signOutIsHeardAt(samlUrl);
    }
}
