package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Installation;
import org.latchkey.itest.server.Server;

/** Row 81: {@code certgen} and {@code keygen}. */
public class CertgenIT {

    private static final int REFUSED = 1;

    @Rule
    public final Installation installation = new Installation();

    @Test
    public void row81_certgenWritesItsOwnersFilesAndReplacesNone() throws IOException {
        Path out = installation.home().resolve("a place");
        Server.Answer made = installation.runWords("certgen", "id.example.org", "10.0.0.1", "--days=7", "--out=" + out);
        assertThat(made.exitCode()).as(made.err()).isEqualTo(0);
        assertThat(made.out()).contains("id.example.org, 10.0.0.1", "LATCHKEY_TLS_CERTIFICATE=");
        for (String name : new String[] {"tls.crt", "tls.key"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out.resolve(name))))
                    .isEqualTo("rw-------");
        }
        String before = Files.readString(out.resolve("tls.crt"));
        Server.Answer again = installation.runWords("certgen", "id.example.org", "--out=" + out);
        assertThat(again.exitCode()).isEqualTo(REFUSED);
        assertThat(again.err()).contains("is there already");
        assertThat(out.resolve("tls.crt")).hasContent(before);
        assertThat(installation.runWords("certgen", "--force").exitCode()).isEqualTo(REFUSED);
    }

    /** Row 71: rotation with overlap, live. */
    @Test
    public void row71_afterKeygenOldTokensAreGoodAndNewOnesAreOfTheNewKey() {
        Server.Answer refused = installation.run("keygen");
        assertThat(refused.exitCode()).isEqualTo(REFUSED);
        assertThat(refused.err()).contains("the server does not run");
        installation.serve();
        Http old = installation.root();
        Server.Answer rotated = installation.run("keygen");
        assertThat(rotated.exitCode()).as(rotated.err()).isEqualTo(0);
        Http fresh = installation.root();
        assertThat(key(fresh)).isNotEqualTo(key(old));
        assertThat(rotated.out()).contains(key(fresh));
        assertThat(old.get("/api/v1/entities/root").status()).isEqualTo(200);
        assertThat(fresh.get("/api/v1/entities/root").status()).isEqualTo(200);
        assertThat(fresh.get("/.well-known/jwks.json").body()).contains(key(old), key(fresh));
    }

    /** The id of the key that signed somebody's token. */
    private static String key(Http client) {
        String head = client.token().orElseThrow().split("\\.")[0];
        String json = new String(Base64.getUrlDecoder().decode(head), StandardCharsets.UTF_8);
        return json.replaceFirst(".*\"kid\":\"([^\"]+)\".*", "$1");
    }
}
