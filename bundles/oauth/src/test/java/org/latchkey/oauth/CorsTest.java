package org.latchkey.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.api.http.Response;
import org.latchkey.oauth.client.Asked;

public class CorsTest {

    private static final String ORIGIN = "https://app.example.org";

    private final Cors cors = new Cors(ORIGIN::equals);

    private Map<String, String> headers(String method, String path) throws IOException {
        Asked asked =
                Asked.of(method, path).withHeader("Origin", ORIGIN).withHeader("Access-Control-Request-Method", "POST");
        return cors.around(asked, request -> Optional.of(Response.empty(200)))
                .orElseThrow()
                .headers();
    }

    @Test
    public void whatApplicationsInTheBrowserCallIsOpenToTheirOrigins() throws IOException {
        assertThat(headers("POST", "/token")).containsEntry("Access-Control-Allow-Origin", ORIGIN);
        assertThat(headers("OPTIONS", "/token")).containsEntry("Access-Control-Allow-Methods", "GET, POST");
    }

    /** RFC 9700, 2.6: nobody's script has to do with the pages, whatever its origin. */
    @Test
    public void rfc9700_2_6_theAuthorizationEndpointIsOpenToNoOrigin() throws IOException {
        for (String path : new String[] {"/authorize", "/login", "/consent", "/proof", "/end-session"}) {
            for (String method : new String[] {"GET", "POST", "OPTIONS"}) {
                assertThat(headers(method, path)).doesNotContainKey("Access-Control-Allow-Origin");
            }
        }
    }
}
