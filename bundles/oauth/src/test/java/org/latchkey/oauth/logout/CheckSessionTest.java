package org.latchkey.oauth.logout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.Test;
import org.latchkey.api.http.Response;

public class CheckSessionTest {

    @Test
    public void row142_itIsFramedByAllAndRunsItsOneScript() {
        Response answer = new CheckSession().answer(Visit.get());
        assertThat(answer.ancestors()).containsExactly("*");
        assertThat(answer.headers().get("Content-Security-Policy"))
                .isEqualTo("default-src 'none'; base-uri 'none'; form-action 'none'; script-src 'nonce-nonce1'");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .contains("<script nonce=\"nonce1\">", "latchkey-state=")
                .doesNotContain("@", "<form", "<a ");
    }
}
