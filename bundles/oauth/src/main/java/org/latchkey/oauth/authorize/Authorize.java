package org.latchkey.oauth.authorize;

import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.Sessions.Session;
import org.latchkey.api.service.SignIn;
import org.latchkey.api.service.SignIn.Further;
import org.latchkey.api.service.SignIn.NotProven;
import org.latchkey.api.service.SignIn.Proven;
import org.latchkey.api.service.SignIn.Proving;
import org.latchkey.oauth.Issuer;
import org.latchkey.oauth.Parameters;
import org.latchkey.oauth.Refused;
import org.latchkey.oauth.client.Clients;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.key.Seal;
import org.latchkey.oauth.logout.Logout;
import org.latchkey.oauth.par.PushedRequests;
import org.latchkey.oauth.scope.Entitlement;

/**
 * The authorization endpoint. A browser is sent nowhere but to a redirect URI that the client is registered with; until that
 * is found, what is wrong is said on a page of the server.
 */
public final class Authorize {

    private static final long LONGEST_FORM = 256 * 1024;

    private final Issuer issuer;
    private final Clients clients;
    private final AuthorizeChecks checks;
    private final Freshness freshness;
    private final StepUp stepUp;
    private final Consent consent;
    private final Answers answers;
    private final SignIn signIn;
    private final Logout logout;
    private final Seal seal;
    private final Purposes purposes;
    private final PushedRequests pushed;
    private final RequestSources sources;
    private final Destinations destinations;
    private final Clock clock;

    public Authorize(AuthorizeParts parts) {
        this.issuer = parts.issuer();
        this.clients = parts.clients();
        this.checks = new AuthorizeChecks(parts.settings());
        this.freshness = new Freshness(parts.idTokens(), parts.subjects());
        this.stepUp = new StepUp(parts.authentication(), parts.entitlements());
        this.consent = new Consent(issuer, parts.consents(), parts.owners(), parts.signIn(), stepUp::titles);
        this.answers = new Answers(parts);
        this.signIn = parts.signIn();
        this.logout = parts.logout();
        this.seal = parts.seal();
        this.purposes = new Purposes(issuer, seal);
        this.pushed = parts.pushed();
        this.sources = parts.sources();
        this.destinations =
                new Destinations(parts.issuer(), new SignedAnswers(parts.issuer(), parts.keys(), parts.clock()));
        this.clock = parts.clock();
    }

    /** The values of {@code response_mode} that are served. */
    public static Set<String> responseModes() {
        return ResponseMode.words();
    }

    /** {@code GET} and {@code POST /authorize} (OpenID Connect Core, 3.1.2.1). */
    public Response request(Request http) throws IOException {
        return onPage(http, () -> {
            Parameters parameters = http.method().equals("POST")
                    ? Parameters.of(http.form(LONGEST_FORM))
                    : Parameters.of(AuthorizeRequest.PARAMETERS, http::query);
            RegisteredClient client = client(parameters);
            try {
                Parameters asked = sources.atAuthorize(client, parameters);
                return begin(http, new Interaction(asked, clock.instant(), ""));
            } catch (Refused refused) {
                return toClient(http, client, parameters, refused);
            }
        });
    }

    /** To the client, if the request itself names one of its redirect URIs. */
    private Response toClient(Request http, RegisteredClient client, Parameters said, Refused refused) throws Refused {
        if (said.get("redirect_uri").filter(client::hasRedirectUri).isEmpty()) {
            throw refused;
        }
        return destinations.of(client, said).answer(signIn, http, texts(refused));
    }

    /**
     * What is left of a request that a client pushes, once it has passed every check of this endpoint.
     *
     * @throws Refused what this endpoint would refuse
     */
    public Parameters vetted(Request http, RegisteredClient client, Parameters parameters) throws Refused {
        Parameters asked = sources.pushed(client, parameters).only(AuthorizeRequest.PARAMETERS);
        checks.passed(client, destinations.of(client, asked), asked);
        return asked;
    }

