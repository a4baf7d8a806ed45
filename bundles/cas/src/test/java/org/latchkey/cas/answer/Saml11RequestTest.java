package org.latchkey.cas.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.Test;
import org.latchkey.api.Refusal;

public class Saml11RequestTest {

    private static final String ARTIFACT = "<samlp:AssertionArtifact>ST-1-x</samlp:AssertionArtifact>";

    private static String envelope(String attributes, String content) {
        return "<SOAP-ENV:Envelope xmlns:SOAP-ENV=\"http://schemas.xmlsoap.org/soap/envelope/\"><SOAP-ENV:Header/>"
                + "<SOAP-ENV:Body><samlp:Request xmlns:samlp=\"urn:oasis:names:tc:SAML:1.0:protocol\" MajorVersion=\"1\" "
                + "MinorVersion=\"1\" " + attributes + ">" + content
                + "</samlp:Request></SOAP-ENV:Body></SOAP-ENV:Envelope>";
    }

    private static Saml11Request read(String text) throws IOException {
        return Saml11Request.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void refused(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.kind())
                .isEqualTo(Refusal.Kind.INVALID));
    }

    @Test
    public void C48_theArtifactIsTheTicket() throws Exception {
        Saml11Request request = read("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + envelope(
                        "RequestID=\"_192.168.16.51\" IssueInstant=\"2002-06-19T17:03:44.022Z\"",
                        "\n " + ARTIFACT + "\n"));
        assertThat(request.ticket()).isEqualTo("ST-1-x");
        assertThat(request.id()).contains("_192.168.16.51");
    }

    @Test
    public void C48_theApacheModuleSendsNoRequestId() throws Exception {
        assertThat(read(envelope("", ARTIFACT)).id()).isEmpty();
    }

    @Test
    public void C_16_noDocumentTypeNoEntity() {
        String xxe = "<!DOCTYPE x [<!ENTITY t SYSTEM \"file:///etc/hostname\">]>";
        refused(xxe + envelope("", "<samlp:AssertionArtifact>&t;</samlp:AssertionArtifact>"));
        refused("<!DOCTYPE x>" + envelope("", ARTIFACT));
        refused("<!DOCTYPE x SYSTEM \"http://127.0.0.1:1/x.dtd\">" + envelope("", ARTIFACT));
        refused(envelope("", "<samlp:AssertionArtifact>&t;</samlp:AssertionArtifact>"));
    }

    @Test
    public void C_16_noEntityBomb() {
        StringBuilder bomb = new StringBuilder("<!DOCTYPE x [<!ENTITY a0 \"aaaaaaaaaa\">");
        for (int i = 1; i < 20; i++) {
            bomb.append("<!ENTITY a" + i + " \"" + ("&a" + (i - 1) + ";").repeat(10) + "\">");
        }
        refused(bomb + "]>" + envelope("", "<samlp:AssertionArtifact>&a19;</samlp:AssertionArtifact>"));
    }

    @Test
    public void C_16_noCommentAndNoInstructionInTheTicket() {
        refused(envelope("", "<samlp:AssertionArtifact>ST-1<!-- -->-x</samlp:AssertionArtifact>"));
        refused(envelope("", "<samlp:AssertionArtifact>ST-1<?x y?>-x</samlp:AssertionArtifact>"));
        refused(envelope("", "<samlp:AssertionArtifact>ST-1<b>2</b></samlp:AssertionArtifact>"));
    }

    @Test
    public void C_16_exactlyOneArtifactInItsPlace() {
        refused(envelope("", ARTIFACT + ARTIFACT));
        refused(envelope("", ""));
        refused(envelope("", "<samlp:AssertionArtifact> </samlp:AssertionArtifact>"));
        refused(envelope("", "<samlp:Other>" + ARTIFACT + "</samlp:Other>" + ARTIFACT));
        refused(envelope("", "<AssertionArtifact>ST-1</AssertionArtifact>"));
        refused("<samlp:AssertionArtifact xmlns:samlp=\"urn:oasis:names:tc:SAML:1.0:protocol\">ST-1"
                + "</samlp:AssertionArtifact>");
        String two = envelope("", ARTIFACT);
        refused(two.replace(
                "<samlp:Request",
                "<samlp:Request xmlns:samlp=\"urn:oasis:names:tc:SAML:1.0:protocol\"/>" + "<samlp:Request"));
    }

    @Test
    public void C_16_depthAndSizeAreBounded() {
        refused(envelope("", "<a>".repeat(500) + "</a>".repeat(500) + ARTIFACT));
        assertThatThrownBy(() -> read(envelope("", " ".repeat(Saml11Request.LIMIT) + ARTIFACT)))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.TOO_LARGE));
        refused(envelope("", "<samlp:AssertionArtifact>" + "S".repeat(2000) + "</samlp:AssertionArtifact>"));
    }

    @Test
    public void whatIsNoXmlIsRefused() {
        refused("");
        refused("SAMLart=ST-1");
        refused(envelope("", ARTIFACT) + "<x/>");
        refused(envelope("RequestID=\"a b\"", ARTIFACT));
        refused(envelope("RequestID=\"" + "a".repeat(300) + "\"", ARTIFACT));
    }
}
