package org.latchkey.oauth.logout;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.latchkey.api.Refusal;
import org.latchkey.api.service.Outbound;
import org.latchkey.api.service.Outbound.Answer;
import org.latchkey.api.service.Outbound.Call;
import org.latchkey.api.service.Outbound.Failure;
import org.latchkey.api.service.Outbound.NamedBy;
import org.latchkey.api.service.Outbound.Result;
import org.latchkey.api.service.Sessions.Session;
import org.latchkey.oauth.client.Clients;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.token.IdTokens;
import org.latchkey.oauth.token.Subjects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells clients in the background that a session has ended (OpenID Connect Back-Channel Logout 1.0). Nobody waits for them:
 * the session has ended whether or not they hear of it. One that does not answer, or says that it cannot now, is told again,
 * later and later, with a token of its own each time; what is still to be told when the server stops is lost. Where a client
 * that registered itself may be called is for {@link Outbound} to say, as of all that requests name.
 */
final class BackChannel implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(BackChannel.class);

    /** Between one try and the next. */
    static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofMinutes(5));

    private static final int MOST_WAITING = 20_000;

    private final Clients clients;
    private final Subjects subjects;
    private final LogoutTokens tokens;
    private final Outbound.Lane lane;
    private final List<Duration> pauses;
    private final AtomicInteger waiting = new AtomicInteger();
    private final ScheduledThreadPoolExecutor worker = new ScheduledThreadPoolExecutor(1, BackChannel::thread);

    /** @param pauses before the second try, the third, and so on */
    BackChannel(Clients clients, Subjects subjects, LogoutTokens tokens, Outbound.Lane lane, List<Duration> pauses) {
        this.clients = clients;
        this.subjects = subjects;
        this.tokens = tokens;
        this.lane = lane;
        this.pauses = pauses;
        worker.setRemoveOnCancelPolicy(true);
        worker.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "latchkey-oauth-logout");
        thread.setDaemon(true);
        thread.setContextClassLoader(BackChannel.class.getClassLoader());
        return thread;
    }

    /** One client to be told of the end of one session. */
    private record Told(String client, String owner, String session) {}

    /** Has them told; returns at once. */
    void tell(Session session, Collection<String> ids) {
        for (String id : ids) {
            begin(new Told(id, session.principal().id(), session.id()), 0, Duration.ZERO);
        }
    }

    /** @param tries that there have been */
    private void begin(Told told, int tries, Duration pause) {
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            log.atWarn().addKeyValue("client", told.client()).log("too many wait to be told that a session has ended");
            return;
        }
        try {
            worker.schedule(() -> begun(told, tries), pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            waiting.decrementAndGet();
            log.atInfo()
                    .addKeyValue("client", told.client())
                    .log("the server stops: not told that a session has ended");
        }
    }

    private void begun(Told told, int tries) {
        waiting.decrementAndGet();
        try {
            Optional<RegisteredClient> client = clients.find(told.client());
            Optional<String> url = client.flatMap(known -> known.client().text("backchannel_logout_uri"));
            if (url.isPresent() && !lane.tell(call(client.get(), url.get(), told), came -> ended(told, tries, came))) {
                again(told, tries);
            }
        } catch (Refusal later) {
            log.atDebug().addKeyValue("reason", later.getMessage()).log("clients are told later");
            again(told, tries);
        }
    }

    private Call call(RegisteredClient client, String url, Told told) {
        String form = "logout_token=" + URLEncoder.encode(token(client, told), StandardCharsets.UTF_8);
        return Call.post(
                url,
                clients.isSelfRegistered(client) ? NamedBy.REQUEST : NamedBy.OPERATOR,
                Outbound.Content.form(form));
    }

    private String token(RegisteredClient client, Told told) {
        return tokens.mint(client, subjects.ofLast(client, told.owner()), IdTokens.sessionId(told.session()));
    }

    private void ended(Told told, int tries, Result came) {
        if (came instanceof Failure failure) {
            log.atInfo()
                    .addKeyValue("client", told.client())
                    .addKeyValue("reason", failure.reason())
                    .log("a client does not hear that a session has ended");
            again(told, tries);
        } else if (came instanceof Answer answer) {
            answered(told, tries, answer.status());
        }
    }

    private void answered(Told told, int tries, int code) {
        if (code >= 200 && code < 300) {
            log.atDebug().addKeyValue("client", told.client()).log("told that a session has ended");
        } else if (code == 408 || code == 429 || code >= 500) {
            again(told, tries);
        } else {
            log.atInfo()
                    .addKeyValue("client", told.client())
                    .addKeyValue("status", code)
                    .log("a client did not take the end of a session");
        }
    }

    private void again(Told told, int tries) {
        if (tries < pauses.size()) {
            begin(told, tries + 1, pauses.get(tries));
        } else {
            log.atInfo()
                    .addKeyValue("client", told.client())
                    .addKeyValue("tries", tries + 1)
                    .log("a client could not be told that a session has ended");
        }
    }

    /** Drops what waits. */
    @Override
    public void close() {
        int left = worker.shutdownNow().size();
        lane.close();
        if (left > 0) {
            log.atWarn().addKeyValue("clients", left).log("the server stops: not told that sessions have ended");
        }
    }
}