    /** {@code POST /login}: the form of the sign-in page comes back. */
    public Response login(Request http) throws IOException {
        return onPage(http, () -> {
            Map<String, List<String>> form = http.form(LONGEST_FORM);
            return at(
                    http,
                    interaction(form),
                    visit -> outcome(visit, signIn.submit(http, purposes.ofSignIn(visit), form)));
        });
    }

    /** {@code POST /consent}: somebody allows the client something, or does not. */
    public Response consent(Request http) throws IOException {
        return onPage(http, () -> {
            Map<String, List<String>> form = http.form(LONGEST_FORM);
            return at(http, interaction(form), visit -> {
                Optional<Session> session = signIn.session(http);
                boolean genuine = signIn.isGenuine(http, form);
                if (session.isEmpty() || !genuine || !visit.interaction().isOf(session.get())) {
                    return decide(visit, session);
                }
                if (!form.containsKey("approve")) {
                    useUp(visit);
                    throw Refused.of("access_denied", "The resource owner has denied the request.");
                }
                Entitlement entitlement = stepUp.of(visit, session.get());
                if (!isGood(visit, session.get()) || entitlement.isMissingSomething()) {
                    return decide(visit, session);
                }
                Visit narrowed = visit.with(stepUp.narrowed(visit.request(), entitlement));
                consent.allow(narrowed.request(), session.get());
                return issue(narrowed, session.get(), entitlement);
            });
        });
    }

    /** {@code POST /proof}: somebody who is signed in proves more. What is missing is found anew, not in the form. */
    public Response proof(Request http) throws IOException {
        return onPage(http, () -> {
            Map<String, List<String>> form = http.form(LONGEST_FORM);
            return at(http, interaction(form), visit -> {
                Optional<Session> session =
                        signIn.session(http).filter(each -> visit.interaction().isOf(each) && isGood(visit, each));
                Optional<Further> further = session.isPresent()
                        ? StepUp.further(session.get(), stepUp.of(visit, session.get()))
                        : Optional.empty();
                return further.isPresent()
                        ? proving(
                                visit, signIn.prove(http, purposes.ofProof(visit, session.get()), further.get(), form))
                        : decide(visit, signIn.session(http));
            });
        });
    }

    private Response proving(Visit visit, Proving proving) throws Refused {
        if (proving instanceof Proven proven) {
            return signIn.withSession(enter(visit, proven.begun().session()), proven.begun());
        }
        if (proving instanceof NotProven again) {
            return again.page();
        }
        useUp(visit);
        throw Refused.of("access_denied", "The resource owner does not want to prove more.");
    }

    private interface Step {
        Response take() throws Refused, IOException;
    }

    private interface Visited {
        Response answer(Visit visit) throws Refused, IOException;
    }

    /** What is refused before it is known where answers may go is said on a page. */
    private Response onPage(Request http, Step step) throws IOException {
        try {
            return step.take();
        } catch (Refused refused) {
            Map<String, Object> values = Map.of("code", refused.error(), "detail", refused.getMessage());
            return signIn.show(http, refused.status(), "error", "", values);
        }
    }

    private Interaction interaction(Map<String, List<String>> form) throws Refused {
        Optional<String> sealed =
                form.getOrDefault(Interaction.FIELD, List.of()).stream().findFirst();
        return Interaction.open(seal, sealed, clock.instant());
    }

    private Response begin(Request http, Interaction interaction) throws Refused, IOException {
        return at(http, interaction, visit -> decide(visit, signIn.session(http)));
    }

    /** Checks the request, and sends the client what is refused from then on. */
    private Response at(Request http, Interaction interaction, Visited visited) throws Refused, IOException {
        Parameters parameters = interaction.parameters();
        RegisteredClient client = client(parameters);
        Destination where = destinations.of(client, parameters);
        try {
            return visited.answer(new Visit(http, interaction, checks.passed(client, where, parameters)));
        } catch (Refused refused) {
            return where.answer(signIn, http, texts(refused));
        }
    }

