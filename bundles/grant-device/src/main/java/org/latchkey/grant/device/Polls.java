package org.latchkey.grant.device;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.latchkey.api.Refusal;
import org.latchkey.api.oauth.Grant.Granted;
import org.latchkey.api.oauth.Grant.Owner;
import org.latchkey.api.oauth.Grant.TokenRequest;
import org.latchkey.api.service.Sessions;
import org.latchkey.api.service.Sessions.Session;

/**
 * Answers devices that ask for their tokens (RFC 8628, 3.4 and 3.5). One question of any number gets them. Whoever allowed it
 * has to be there still, in the same session: who signs out, is locked or is gone before the device asks has taken it back.
 */
final class Polls {

    private static final int MOST_TRIES = 1000;

    private final DeviceCodes codes;
    private final Sessions sessions;
    private final Clock clock;

    Polls(DeviceCodes codes, Sessions sessions, Clock clock) {
        this.codes = codes;
        this.sessions = sessions;
        this.clock = clock;
    }

    Granted answer(TokenRequest request) {
        String deviceCode = request.text("device_code")
                .orElseThrow(() -> refusal("invalid_request", "The parameter device_code is missing."));
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            DeviceCode code = codes.ofDevice(request.instance().path(), deviceCode)
                    .filter(each -> each.client().equals(request.client().id()))
                    .orElseThrow(Polls::notGood);
            if (code.isExpired(clock.instant())) {
                throw refusal("expired_token", "The device code has expired.");
            }
            switch (code.decision()) {
                case ALLOWED:
                    return tokens(code);
                case DENIED:
                    throw refusal("access_denied", "The request was denied.");
                default:
                    noteQuestion(request.instance().path(), code);
            }
        }
        throw tooEarly();
    }

    /** Refuses, and notes when that was; returns if something else was noted meanwhile. */
    private void noteQuestion(String instance, DeviceCode code) {
        Instant now = clock.instant();
        if (codes.put(instance, code.polledAt(now))) {
            throw code.isTooEarly(now)
                    ? tooEarly()
                    : refusal("authorization_pending", "Nobody has decided on the request yet.");
        }
    }

    private Granted tokens(DeviceCode code) {
        Optional<Session> session = sessions.byId(code.session());
        if (!codes.take(code)) {
            throw notGood();
        }
        Session allowing = session.orElseThrow(Polls::notGood);
        return Granted.to(
                new Owner(allowing.principal(), allowing.claims(), allowing.id(), allowing.signedInAt()), code.scope());
    }

    private static Refusal tooEarly() {
        return refusal("slow_down", "The device has to wait longer between its questions.");
    }

    private static Refusal notGood() {
        return refusal("invalid_grant", "The device code is not good, or not any more.");
    }

    private static Refusal refusal(String code, String message) {
        return Refusal.of(Refusal.Kind.INVALID, code, message);
    }
}
