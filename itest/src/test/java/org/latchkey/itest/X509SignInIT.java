package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.oauth.ClientAuthority;
import org.latchkey.itest.oauth.ClientAuthority.Identity;
import org.latchkey.itest.oauth.MtlsClient;
import org.latchkey.itest.oauth.Party.Answer;
import org.latchkey.itest.server.Etc;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Ports;
import org.latchkey.itest.server.Server;

/** Row 87: people sign in by the certificate that their browser shows, at the HTTPS port of the server itself. */
public class X509SignInIT {

    private static final ClientAuthority PEOPLE = new ClientAuthority("CN=People");
    private static final ClientAuthority MACHINES = new ClientAuthority("CN=Machines");
    private static final Identity SERVER = PEOPLE.issue("server", "CN=localhost", "-ext", "san=ip:127.0.0.1");
    private static final Path FILES = PEOPLE.files(SERVER);
    private static final int HTTPS = Ports.free();

    @ClassRule
    public static final Server server = new Server()
            .with("LATCHKEY_HTTPS_PORT", String.valueOf(HTTPS))
            .with("LATCHKEY_TLS_CERTIFICATE", FILES.resolve("tls.crt").toString())
            .with("LATCHKEY_TLS_KEY", FILES.resolve("tls.key").toString())
            .withEtc("latchkey.signin", "recognized=\"transparent\"")
            .withEtc("latchkey.mtls", "httpsPort=\"wanted\"", "authorities=\"" + both() + "\"")
            .withEtc(
                    "latchkey.auth.x509",
                    "authorities=\"" + PEOPLE.pem() + "\"",
                    "name=\"SAN_EMAIL\"",
                    "pattern=\"([a-z]+)@example\\\\.org\"");

    private static Path both() {
        return PEOPLE.with(MACHINES);
    }

    @BeforeClass
    public static void deploy() {
        server.deploy(Server.shipped("org.latchkey.auth.x509"));
        Http root = server.root();
        await(60, () -> root.serves("org.latchkey.auth.x509"));
        assertThat(root.post("/api/v1/entities", Map.of("id", "ada", "secret", "correct horse battery"))
                        .status())
                .isEqualTo(201);
    }

    private static Answer login(Optional<Identity> shown) {
        return new MtlsClient("https://127.0.0.1:" + HTTPS, SERVER, shown).get("/login");
    }

    private static Answer login(Identity shown) {
        return login(Optional.of(shown));
    }

    private static Identity of(ClientAuthority authority, String alias, String mail, String... options) {
        String[] all = new String[options.length + 2];
        all[0] = "-ext";
        all[1] = "san=email:" + mail;
        System.arraycopy(options, 0, all, 2, options.length);
        return authority.issue(alias, "CN=" + alias, all);
    }

    @Test
    public void C12_row87_aCertificateSignsItsOwnerIn() {
        Answer in = login(of(PEOPLE, "ada", "ada@example.org", "-ext", "eku=cA"));
        assertThat(in.response().headers().allValues("Set-Cookie").toString()).contains("TGC-latchkey=");
    }

    @Test
    public void row87_whatIsNotGoodGetsTheForm() {
        form(login(Optional.empty()));
        form(login(of(MACHINES, "machine", "ada@example.org")));
        form(login(of(new ClientAuthority("CN=People"), "forged", "ada@example.org")));
        form(login(of(PEOPLE, "late", "ada@example.org", "-startdate", "-3d", "-validity", "1")));
        form(login(of(PEOPLE, "web", "ada@example.org", "-ext", "eku=sA")));
        form(login(of(PEOPLE, "abroad", "ada@example.net")));
        form(login(of(PEOPLE, "nobody", "bob@example.org")));
        form(login(of(PEOPLE, "root", "root@example.org")));
        form(login(of(PEOPLE, "two", "ada@example.org,email:eve@example.org")));
    }

    private static void form(Answer answer) {
        assertThat(answer.response().body()).contains("id=\"password\"");
        assertThat(answer.response().headers().allValues("Set-Cookie").toString())
                .doesNotContain("TGC-latchkey=");
    }

    @Test
    public void C12_theReasonStandsAboveTheForm() {
        assertThat(login(of(PEOPLE, "stranger", "zoe@example.org")).response().body())
                .contains("Your certificate is of nobody who is known here.");
    }

    /** The authorities can be changed at noon; a connection or session of before does not help. */
    @Test
    public void row87_whomTheOperatorTrustsNoLongerIsNotRecognized() {
        Identity ada = of(PEOPLE, "again", "ada@example.org");
        String wanted = "httpsPort=\"wanted\"";
        MtlsClient client = new MtlsClient("https://127.0.0.1:" + HTTPS, SERVER, Optional.of(ada));
        try {
            Etc.configure(server, "latchkey.mtls", wanted, "authorities=\"" + MACHINES.pem() + "\"");
            await(30, () -> client.get("/login").response().body().contains("id=\"password\""));
        } finally {
            Etc.configure(server, "latchkey.mtls", wanted, "authorities=\"" + both() + "\"");
        }
        await(30, () -> !login(ada).response().body().contains("id=\"password\""));
    }
}
