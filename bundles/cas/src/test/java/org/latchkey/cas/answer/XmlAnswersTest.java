package org.latchkey.cas.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.Test;
import org.latchkey.api.http.Response;

public class XmlAnswersTest {

    private static final Failure FAILURE = new Failure(Failure.Code.INVALID_TICKET, "The ticket is not valid.");

    private final XmlAnswers answers = new XmlAnswers();

    private static void validate(Response response) throws Exception {
        Schema schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(XmlAnswersTest.class.getResource("answers.xsd"));
        schema.newValidator().validate(new StreamSource(new ByteArrayInputStream(response.body())));
    }

    @Test
    public void C49_everyAnswerIsValidAgainstTheSchema() throws Exception {
        validate(answers.success(TestSuccess.full()));
        validate(answers.success(TestSuccess.withoutAttributes("ada")));
        validate(answers.failure(FAILURE));
        validate(answers.proxySuccess("PT-1"));
        validate(answers.proxyFailure(FAILURE));
    }

    @Test
    public void C49_theOrderIsThatOfTheSchema() {
        assertThat(Document.text(answers.success(TestSuccess.full())))
                .isEqualTo("<cas:serviceResponse xmlns:cas=\"http://www.yale.edu/tp/cas\"><cas:authenticationSuccess>"
                        + "<cas:user>ada</cas:user><cas:attributes>"
                        + "<cas:authenticationDate>2026-05-04T03:02:01.500Z</cas:authenticationDate>"
                        + "<cas:longTermAuthenticationRequestTokenUsed>true</cas:longTermAuthenticationRequestTokenUsed>"
                        + "<cas:isFromNewLogin>false</cas:isFromNewLogin>"
                        + "<cas:mail>ada@example.org</cas:mail>"
                        + "<cas:memberOf>staff</cas:memberOf><cas:memberOf>R&amp;D</cas:memberOf></cas:attributes>"
                        + "<cas:proxyGrantingTicket>PGTIOU-1-abc</cas:proxyGrantingTicket>"
                        + "<cas:proxies><cas:proxy>https://second.example/pgt</cas:proxy>"
                        + "<cas:proxy>https://first.example/pgt</cas:proxy></cas:proxies>"
                        + "</cas:authenticationSuccess></cas:serviceResponse>");
    }

    @Test
    public void C34_theMostRecentProxyIsFirst() throws Exception {
        assertThat(Document.of(answers.success(TestSuccess.full())).texts("proxy"))
                .containsExactly("https://second.example/pgt", "https://first.example/pgt");
    }

    @Test
    public void C35_aProxyTicketAndAProxyFailureHaveTheirOwnElements() {
        assertThat(Document.text(answers.proxySuccess("PT-1")))
                .contains("<cas:proxySuccess><cas:proxyTicket>PT-1</cas:proxyTicket></cas:proxySuccess>");
        assertThat(Document.text(answers.proxyFailure(FAILURE)))
                .contains("<cas:proxyFailure code=\"INVALID_TICKET\">The ticket is not valid.</cas:proxyFailure>");
    }

    @Test
    public void C37_attributesAreToldOnlyWhereTheEndpointTellsThem() {
        assertThat(Document.text(answers.success(TestSuccess.withoutAttributes("ada"))))
                .doesNotContain("attributes")
                .doesNotContain("example.org");
    }

    @Test
    public void C47_aLongLivedSignInIsToldByEveryEndpoint() throws Exception {
        Success full = TestSuccess.full();
        Response answer = answers.success(
                new Success("ada", full.attributes(), false, TestSuccess.NOW, true, false, full.pgtIou(), List.of()));
        validate(answer);
        assertThat(Document.of(answer).texts("longTermAuthenticationRequestTokenUsed"))
                .containsExactly("true");
        assertThat(Document.of(answer).elements("mail")).isEmpty();
    }

