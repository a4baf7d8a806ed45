package org.latchkey.cas.answer;

import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.latchkey.api.http.Response;
import org.latchkey.cas.answer.Xml.Space;

/** The answers in XML, after the schema of CAS 3.0.3, appendix A. */
public final class XmlAnswers implements Answers {

    private static final Space CAS = new Space("cas", "http://www.yale.edu/tp/cas");

    @Override
    public Response success(Success success) {
        return answer(xml -> {
            xml.start(CAS.name("authenticationSuccess"));
            xml.element(CAS.name("user"), success.user());
            if (success.tellsAttributes()) {
                attributes(xml, success);
            }
            if (success.pgtIou().isPresent()) {
                xml.element(CAS.name("proxyGrantingTicket"), success.pgtIou().get());
            }
            if (!success.proxies().isEmpty()) {
                xml.start(CAS.name("proxies"));
                for (String proxy : success.proxies()) {
                    xml.element(CAS.name("proxy"), proxy);
                }
                xml.end();
            }
            xml.end();
        });
    }

    private static void attributes(Xml xml, Success success) throws XMLStreamException {
        xml.start(CAS.name("attributes"));
        xml.element(CAS.name("authenticationDate"), success.authenticatedAt().toString());
        xml.element(CAS.name("longTermAuthenticationRequestTokenUsed"), String.valueOf(success.remembered()));
        xml.element(CAS.name("isFromNewLogin"), String.valueOf(success.fromNewLogin()));
        for (Map.Entry<String, List<String>> attribute : success.claims().entrySet()) {
            for (String value : attribute.getValue()) {
                xml.element(CAS.name(attribute.getKey()), value);
            }
        }
        xml.end();
    }

    @Override
    public Response failure(Failure failure) {
        return failure("authenticationFailure", failure);
    }

    @Override
    public Response proxySuccess(String proxyTicket) {
        return answer(xml -> xml.start(CAS.name("proxySuccess"))
                .element(CAS.name("proxyTicket"), proxyTicket)
                .end());
    }

    @Override
    public Response proxyFailure(Failure failure) {
        return failure("proxyFailure", failure);
    }

    private static Response failure(String element, Failure failure) {
        return answer(xml -> xml.start(CAS.name(element))
                .attribute("code", failure.code().name())
                .text(failure.message())
                .end());
    }

    private static Response answer(Xml.Content content) {
        byte[] body = Xml.document(xml -> {
            xml.start(CAS.name("serviceResponse")).declare(CAS);
            content.writeTo(xml);
            xml.end();
        });
        return Response.of(200, "application/xml;charset=utf-8", body);
    }
}
