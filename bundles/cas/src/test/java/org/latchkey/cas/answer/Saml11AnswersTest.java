package org.latchkey.cas.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.api.http.Response;
import org.w3c.dom.Element;

public class Saml11AnswersTest {

    private static final Instant NOW = Instant.parse("2026-05-04T03:02:01.123456Z");
    private static final String SERVICE = "https://app.example/?a=1&b=2";
    private static final Failure FAILURE = new Failure(Failure.Code.INVALID_TICKET, "The ticket is not valid.");

    private final Saml11Answers answers = new Saml11Answers(
            "id.example", Duration.ofSeconds(30), Clock.fixed(NOW, ZoneOffset.UTC), new SecureRandom());

    private Document success(String service) throws Exception {
        return Document.of(answers.success(TestSuccess.full(), service, Optional.of("_42")));
    }

    @Test
    public void C48_theResponseIsToThisRequestAndThisService() throws Exception {
        Document seen = success(SERVICE);
        assertThat(seen.root().getLocalName()).isEqualTo("Envelope");
        assertThat(seen.attribute("Response", "InResponseTo")).isEqualTo("_42");
        assertThat(seen.attribute("Response", "Recipient")).isEqualTo(SERVICE);
        assertThat(seen.attribute("Response", "ResponseID")).matches("_[0-9a-f]{32}");
        assertThat(seen.attribute("Assertion", "AssertionID"))
                .matches("_[0-9a-f]{32}")
                .isNotEqualTo(seen.attribute("Response", "ResponseID"));
        assertThat(seen.texts("Audience")).containsExactly(SERVICE);
        assertThat(seen.attribute("Assertion", "Issuer")).isEqualTo("id.example");
    }

    @Test
    public void I16_theStatusIsPrefixAndSuccess() throws Exception {
        assertThat(success(SERVICE).attribute("StatusCode", "Value")).isEqualTo("saml1p:Success");
    }

    @Test
    public void I16_aFailureIsAnyOtherStatusWithAMessage() throws Exception {
        Document seen = Document.of(answers.failure(FAILURE, SERVICE, Optional.empty()));
        assertThat(seen.elements("StatusCode").stream()
                        .map(code -> code.getAttribute("Value"))
                        .toList())
                .containsExactly("saml1p:Requester", "saml1p:RequestDenied");
        assertThat(seen.texts("StatusMessage")).containsExactly("INVALID_TICKET: The ticket is not valid.");
        assertThat(seen.elements("Assertion")).isEmpty();
        assertThat(seen.elements("Response").get(0).hasAttribute("InResponseTo"))
                .isFalse();
    }

    @Test
    public void aFaultOfOursIsTheResponders() throws Exception {
        Failure fault = new Failure(Failure.Code.INTERNAL_ERROR, "The ticket registry cannot be reached.");
        assertThat(Document.of(answers.failure(fault, "", Optional.empty())).attribute("StatusCode", "Value"))
                .isEqualTo("saml1p:Responder");
    }

    @Test
    public void I17_theConditionsContainNow() throws Exception {
        Document seen = success(SERVICE);
        assertThat(Instant.parse(seen.attribute("Conditions", "NotBefore"))).isBefore(NOW.minusSeconds(1));
        assertThat(Instant.parse(seen.attribute("Conditions", "NotOnOrAfter")))
                .isAfter(NOW.plusSeconds(1))
                .isBefore(NOW.plusSeconds(60));
    }

    @Test
    public void I17_theNameIsInTheSubjectOfTheAuthenticationStatement() throws Exception {
        Element subject = (Element) success(SERVICE)
                .elements("AuthenticationStatement")
                .get(0)
                .getElementsByTagNameNS("*", "Subject")
                .item(0);
        assertThat(subject.getElementsByTagNameNS("*", "NameIdentifier").item(0).getTextContent())
                .isEqualTo("ada");
    }

    private static Map<String, List<String>> attributes(Document seen) {
        return seen.elements("Attribute").stream()
                .collect(java.util.stream.Collectors.toMap(
                        attribute -> attribute.getAttribute("AttributeName"), Saml11AnswersTest::values));
    }

    private static List<String> values(Element attribute) {
        var found = attribute.getElementsByTagNameNS("*", "AttributeValue");
        return java.util.stream.IntStream.range(0, found.getLength())
                .mapToObj(i -> found.item(i).getTextContent())
                .toList();
    }

    @Test
    public void C47_aLongLivedSignInIsTold() throws Exception {
        assertThat(attributes(success(SERVICE)))
                .containsEntry("longTermAuthenticationRequestTokenUsed", List.of("true"))
                .containsEntry("memberOf", List.of("staff", "R&D"));
    }

    @Test
    public void C48_noAttributesForAServiceThatIsNotSecure() throws Exception {
        assertThat(attributes(success("http://app.example/")))
                .containsOnlyKeys("authenticationDate", "longTermAuthenticationRequestTokenUsed", "isFromNewLogin");
    }

    @Test
    public void I21_theStatusIs200AndTheTypeXml() {
        Response answer = answers.failure(FAILURE, SERVICE, Optional.empty());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("Content-Type", "text/xml;charset=utf-8");
    }
}
