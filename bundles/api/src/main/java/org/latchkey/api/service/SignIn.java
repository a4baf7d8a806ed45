package org.latchkey.api.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.Sessions.Session;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The one sign-in page, which every protocol shows at its own address: form, token against forged posts, judgement,
 * session. The words and looks come from the theme.
 */
@ProviderType
public interface SignIn {

    /**
     * What the page is for.
     *
     * @param action where the form is posted to, a path of this server
     * @param hidden fields that come back with the form as they are
     * @param relyingParty what to call it on the page, empty if it is for none
     * @param theme the theme it asks for, empty for none
     * @param redirectsTo origins that the answer to the form may send the browser to, such as {@code https://app.example}
     * @param hints what else is known of who comes, and from where
     */
    record Purpose(
            String action,
            Map<String, String> hidden,
            String relyingParty,
            String theme,
            List<String> redirectsTo,
            Hints hints) {

        public Purpose {
            hidden = Map.copyOf(hidden);
            redirectsTo = List.copyOf(redirectsTo);
        }

        /** With nothing else known. */
        public Purpose(
                String action,
                Map<String, String> hidden,
                String relyingParty,
                String theme,
                List<String> redirectsTo) {
            this(action, hidden, relyingParty, theme, redirectsTo, Hints.NONE);
        }
    }

    /**
     * What makes the page easier, and decides nothing.
     *
     * @param username who probably comes: stands in the field until they write something else; empty for nobody
     * @param locales languages to prefer to those of the browser, with blanks between
     * @param links addresses about the relying party by what they are: {@code logo_uri} (an image, shown), {@code client_uri},
     *     {@code policy_uri}, {@code tos_uri}; shown if they are {@code https}
     */
    record Hints(String username, String locales, Map<String, String> links) {

        public static final Hints NONE = new Hints("", "", Map.of());

        private static final Set<String> SHOWN = Set.of("logo_uri", "client_uri", "policy_uri", "tos_uri");
        private static final Pattern HTTPS =
                Pattern.compile("(https://[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?)([/?#][^\\s]*)?");
        private static final int LONGEST_NAME = 256;

        /** Leaves out what is not to be shown. */
        public Hints {
            username = username.length() > LONGEST_NAME ? "" : username.strip();
            Map<String, String> good = new LinkedHashMap<>(links);
            good.entrySet()
                    .removeIf(link -> !SHOWN.contains(link.getKey())
                            || !HTTPS.matcher(link.getValue()).matches());
            links = Map.copyOf(good);
        }

        /** The origin of the image, which the browser has to be told that the page uses. */
        public List<String> imagesFrom() {
            Matcher logo = HTTPS.matcher(links.getOrDefault("logo_uri", ""));
            return logo.matches() ? List.of(logo.group(1)) : List.of();
        }
    }

    /** What came of a posted form. */
    sealed interface Outcome {}

    /** By what somebody has just proved who they are. */
    enum Proof {
        /** Credentials that they gave for this. */
        CREDENTIALS,
        /** What their browser or a proxy sends with every request; it does not tell that they are at the keyboard. */
        RECOGNITION
    }

    /** Signed in; {@link SignIn#withSession} puts the cookie on the answer. */
    record SignedIn(Sessions.Begun begun, Proof proof) implements Outcome {

        public SignedIn(Sessions.Begun begun) {
            this(begun, Proof.CREDENTIALS);
        }
    }

    /** Not signed in, with the page to show again: what was wrong is on it. */
    record Again(Response page) implements Outcome {}

    /** The session the browser has, if it lives. */
    Optional<Session> session(Request request);

    /** What a protocol wants of somebody who comes to sign in. */
    enum Demand {
        /** That they sign in. */
        ANY_PROOF,
        /** That they show credentials for this, whatever was shown before (CAS {@code renew}, OpenID {@code prompt=login}). */
        CREDENTIALS
    }

