package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Browser.encoded;
import static org.latchkey.itest.server.Server.await;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;

/** Row 67: whether the addresses of CAS 2 tell attributes is the operator's choice (jscas: {@code v3overv2}). */
public class CasVersion2IT {

    private static final String SECRET = "correct horse battery";
    private static final String PORTAL = "https://portal.example.org/app";
    private static final String ATTRIBUTE = "<cas:display_name>Ada</cas:display_name>";

    @ClassRule
    public static final Server server = new Server()
            .withEtc("latchkey.cas.service-portal", "url=\"" + PORTAL + "\"", "attributes=[\"display_name\"]")
            .withEtc("latchkey.cas", "attributesInVersion2=B\"true\"");

    private final Browser browser = new Browser("http://127.0.0.1:" + server.port());

    @BeforeClass
    public static void deploy() {
        server.deploy(Server.shipped("org.latchkey.cas"));
        Http root = server.root();
        await(30, () -> root.serves("org.latchkey.cas"));
        assertThat(root.post(
                                "/api/v1/entities",
                                Map.of("id", "ada", "secret", SECRET, "meta", Map.of("display_name", "Ada")))
                        .status())
                .isEqualTo(201);
    }

    private String validated(String address) {
        String ticket = browser.ticket(PORTAL);
        assertThat(ticket).as("a ticket, also while settings change").isNotEmpty();
        return browser.get("/cas/" + address + "?service=" + encoded(PORTAL) + "&ticket=" + ticket)
                .html();
    }

    @Test
    public void row67_attributesInVersion2() throws IOException {
        browser.ticket(PORTAL, "ada", SECRET);
        for (String address : new String[] {"serviceValidate", "proxyValidate", "p3/serviceValidate"}) {
            assertThat(validated(address)).as(address).contains("<cas:user>ada</cas:user>", ATTRIBUTE);
        }
        Files.writeString(server.etc().resolve("latchkey.cas.config"), "attributesInVersion2=B\"false\"\n");
        await(30, () -> {
            String answer = validated("serviceValidate");
            return answer.contains("<cas:user>") && !answer.contains("attributes");
        });
        for (String address : new String[] {"serviceValidate", "proxyValidate"}) {
            assertThat(validated(address))
                    .as(address)
                    .contains("<cas:user>ada</cas:user>")
                    .doesNotContain("attributes", "Ada");
        }
        assertThat(validated("p3/serviceValidate")).contains(ATTRIBUTE);
    }
}
