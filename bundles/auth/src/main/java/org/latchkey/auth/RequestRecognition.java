package org.latchkey.auth;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.latchkey.api.Caller;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.extension.Recognizer;
import org.latchkey.api.extension.Verdict;
import org.latchkey.api.http.Request;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.api.service.Admission;
import org.latchkey.api.service.Audit;
import org.latchkey.api.service.Receipt;
import org.latchkey.api.service.Recognition;
import org.latchkey.api.service.Recording;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the recognizers in order. The first that recognizes somebody decides; a refusal passes on, unless it is of one whose
 * word is final, and counts if nobody else recognizes anybody. Who that is signs in through the directory as others do.
 *
 * <p>Fails closed for the recognized, open for the rest: a recognizer that fails recognizes nobody, and there is the form.
 */
@Component
public final class RequestRecognition implements Recognition {

    private static final Logger log = LoggerFactory.getLogger(RequestRecognition.class);
    private static final String RECOGNITION = "recognition";
    /** Like a challenge (RFC 9110, 11.3), and fit for a header. */
    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,31}( [ -~]{1,256})?");

    private final Extensions<Recognizer> recognizers;
    private final ExtensionPoints points;
    private final Admission admission;
    private final Audit audit;
    private final Throttle throttle;
    private final SignInNotices notices;

    @Activate
    public RequestRecognition(
            @Reference ExtensionPoints points,
            @Reference Admission admission,
            @Reference Audit audit,
            @Reference ChainedAuthentication authentication) {
        this(points, admission, audit, authentication.throttle(), authentication.notices());
    }

    RequestRecognition(
            ExtensionPoints points, Admission admission, Audit audit, Throttle throttle, SignInNotices notices) {
        this.notices = notices;
        this.points = points;
        this.recognizers = points.of(Recognizer.class);
        this.admission = admission;
        this.audit = audit;
        this.throttle = throttle;
    }

    /** There is a receipt unless no recognizer had anything to say: most people only come to see the form. */
    @Override
    public Optional<Principal> recognize(Request request, Caller caller) {
        try (Chain<Recognizer> chain = recognizers.enter()) {
            chain.requireComplete();
            if (chain.links().isEmpty()) {
                return Optional.empty();
            }
            Throttle.Try counted = throttle.begin(caller);
            boolean isRefused = false;
            try {
                return ask(chain, request, caller);
            } catch (Refusal refusal) {
                isRefused = refusal.kind() != Refusal.Kind.UNAVAILABLE;
                throw refusal;
            } finally {
                if (!isRefused) {
                    counted.withdrawn();
                }
            }
        }
    }

    private Optional<Principal> ask(Chain<Recognizer> chain, Request request, Caller caller) {
        Recording recording = Recording.begin(audit, caller, RECOGNITION, "");
        ExtensionPoints.Scope scope = points.whenStuck(recording::stuck);
        try {
            long start = System.nanoTime();
            RecognizerPoll poll = new RecognizerPoll(recording);
            Optional<Principal> found = poll.ask(chain, request);
            recording.took(RecognizerPoll.POINT, System.nanoTime() - start);
            return poll.isWorthAReceipt()
                    ? recording.during(() -> poll.result(found), RequestRecognition::outcome)
                    : found;
        } finally {
            scope.close();
        }
    }

    private static String outcome(Optional<Principal> found) {
        return found.isPresent() ? Receipt.OK : Receipt.NOT_MINE;
    }

    @Override
    public Optional<Principal> admit(Principal recognized, Caller caller) {
        Attempt attempt = new Attempt(recognized.id(), Optional.empty(), caller);
        Throttle.Try counted = throttle.begin(attempt);
        boolean isJudged = false;
        try {
            Optional<Principal> principal = judge(recognized, attempt);
            isJudged = true;
            principal.ifPresent(them -> counted.succeeded());
            return principal;
        } finally {
            if (!isJudged) {
                counted.withdrawn();
            }
        }
    }

    /** What somebody may do the directory says, also which groups they are in if it knows them. */
    private Optional<Principal> judge(Principal recognized, Attempt attempt) {
        Verdict verdict = admission.admit(attempt);
        if (verdict instanceof Verdict.Rejected rejected) {
            log.atInfo()
                    .addKeyValue("entity", attempt.id())
                    .addKeyValue("reason", rejected.reason())
                    .addKeyValue("address", attempt.caller().address())
                    .addKeyValue("request", attempt.caller().requestId())
                    .log("recognized, but not signed in");
            return Optional.empty();
        }
        Principal known = verdict instanceof Verdict.Accepted accepted ? accepted.principal() : recognized;
        Principal principal = new Principal(known.id(), recognized.source(), known.groups(), known.capabilities());
        log.atInfo()
                .addKeyValue("entity", principal.id())
                .addKeyValue("source", principal.source())
                .addKeyValue("address", attempt.caller().address())
                .addKeyValue("request", attempt.caller().requestId())
                .log("signed in");
        notices.succeeded(principal, attempt.caller());
        return Optional.of(principal);
    }

    @Override
    public List<String> challenges() {
        try (Chain<Recognizer> chain = recognizers.enter()) {
            return chain.links().stream()
                    .map(link -> link.info().properties().get(Recognizer.CHALLENGE))
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .filter(challenge -> CHALLENGE.matcher(challenge).matches())
                    .distinct()
                    .toList();
        }
    }
}
