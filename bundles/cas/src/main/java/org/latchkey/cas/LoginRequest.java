package org.latchkey.cas;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a browser is sent to sign in for (CAS 3.0.3, section 2.1).
 *
 * @param service where to go back to, if anywhere
 * @param protocol how the ticket is called there
 * @param method how to go back
 * @param renew whether credentials must be shown whatever was shown before
 * @param gateway whether nobody must be asked for credentials
 */
record LoginRequest(Optional<String> service, Protocol protocol, Method method, boolean renew, boolean gateway) {

    /** By the name of the parameter with the service. */
    enum Protocol {
        CAS("service", "ticket"),
        SAML("TARGET", "SAMLart");

        final String serviceParameter;
        final String ticketParameter;

        Protocol(String serviceParameter, String ticketParameter) {
            this.serviceParameter = serviceParameter;
            this.ticketParameter = ticketParameter;
        }
    }

    enum Method {
        GET,
        POST,
        HEADER
    }

    static LoginRequest of(Parameters parameters) throws Refused {
        Optional<String> service = parameters.optional(Protocol.CAS.serviceParameter);
        Protocol protocol = Protocol.CAS;
        if (service.isEmpty()) {
            service = parameters.optional(Protocol.SAML.serviceParameter);
            protocol = service.isPresent() ? Protocol.SAML : Protocol.CAS;
        }
        boolean renew = parameters.isSet("renew");
        boolean gateway = parameters.isSet("gateway") && !renew && service.isPresent(); // C7, C9
        return new LoginRequest(service, protocol, method(parameters), renew, gateway);
    }

    /** An unknown one counts as the usual one. */
    private static Method method(Parameters parameters) throws Refused {
        return switch (parameters.optional("method").orElse("").toUpperCase(Locale.ROOT)) {
            case "POST" -> Method.POST;
            case "HEADER" -> Method.HEADER;
            default -> Method.GET;
        };
    }

    /** The fields by which a form brings it back. */
    Map<String, String> fields() {
        Map<String, String> fields = new TreeMap<>();
        service.ifPresent(url -> fields.put(protocol.serviceParameter, url));
        if (method != Method.GET) {
            fields.put("method", method.name());
        }
        return fields;
    }
}
