package org.latchkey.cas.answer;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import org.latchkey.api.http.Response;
import org.latchkey.cas.answer.Xml.Space;

/**
 * The answers of {@code samlValidate}: SAML 1.1 in a SOAP envelope (CAS 3.0.3, section 4.2), always with status 200. An
 * assertion holds for a moment only, {@code allowance} before and after now, which is how far apart the clocks may be.
 * Safe for many threads.
 */
public final class Saml11Answers {

    private static final Space SOAP = new Space("SOAP-ENV", "http://schemas.xmlsoap.org/soap/envelope/");
    private static final Space PROTOCOL = new Space("saml1p", "urn:oasis:names:tc:SAML:1.0:protocol");
    private static final Space ASSERTION = new Space("saml1", "urn:oasis:names:tc:SAML:1.0:assertion");
    private static final String ATTRIBUTES = "http://www.ja-sig.org/products/cas/";
    private static final String BY_ARTIFACT = "urn:oasis:names:tc:SAML:1.0:cm:artifact";
    private static final String SOMEHOW = "urn:oasis:names:tc:SAML:1.0:am:unspecified";
    private static final int ID_BYTES = 16;

    private final String issuer;
    private final Duration allowance;
    private final Clock clock;
    private final SecureRandom random;

    /** @param issuer who says so, such as the server's public host */
    public Saml11Answers(String issuer, Duration allowance, Clock clock, SecureRandom random) {
        this.issuer = issuer;
        this.allowance = allowance;
        this.clock = clock;
        this.random = random;
    }

    /**
     * A ticket was validated. The attributes are told to services at https only, as section 4.2 has it; whether a
     * long-lived sign-in was used is told to all.
     *
     * @param requestId {@code RequestID}, if the request had one
     */
    public Response success(Success success, String service, Optional<String> requestId) {
        return answer(service, requestId, (xml, now) -> {
            status(xml, "Success");
            xml.end();
            assertion(xml, success, service, now);
        });
    }

    /**
     * A ticket was not validated.
     *
     * @param service empty if the request named none
     */
    public Response failure(Failure failure, String service, Optional<String> requestId) {
        boolean ours = failure.code() == Failure.Code.INTERNAL_ERROR;
        return answer(service, requestId, (xml, now) -> {
            status(xml, ours ? "Responder" : "Requester");
            xml.element(PROTOCOL.name("StatusMessage"), failure.code() + ": " + failure.message());
            xml.end();
        });
    }

    /** Begins the status and leaves it open. */
    private static void status(Xml xml, String code) throws XMLStreamException {
        xml.start(PROTOCOL.name("Status"));
        xml.start(PROTOCOL.name("StatusCode")).attribute("Value", PROTOCOL.prefix() + ":" + code);
        if (code.equals("Requester")) {
            xml.start(PROTOCOL.name("StatusCode"))
                    .attribute("Value", PROTOCOL.prefix() + ":RequestDenied")
                    .end();
        }
        xml.end();
    }

    private void assertion(Xml xml, Success success, String service, Instant now) throws XMLStreamException {
        xml.start(ASSERTION.name("Assertion")).declare(ASSERTION);
        xml.attribute("AssertionID", id()).attribute("IssueInstant", now.toString());
        xml.attribute("Issuer", issuer).attribute("MajorVersion", "1").attribute("MinorVersion", "1");
        xml.start(ASSERTION.name("Conditions"))
                .attribute("NotBefore", now.minus(allowance).toString())
                .attribute("NotOnOrAfter", now.plus(allowance).toString());
        xml.start(ASSERTION.name("AudienceRestrictionCondition"));
        xml.element(ASSERTION.name("Audience"), service).end().end();
        attributes(xml, success, service.regionMatches(true, 0, "https://", 0, 8));
        xml.start(ASSERTION.name("AuthenticationStatement"))
                .attribute("AuthenticationInstant", success.authenticatedAt().toString())
                .attribute("AuthenticationMethod", SOMEHOW);
        subject(xml, success.user());
        xml.end().end();
    }

    private static void attributes(Xml xml, Success success, boolean secure) throws XMLStreamException {
        xml.start(ASSERTION.name("AttributeStatement"));
        subject(xml, success.user());
        attribute(xml, "authenticationDate", List.of(success.authenticatedAt().toString()));
        attribute(xml, "longTermAuthenticationRequestTokenUsed", List.of(String.valueOf(success.remembered())));
        attribute(xml, "isFromNewLogin", List.of(String.valueOf(success.fromNewLogin())));
        if (secure) {
            for (Map.Entry<String, List<String>> claim : success.claims().entrySet()) {
                attribute(xml, claim.getKey(), claim.getValue());
            }
        }
        xml.end();
    }

    private static void attribute(Xml xml, String name, List<String> values) throws XMLStreamException {
        xml.start(ASSERTION.name("Attribute"))
                .attribute("AttributeName", name)
                .attribute("AttributeNamespace", ATTRIBUTES);
        for (String value : values) {
            xml.element(ASSERTION.name("AttributeValue"), value);
        }
        xml.end();
    }

    private static void subject(Xml xml, String user) throws XMLStreamException {
        xml.start(ASSERTION.name("Subject")).element(ASSERTION.name("NameIdentifier"), user);
        xml.start(ASSERTION.name("SubjectConfirmation"));
        xml.element(ASSERTION.name("ConfirmationMethod"), BY_ARTIFACT).end().end();
    }

    /** What is in a response, after its head. */
    @FunctionalInterface
    private interface Content {
        void writeTo(Xml xml, Instant now) throws XMLStreamException;
    }

    private Response answer(String service, Optional<String> requestId, Content content) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        byte[] body = Xml.document(xml -> {
            xml.start(SOAP.name("Envelope")).declare(SOAP);
            xml.start(SOAP.name("Header")).end().start(SOAP.name("Body"));
            xml.start(PROTOCOL.name("Response")).declare(PROTOCOL);
            xml.attribute("ResponseID", id()).attribute("IssueInstant", now.toString());
            xml.attribute("MajorVersion", "1").attribute("MinorVersion", "1");
            if (requestId.isPresent()) {
                xml.attribute("InResponseTo", requestId.get());
            }
            if (!service.isEmpty()) {
                xml.attribute("Recipient", service);
            }
            content.writeTo(xml, now);
            xml.end().end().end();
        });
        return Response.of(200, "text/xml;charset=utf-8", body);
    }

    /** An id that nobody guesses; it begins with a letter's stand-in, as xsd:ID has it. */
    private String id() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return "_" + HexFormat.of().formatHex(bytes);
    }
}
