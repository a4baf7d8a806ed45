package org.latchkey.cas.answer;

import org.latchkey.api.http.Response;

/**
 * One form of the answers of {@code serviceValidate}, {@code proxyValidate} and {@code proxy}. All have the status 200,
 * as clients expect it, also of failures. Safe for many threads.
 */
public sealed interface Answers permits XmlAnswers, JsonAnswers {

    /** A ticket was validated. */
    Response success(Success success);

    /** A ticket was not validated. */
    Response failure(Failure failure);

    /** A proxy ticket was granted. */
    Response proxySuccess(String proxyTicket);

    /** No proxy ticket was granted. */
    Response proxyFailure(Failure failure);
}
