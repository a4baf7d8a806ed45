package org.latchkey.cas;

import java.io.IOException;
import java.util.Optional;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.cas.Validation.Accepts;
import org.latchkey.cas.Validation.Question;
import org.latchkey.cas.Validation.Tells;
import org.latchkey.cas.answer.Answers;
import org.latchkey.cas.answer.Cas10Answers;
import org.latchkey.cas.answer.Failure;
import org.latchkey.cas.answer.Format;
import org.latchkey.cas.answer.Saml11Answers;
import org.latchkey.cas.answer.Saml11Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The validation endpoints. Whatever comes of it, the status is 200: applications look at nothing else (I21). */
final class ValidateHandlers {

    private static final Logger log = LoggerFactory.getLogger(ValidateHandlers.class);

    private static final Failure INTERNAL =
            new Failure(Failure.Code.INTERNAL_ERROR, "Tickets cannot be looked up at the moment; please try again.");

    private final Validation validation;
    private final Saml11Answers saml;

    ValidateHandlers(Validation validation, Saml11Answers saml) {
        this.validation = validation;
        this.saml = saml;
    }

    /** {@code /validate} (CAS 1). */
    Response cas10(Request request) {
        try {
            Parameters parameters = Parameters.ofQuery(request);
            Question question = new Question(
                    parameters.required("service"),
                    parameters.required("ticket"),
                    parameters.isSet("renew"),
                    Optional.empty(),
                    Accepts.SERVICE_TICKETS,
                    Tells.USER);
            return Cas10Answers.yes(validation.answer(question).user());
        } catch (Refused refused) {
            return Cas10Answers.no();
        } catch (Refusal unavailable) {
            internal(request, unavailable);
            return Cas10Answers.no();
        }
    }

    /** The endpoints of CAS 2 and 3. */
    Response cas30(Request request, Accepts accepts, Tells tells) {
        Optional<Format> format = Format.parse(request.query("format"));
        Answers answers = format.orElse(Format.XML).answers();
        if (format.isEmpty()) {
            return answers.failure(Format.UNKNOWN);
        }
        try {
            Parameters parameters = Parameters.ofQuery(request);
            Question question = new Question(
                    parameters.required("service"),
                    parameters.required("ticket"),
                    parameters.isSet("renew"),
                    parameters.optional("pgtUrl"),
                    accepts,
                    tells);
            return answers.success(validation.answer(question));
        } catch (Refused refused) {
            return answers.failure(refused.failure());
        } catch (Refusal unavailable) {
            return answers.failure(internal(request, unavailable));
        }
    }

    /** {@code /samlValidate} (CAS 3.0.3, 4.2). */
    Response saml11(Request request) throws IOException {
        Saml11Request asked = Saml11Request.read(request.body(Saml11Request.LIMIT));
        String service = String.join("", request.query("TARGET"));
        try {
            Question question = new Question(
                    Parameters.ofQuery(request).required("TARGET"),
                    asked.ticket(),
                    false,
                    Optional.empty(),
                    Accepts.SERVICE_TICKETS,
                    Tells.ATTRIBUTES);
            return saml.success(validation.answer(question), service, asked.id());
        } catch (Refused refused) {
            return saml.failure(refused.failure(), service, asked.id());
        } catch (Refusal unavailable) {
            return saml.failure(internal(request, unavailable), service, asked.id());
        }
    }

    /** What an application is told when it is the server that fails; why is in the log. */
    static Failure internal(Request request, Refusal unavailable) {
        log.atWarn()
                .addKeyValue("request", request.id())
                .addKeyValue("reason", unavailable.getMessage())
                .log("a ticket could not be looked up");
        return INTERNAL;
    }
}
