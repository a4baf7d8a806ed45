package org.latchkey.web.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.latchkey.api.Caller;
import org.latchkey.api.Refusal;
import org.latchkey.api.Secret;
import org.latchkey.api.extension.Scheme.Challenge;
import org.latchkey.api.extension.Scheme.Claimant;
import org.latchkey.api.extension.Scheme.Input;
import org.latchkey.api.extension.Scheme.Proof;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.Schemes;
import org.latchkey.api.service.Schemes.Offer;
import org.latchkey.api.service.Sessions;
import org.latchkey.api.service.SignIn.Declined;
import org.latchkey.api.service.SignIn.Further;
import org.latchkey.api.service.SignIn.NotProven;
import org.latchkey.api.service.SignIn.Proven;
import org.latchkey.api.service.SignIn.Proving;
import org.latchkey.api.service.SignIn.Purpose;

/** The page {@code scheme}: somebody who is signed in proves more. Which schemes will do is told anew with each call. */
final class ProofPages {

    private static final int LONGEST_ANSWER = 256;
    private static final int LONGEST_REASON = 300;

    /** A page with a form, and with the token that belongs to it. */
    interface Forms {
        Response page(Request request, String page, Purpose purpose, int status, Map<String, Object> values);
    }

    private final Schemes schemes;
    private final Sessions sessions;
    private final Forms forms;

    ProofPages(Schemes schemes, Sessions sessions, Forms forms) {
        this.schemes = schemes;
        this.sessions = sessions;
        this.forms = forms;
    }

    /** One visit of somebody's browser. */
    private record Visit(Request request, Caller caller, Purpose purpose, Further further) {

        Claimant claimant() {
            return new Claimant(
                    further.session().principal().id(), further.session().id(), caller);
        }
    }

    Response ask(Request request, Caller caller, Purpose purpose, Further further) {
        return ask(new Visit(request, caller, purpose, further), 200, "");
    }

    Response expired(Request request, Caller caller, Purpose purpose, Further further) {
        return ask(new Visit(request, caller, purpose, further), 403, "error.form-expired");
    }

    private Response ask(Visit visit, int status, String message) {
        Set<String> choices = visit.further().choices();
        return choices.size() == 1
                ? challenge(visit, choices.iterator().next(), status, message)
                : page(visit, status, Map.of("message", message));
    }

    private Response challenge(Visit visit, String name, int status, String message) {
        Challenge challenge;
        try {
            challenge = schemes.challenge(visit.claimant(), name);
        } catch (Refusal refusal) {
            return refused(visit, refusal);
        }
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("message", message);
        values.put("scheme", name);
        values.put("prompt", challenge.prompt());
        values.put("code", challenge.input() == Input.CODE);
        values.put("text", challenge.input() == Input.TEXT);
        return page(visit, status, values);
    }

    private Response page(Visit visit, int status, Map<String, Object> more) {
        Further further = visit.further();
        Set<String> names = new TreeSet<>(further.choices());
        names.addAll(further.unset());
        Map<String, Offer> offers = offers(visit, names);
        Map<String, Object> values = new LinkedHashMap<>(more);
        values.put("username", further.session().principal().id());
        values.put(
                "choices",
                further.choices().stream()
                        .sorted()
                        .filter(name -> !name.equals(more.get("scheme")))
                        .map(name -> item(name, offers))
                        .toList());
        values.put(
                "unset",
                further.choices().isEmpty()
                        ? further.unset().stream()
                                .sorted()
                                .map(name -> item(name, offers))
                                .toList()
                        : List.of());
        return forms.page(visit.request(), "scheme", visit.purpose(), status, values);
    }

    /** For their titles alone, without which the page can be shown too. */
    private Map<String, Offer> offers(Visit visit, Set<String> names) {
        try {
            return schemes.offers(visit.claimant(), names);
        } catch (Refusal unavailable) {
            return Map.of();
        }
    }

    private static Map<String, String> item(String name, Map<String, Offer> offers) {
        Optional<Offer> offer = Optional.ofNullable(offers.get(name));
        return Map.of(
                "name",
                name,
                "title",
                offer.map(Offer::title).orElse(name),
                "setup",
                offer.map(Offer::setup).orElse(""));
    }

    /** Of a form that this browser was shown. */
    Proving judge(Request request, Caller caller, Purpose purpose, Further further, Map<String, List<String>> form) {
        Visit visit = new Visit(request, caller, purpose, further);
        if (form.containsKey("decline")) {
            return new Declined();
        }
        Optional<String> chosen = BoundForms.only(form, "choose").filter(further.choices()::contains);
        if (chosen.isPresent()) {
            return new NotProven(challenge(visit, chosen.get(), 200, ""));
        }
        Optional<String> scheme = BoundForms.only(form, "scheme").filter(further.choices()::contains);
        Optional<String> answer = BoundForms.only(form, "answer").filter(text -> text.length() <= LONGEST_ANSWER);
        if (scheme.isEmpty() || answer.isEmpty()) {
            return new NotProven(ask(visit, 400, form.containsKey("scheme") ? "error.proof" : ""));
        }
        return judge(visit, scheme.get(), answer.get());
    }

    private Proving judge(Visit visit, String scheme, String answer) {
        try (Secret secret = Secret.of(answer.toCharArray())) {
            Optional<Proof> proof = schemes.verify(visit.claimant(), scheme, secret);
            if (proof.isEmpty()) {
                return new NotProven(challenge(visit, scheme, 401, "error.proof"));
            }
            return sessions.proved(
                            visit.further().session(), scheme, proof.get().amr())
                    .map(begun -> (Proving) new Proven(begun))
                    .orElseGet(() -> new NotProven(page(visit, 403, Map.of("message", "error.session-expired"))));
        } catch (Refusal refusal) {
            return new NotProven(refused(visit, refusal));
        }
    }

    private Response refused(Visit visit, Refusal refusal) {
        return switch (refusal.kind()) {
            case TOO_MANY ->
                page(visit, 429, Map.of("message", "error.too-many")).withHeader("Retry-After", "60");
            case UNAVAILABLE ->
                page(visit, 503, Map.of("message", "error.unavailable")).withHeader("Retry-After", "1");
            default -> page(visit, 403, Map.of("message", reason(refusal)));
        };
    }

    private static String reason(Refusal refusal) {
        String message = Optional.ofNullable(refusal.getMessage()).orElse("");
        return message.isBlank() ? "error.proof" : message.substring(0, Math.min(LONGEST_REASON, message.length()));
    }
}