    /**
     * Somebody without a session comes to sign in, by a GET. Who is recognized by the request alone is signed in, or asked
     * whether they want to be, as the operator chose; the others get the page with the form.
     *
     * <p>A demand for credentials is never met in silence: it leads to the form, or, if the operator set that recognition
     * meets it, to the question.
     */
    Outcome arrive(Request request, Purpose purpose, Demand demand);

    /**
     * Signs in who is recognized by the request alone, where nobody may be asked anything (CAS {@code gateway}, OpenID
     * {@code prompt=none}). Nothing if that is nobody, or they would have to be asked first.
     */
    Optional<SignedIn> recognized(Request request);

    /** The page with an empty form, whoever sent the request. */
    Response page(Request request, Purpose purpose);

    /** The same page with a message above the form, by the key of a text such as {@code error.session-expired}. */
    Response page(Request request, Purpose purpose, int status, String message);

    /**
     * Judges a posted form: fields {@code username}, {@code password}, {@code token}, and {@code rememberMe} and
     * {@code warn} if they are ticked; or {@code recognized} and {@code token}, of the page that asks. A token that is missing, used, or another browser's comes to {@link Again} (403).
     */
    Outcome submit(Request request, Purpose purpose, Map<String, List<String>> form);

    /**
     * What more somebody has to prove: one of {@code choices}.
     *
     * @param session as who they are signed in
     * @param choices names of schemes that they can prove themselves by
     * @param unset names of schemes that they would have to set up first
     */
    record Further(Session session, Set<String> choices, Set<String> unset) {
        public Further {
            choices = Set.copyOf(choices);
            unset = Set.copyOf(unset);
        }
    }

    /** What came of the form of {@link #further}. */
    sealed interface Proving {}

    /** Proved; the session goes on with a new cookie, as {@link SignIn#withSession} puts it on the answer. */
    record Proven(Sessions.Begun begun) implements Proving {}

    /** Not yet, with the page to show. */
    record NotProven(Response page) implements Proving {}

    /** They do not want to; the form was genuine. */
    record Declined() implements Proving {}

    /**
     * The page that asks somebody who is signed in for one more proof: for that of the one scheme there is, or first by which of
     * several.
     */
    Response further(Request request, Purpose purpose, Further further);

    /**
     * Judges its form: fields {@code scheme}, {@code answer} and {@code token}, or {@code choose} or {@code decline} instead of
     * the first two. {@code further} is what is missing now, whatever was when the page was shown.
     */
    Proving prove(Request request, Purpose purpose, Further further, Map<String, List<String>> form);

    /** The answer with the cookie of a new session. */
    Response withSession(Response answer, Sessions.Begun begun);

    /** The answer with the session's cookie taken away, and that of {@link #withBrowserState}. */
    Response withoutSession(Response answer);

    /**
     * What the browser is told of a session beside the session's cookie, in a cookie that scripts of this server read
     * ({@link #BROWSER_STATE}): another for each session, so that they see when it ends or another begins (OpenID Connect
     * Session Management 1.0, 3.2). It lets nobody in, and tells nothing of anybody.
     */
    String browserState(Session session);

    /** The answer with that cookie. {@link #withSession} does so too. */
    Response withBrowserState(Response answer, Session session);

    /** The name of that cookie, without a prefix. */
    String BROWSER_STATE = "latchkey-state";

    /**
     * Any other page of the theme.
     *
     * @param page such as {@code logged-out}; see {@code bundles/web/docs/themes.md}
     * @param values what it says, besides what all pages have; a text, a list of values, or a map of values. Three also tell
     *     the browser what the page may use of other origins: {@code redirectsTo}, where its forms may come out,
     *     {@code imagesFrom}, where its images are, and {@code framesFrom}, where its frames are, each an origin or a list of
     *     them. {@code locales} are languages to prefer to those of the browser, with blanks between
     */
    Response show(Request request, int status, String page, String theme, Map<String, Object> values);

    /** A token for a form of another page, and the answer with the cookie it is bound to, made of it. */
    Response withToken(Request request, Function<String, Response> page);

    /** Whether a form was posted by the browser that it was shown to, once and in time; uses the token up. */
    boolean isGenuine(Request request, Map<String, List<String>> form);
}
