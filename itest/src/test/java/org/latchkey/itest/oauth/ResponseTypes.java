package org.latchkey.itest.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.latchkey.itest.oauth.Flow.Answered;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Browser.Page;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;

/** Tests that are run for every response type and response mode of OpenID Connect, with one server that offers them all. */
@RunWith(Parameterized.class)
public abstract class ResponseTypes {

    protected static final String CALLBACK = "https://rp.example.org/cb?kept=1";
    private static final List<String> TYPES =
            List.of("code id_token", "code token", "code id_token token", "id_token", "id_token token");
    private static final Map<String, String> KNOWN = Map.of(
            "email", "ada@example.org", "phone_number", "+49 30 1", "address", "Unter den Linden 1", "name", "Ada L.");

    @ClassRule
    public static final Server server = new Server()
            .withEtc(
                    "latchkey.oauth",
                    "responseTypes=[\"code\",\"" + String.join("\",\"", TYPES) + "\"]",
                    "codeSeconds=I\"600\"");

    protected static Browser ada;

    protected final String base = "http://127.0.0.1:" + server.port();
    protected final String issuer = base + "/oidc";
    protected final Party web = new Party(issuer, "trusted-web", Optional.of(Clients.SECRET), CALLBACK);
    protected final Flow flow;

    protected ResponseTypes(String type, String mode) {
        this.flow = new Flow(web, type, mode, Map.of());
    }

    @Parameterized.Parameters(name = "{0}, {1}")
    public static List<Object[]> ways() {
        List<Object[]> ways = new ArrayList<>();
        ways.add(new Object[] {"code", "query"});
        ways.add(new Object[] {"code", "form_post"});
        TYPES.forEach(type -> ways.addAll(List.of(new Object[] {type, "fragment"}, new Object[] {type, "form_post"})));
        return ways;
    }

    @BeforeClass
    public static void deploy() {
        String web =
                "\"redirect_uris\", List.of(\"" + CALLBACK + "\"), \"grant_types\", List.of(\"authorization_code\","
                        + " \"refresh_token\", \"implicit\"), \"response_types\", List.of(\"code\", \""
                        + String.join("\", \"", TYPES) + "\")";
        server.deploy(Server.shipped("org.latchkey.oauth"));
        server.deploy(new Clients()
                .with("trusted-web", web)
                .with("asking", web)
                .with("trusted-post", web + ", \"token_endpoint_auth_method\", \"client_secret_post\"")
                .with("trusted-plain", web + ", \"request_object_signing_alg\", \"none\"")
                .jar());
        Http root = server.root();
        await(60, () -> root.serves("org.latchkey.oauth") && root.serves("org.example.clients"));
        ada = Person.of(server, "ada").browser();
        KNOWN.forEach((name, value) -> assertThat(
                        root.put("/api/v1/entities/ada/kv/" + name, Map.of("values", List.of(value)))
                                .status())
                .isLessThan(300));
        Party first = new Party(
                "http://127.0.0.1:" + server.port() + "/oidc", "trusted-web", Optional.of(Clients.SECRET), CALLBACK);
        assertThat(first.code(ada, Map.of(), "ada", Person.SECRET)).isNotEmpty();
    }

    protected Flow of(Party party) {
        return new Flow(party, flow.type(), flow.mode(), Map.of());
    }

    protected Page signedIn(Browser browser, Page login) {
        assertThat(login.html()).contains("id=\"password\"");
        return web.signIn(browser, login, "ada", Person.SECRET);
    }

    /** What the party is told of the person, where this response type has it told. */
    protected JsonNode told(Answered answered) {
        return answered.accessToken().isEmpty()
                ? answered.claims()
                : web.userInfo(answered.accessToken()).json();
    }

    protected void refused(String error, Page page) {
        assertThat(flow.back(page))
                .containsEntry("error", error)
                .containsEntry("state", "st-1")
                .containsEntry("iss", issuer)
                .doesNotContainKeys("code", "access_token", "id_token");
    }
}