    private static Map<String, String> texts(Refused refused) {
        Map<String, String> texts = new LinkedHashMap<>();
        refused.json().forEach((name, value) -> texts.put(name, String.valueOf(value)));
        return texts;
    }

    private RegisteredClient client(Parameters parameters) throws Refused {
        return clients.find(parameters.require("client_id"))
                .orElseThrow(() -> Refused.of("invalid_client", "There is no client of this client_id."));
    }

    private Response decide(Visit visit, Optional<Session> session) throws Refused {
        if (session.isPresent() && isGood(visit, session.get())) {
            return enter(visit, session.get());
        }
        if (visit.request().prompt().contains("none")) {
            SignIn.SignedIn recognized = signIn.recognized(visit.http())
                    .orElseThrow(() -> Refused.of("login_required", "The resource owner has to sign in."));
            return signedIn(visit, recognized);
        }
        return visit.http().method().equals("GET")
                ? outcome(
                        visit,
                        signIn.arrive(
                                visit.http(),
                                purposes.ofSignIn(visit),
                                visit.request().demand()))
                : signIn.page(visit.http(), purposes.ofSignIn(visit));
    }

    private Response outcome(Visit visit, SignIn.Outcome outcome) throws Refused {
        return outcome instanceof SignIn.SignedIn signedIn
                ? signedIn(visit, signedIn)
                : ((SignIn.Again) outcome).page();
    }

    private Response signedIn(Visit visit, SignIn.SignedIn signedIn) throws Refused {
        return signIn.withSession(enter(visit, signedIn.begun().session()), signedIn.begun());
    }

    private boolean isGood(Visit visit, Session session) {
        return freshness.suffices(visit.request(), session, visit.interaction().begun(), clock.instant());
    }

    /** Signed in: on to the client, if this person may use it and wants it to know of them. */
    private Response enter(Visit visit, Session session) throws Refused {
        if (!isGood(visit, session)) {
            throw Refused.of("login_required", "Somebody else has signed in than was asked for.");
        }
        Entitlement entitlement = stepUp.of(visit, session);
        boolean isSilent = visit.request().prompt().contains("none");
        if (entitlement.isMissingSomething()) {
            if (isSilent) {
                throw StepUp.silent(entitlement);
            }
            return StepUp.further(session, entitlement)
                    .map(further -> signIn.further(visit.http(), purposes.ofProof(visit, session), further))
                    .orElseGet(() -> signIn.page(visit.http(), purposes.ofSignIn(visit)));
        }
        AuthorizeRequest narrowed = stepUp.narrowed(visit.request(), entitlement);
        if (consent.isNeeded(narrowed, session)) {
            if (isSilent) {
                throw Refused.of("consent_required", "The resource owner has to allow this.");
            }
            String sealed = visit.interaction().of(session).sealed(seal);
            return consent.page(visit.http(), narrowed, session, sealed);
        }
        return issue(visit.with(narrowed), session, entitlement);
    }

    private Response issue(Visit visit, Session session, Entitlement entitlement) throws Refused {
        if (!stepUp.use(session, entitlement)) {
            return decide(visit, stepUp.now(session)); // used up by another tab at this very moment
        }
        useUp(visit);
        AuthorizeRequest request = visit.request();
        logout.join(request.client(), session);
        Map<String, String> answer = answers.to(request, session, entitlement);
        if (request.isOpenId()) {
            logout.sessionState(request.client(), request.where().redirectUri(), session)
                    .ifPresent(state -> answer.put("session_state", state));
        }
        return signIn.withBrowserState(request.where().answer(signIn, visit.http(), answer), session);
    }

    /** A pushed request is answered once. */
    private void useUp(Visit visit) throws Refused {
        Optional<String> uri = visit.request().parameters().get("request_uri");
        if (uri.isPresent() && !pushed.use(uri.get())) {
            throw Refused.of("invalid_request_uri", "The request_uri was used before.");
        }
    }
}
