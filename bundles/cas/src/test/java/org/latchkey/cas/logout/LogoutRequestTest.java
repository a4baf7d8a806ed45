package org.latchkey.cas.logout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.zip.InflaterInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.Test;
import org.w3c.dom.Element;

public class LogoutRequestTest {

    private static final Instant NOW = Instant.parse("2026-05-04T03:02:01.123Z");
    private static final String TICKET = "ST-" + "x".repeat(40);
    private static final String PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";

    private final LogoutRequest request = LogoutRequest.of(TICKET, NOW, new SecureRandom());

    private static Element parse(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
    }

    private static String decoded(String parameter) {
        assertThat(parameter).startsWith("logoutRequest=");
        return URLDecoder.decode(parameter.substring("logoutRequest=".length()), StandardCharsets.UTF_8);
    }

    @Test
    public void C51_itIsALogoutRequestOfSaml2() throws Exception {
        Element root = parse(request.xml());
        assertThat(root.getNamespaceURI()).isEqualTo(PROTOCOL);
        assertThat(root.getLocalName()).isEqualTo("LogoutRequest");
        assertThat(root.getAttribute("ID")).matches("_[0-9a-f]{32}");
        assertThat(root.getAttribute("Version")).isEqualTo("2.0");
        assertThat(root.getAttribute("IssueInstant")).isEqualTo("2026-05-04T03:02:01Z");
        Element name = (Element) root.getFirstChild();
        assertThat(name.getLocalName()).isEqualTo("NameID");
        assertThat(name.getNamespaceURI()).isEqualTo("urn:oasis:names:tc:SAML:2.0:assertion");
        assertThat(name.getTextContent()).isEqualTo("@NOT_USED@");
    }

    @Test
    public void I13_theSessionIndexIsTheTicket() throws Exception {
        Element session = (Element) parse(decoded(request.form())).getLastChild();
        assertThat(session.getLocalName()).isEqualTo("SessionIndex");
        assertThat(session.getNamespaceURI()).isEqualTo(PROTOCOL);
        assertThat(session.getTextContent()).isEqualTo(TICKET);
    }

    @Test
    public void I13_theFrontChannelIsDeflatedAndInBase64() throws Exception {
        byte[] bytes = Base64.getDecoder().decode(decoded(request.query()));
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(request.xml());
        }
    }

    @Test
    public void I14_theFormBeginsWithItsNameAndIsShortEnoughForTheApacheModule() {
        String form = LogoutRequest.of("ST-" + "x".repeat(253), NOW, new SecureRandom())
                .form();
        assertThat(form).startsWith("logoutRequest=").isASCII();
        assertThat(form.length()).isLessThan(1023);
        assertThat(request.form().length()).isLessThan(700);
        assertThat(request.xml()).doesNotContain("> ").doesNotContain("\n");
    }

    @Test
    public void aTicketOfOtherCharactersIsNotSent() {
        for (String ticket : new String[] {"", "ST-<x>", "ST-1 ", "ST-\n", "S".repeat(257)}) {
            assertThatThrownBy(() -> new LogoutRequest("_1", NOW, ticket)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    public void noTicketInTheLog() {
        assertThat(request.toString()).doesNotContain(TICKET);
    }
}
