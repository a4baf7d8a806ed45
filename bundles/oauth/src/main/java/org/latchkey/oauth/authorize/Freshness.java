package org.latchkey.oauth.authorize;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.latchkey.api.service.Sessions.Session;
import org.latchkey.oauth.token.IdTokens;
import org.latchkey.oauth.token.Subjects;

/** Whether the session that a browser has will do for a request, or somebody has to sign in for it. */
final class Freshness {

    private final IdTokens idTokens;
    private final Subjects subjects;

    Freshness(IdTokens idTokens, Subjects subjects) {
        this.idTokens = idTokens;
        this.subjects = subjects;
    }

    boolean suffices(AuthorizeRequest request, Session session, Instant begun, Instant now) {
        boolean isForThis = !session.signedInAt().isBefore(begun);
        return isWhomTheClientMeans(request, session)
                && (isForThis || !wantsSignIn(request) && isYoung(request, session, now));
    }

    private static boolean wantsSignIn(AuthorizeRequest request) {
        return request.prompt().contains("login") || request.prompt().contains("select_account");
    }

    private static boolean isYoung(AuthorizeRequest request, Session session, Instant now) {
        return request.maxAge()
                .map(age ->
                        age.isZero() ? false : !session.signedInAt().plus(age).isBefore(now))
                .orElse(true);
    }

    /** By {@code id_token_hint}, and by the value of {@code sub} in the claims parameter (OpenID Connect Core, 5.5.1). */
    private boolean isWhomTheClientMeans(AuthorizeRequest request, Session session) {
        String subject = subjects.of(request.client(), session.principal().id());
        Optional<Object> hinted = request.parameters().get("id_token_hint").map(hint -> idTokens.ours(hint)
                .map(claims -> claims.get("sub"))
                .orElse(""));
        return hinted.filter(sub -> !subject.equals(sub)).isEmpty()
                && askedSubject(request).filter(sub -> !subject.equals(sub)).isEmpty();
    }

    private static Optional<Object> askedSubject(AuthorizeRequest request) {
        return request.claims().get("id_token") instanceof Map<?, ?> asked
                        && asked.get("sub") instanceof Map<?, ?> how
                        && how.get("value") != null
                ? Optional.of(how.get("value"))
                : Optional.empty();
    }
}