    @Test
    public void C04_whatLooksLikeMarkupIsText() throws Exception {
        String attack = "<x/></cas:user></cas:authenticationSuccess><cas:user>admin]]>&amp;\"'";
        Document seen = Document.of(answers.success(TestSuccess.of(attack, Map.of("mail", List.of(attack)))));
        assertThat(seen.texts("user")).containsExactly(attack);
        assertThat(seen.texts("mail")).containsExactly(attack);
    }

    @Test
    public void I2_noAttributeHasANameOfTheProtocol() throws Exception {
        Map<String, List<String>> attributes = new LinkedHashMap<>();
        for (String name : List.of(
                "user",
                "proxy",
                "proxies",
                "proxyGrantingTicket",
                "authenticationFailure",
                "attributes",
                "isFromNewLogin")) {
            attributes.put(name, List.of("admin"));
        }
        attributes.put("User", List.of("told"));
        Document seen = Document.of(answers.success(TestSuccess.of("ada", attributes)));
        assertThat(seen.texts("user")).containsExactly("ada");
        assertThat(seen.root().getTextContent()).doesNotContain("admin").contains("told");
    }

    @Test
    public void I3_aFailureIsNeverWithoutText() {
        assertThatThrownBy(() -> new Failure(Failure.Code.INVALID_TICKET, " "))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Document.text(answers.failure(FAILURE)))
                .contains("<cas:authenticationFailure code=\"INVALID_TICKET\">The ticket is not valid.</");
    }

    @Test
    public void I4_valuesHaveNoBlankThatWasNotGiven() throws Exception {
        Document seen = Document.of(answers.success(TestSuccess.of("ada", Map.of("note", List.of(" a\r\n\tb ")))));
        assertThat(seen.texts("user")).containsExactly("ada");
        assertThat(seen.texts("note")).containsExactly(" a\r\n\tb ");
    }

    @Test
    public void I5_severalValuesAreRepeatedElements() throws Exception {
        assertThat(Document.of(answers.success(TestSuccess.full())).texts("memberOf"))
                .containsExactly("staff", "R&D");
    }

    @Test
    public void I6_theNamespaceIsDeclaredAndTheOutcomeIsTheFirstChild() throws Exception {
        Document seen = Document.of(answers.failure(FAILURE));
        assertThat(seen.root().getNamespaceURI()).isEqualTo("http://www.yale.edu/tp/cas");
        assertThat(seen.root().getFirstChild().getLocalName()).isEqualTo("authenticationFailure");
    }

    @Test
    public void I21_theStatusIs200AndTheTypeXmlAlsoForFailures() {
        for (Response answer : List.of(answers.failure(FAILURE), answers.success(TestSuccess.full()))) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers()).containsEntry("Content-Type", "application/xml;charset=utf-8");
        }
    }

    @Test
    public void charactersThatNoDocumentMayHaveAreReplacedSoThatNobodyBecomesAnother() throws Exception {
        for (String odd : List.of("\0", "\u000B", "\uD800", "\uDC00", "\uFFFE", "\uFFFF")) {
            Document seen = Document.of(answers.success(TestSuccess.of("a" + odd + "da", Map.of())));
            assertThat(seen.texts("user")).containsExactly("a\uFFFDda");
        }
        Document seen = Document.of(answers.success(TestSuccess.of("größe 漢 \uD83D\uDE00", Map.of())));
        assertThat(seen.texts("user")).containsExactly("größe 漢 \uD83D\uDE00");
    }

    @Test
    public void manyThreadsDoNotMixTheirAnswers() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> found = threads.invokeAll(IntStream.range(0, 4000)
                    .<java.util.concurrent.Callable<Boolean>>mapToObj(
                            i -> () -> Document.text(answers.success(TestSuccess.withoutAttributes("user" + i)))
                                    .equals(Document.text(answers.success(TestSuccess.withoutAttributes("user")))
                                            .replace("<cas:user>user", "<cas:user>user" + i)))
                    .toList());
            for (Future<Boolean> same : found) {
                assertThat(same.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
