package org.latchkey.auth;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.latchkey.api.Refusal;
import org.latchkey.api.Secret;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.extension.Scheme;
import org.latchkey.api.extension.Scheme.Challenge;
import org.latchkey.api.extension.Scheme.Claimant;
import org.latchkey.api.extension.Scheme.Proof;
import org.latchkey.api.extension.Scheme.State;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.api.kernel.Link;
import org.latchkey.api.kernel.PluginFault;
import org.latchkey.api.service.Audit;
import org.latchkey.api.service.Receipt;
import org.latchkey.api.service.Recording;
import org.latchkey.api.service.Schemes;
import org.latchkey.api.service.Sessions;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks schemes by name. Fails closed: one that fails, or whose name is none, proves nothing and is nobody's. Wrong answers
 * count twice: like wrong secrets, and for the person and the scheme, since a right secret makes the former forgotten.
 */
@Component
public final class SchemesInService implements Schemes {

    private static final Logger log = LoggerFactory.getLogger(SchemesInService.class);
    private static final String POINT = Scheme.class.getSimpleName();
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
    private static final Pattern SETUP = Pattern.compile("/[A-Za-z0-9-]{1,64}");
    private static final Pattern AMR = Pattern.compile("[A-Za-z0-9_-]{1,32}");
    private static final int LONGEST_PROMPT = 300;

    private final Extensions<Scheme> schemes;
    private final ExtensionPoints points;
    private final Audit audit;
    private final Throttle throttle;
    private final Throttle proofs;

    @Activate
    public SchemesInService(
            @Reference ExtensionPoints points,
            @Reference Audit audit,
            @Reference ChainedAuthentication authentication) {
        this(points, audit, authentication.throttle(), authentication.proofs());
    }

    /** @param proofs by person and scheme */
    SchemesInService(ExtensionPoints points, Audit audit, Throttle throttle, Throttle proofs) {
        this.points = points;
        this.schemes = points.of(Scheme.class);
        this.audit = audit;
        this.throttle = throttle;
        this.proofs = proofs;
    }

    @Override
    public Map<String, Offer> offers(Claimant claimant, Set<String> names) {
        Map<String, Offer> offers = new HashMap<>();
        if (names.isEmpty()) {
            return offers;
        }
        try (Chain<Scheme> chain = schemes.enter()) {
            chain.requireComplete();
            for (String name : names) {
                find(chain, name)
                        .flatMap(link -> offer(link, claimant, name))
                        .filter(offer -> offer.state() != State.NOT_AVAILABLE)
                        .ifPresent(offer -> offers.put(name, offer));
            }
        }
        return offers;
    }

    private static Optional<Link<Scheme>> find(Chain<Scheme> chain, String name) {
        return chain.links().stream()
                .filter(link -> name.equals(link.info().properties().get(Scheme.NAME)))
                .filter(link -> NAME.matcher(name).matches() && !name.equals(Sessions.PASSWORD))
                .findFirst();
    }

    private static Optional<Offer> offer(Link<Scheme> link, Claimant claimant, String name) {
        try {
            State state = link.call(scheme -> Objects.requireNonNull(scheme.state(claimant), "no state"));
            String title = text(link, Scheme.TITLE).orElse(name);
            return Optional.of(new Offer(
                    state,
                    title,
                    text(link, Scheme.SETUP)
                            .filter(path -> SETUP.matcher(path).matches())
                            .orElse("")));
        } catch (Refusal | PluginFault failed) {
            log.atWarn()
                    .addKeyValue("plugin", link.info().bundle())
                    .addKeyValue("scheme", name)
                    .setCause(failed)
                    .log("a scheme does not say who has it: nobody has");
            return Optional.empty();
        }
    }

    private static Optional<String> text(Link<Scheme> link, String property) {
        return link.info().properties().get(property) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    @Override
    public Challenge challenge(Claimant claimant, String name) {
        try (Chain<Scheme> chain = schemes.enter()) {
            chain.requireComplete();
            return find(chain, name)
                    .orElseThrow(SchemesInService::notThere)
                    .call(scheme -> checked(scheme.challenge(claimant)));
        } catch (PluginFault fault) {
            throw failed(name, fault);
        }
    }

    private static Challenge checked(Challenge challenge) {
        if (challenge.prompt().length() > LONGEST_PROMPT) {
            throw new IllegalStateException("the prompt is too long");
        }
        Objects.requireNonNull(challenge.input(), "no input");
        return challenge;
    }

    @Override
    public Optional<Proof> verify(Claimant claimant, String name, Secret answer) {
        Throttle.Try counted = throttle.begin(new Attempt(claimant.id(), Optional.empty(), claimant.caller()));
        Throttle.Try ofScheme;
        try {
            ofScheme = proofs.begin(new Attempt(claimant.id() + "\n" + name, Optional.empty(), claimant.caller()));
        } catch (Refusal tooMany) {
            counted.withdrawn();
            throw tooMany;
        }
        boolean isWrong = false;
        try {
            Optional<Proof> proof = recorded(claimant, name, answer);
            isWrong = proof.isEmpty();
            return proof;
        } finally {
            if (!isWrong) {
                counted.withdrawn();
                ofScheme.withdrawn();
            }
        }
    }

    private Optional<Proof> recorded(Claimant claimant, String name, Secret answer) {
        Recording recording = Recording.begin(audit, claimant.caller(), OPERATION, claimant.id());
        ExtensionPoints.Scope scope = points.whenStuck(recording::stuck);
        try (Chain<Scheme> chain = schemes.enter()) {
            return recording.during(
                    () -> {
                        chain.requireComplete();
                        Link<Scheme> link = find(chain, name).orElseThrow(SchemesInService::notThere);
                        return ask(link, claimant, name, answer, recording);
                    },
                    proof -> proof.isPresent() ? Receipt.OK : Receipt.refused("wrong"));
        } finally {
            scope.close();
        }
    }

    private static Optional<Proof> ask(
            Link<Scheme> link, Claimant claimant, String name, Secret answer, Recording recording) {
        recording.asks(POINT, link.info());
        long start = System.nanoTime();
        try {
            Optional<Proof> proof = link.call(scheme -> checked(scheme.verify(claimant, answer)));
            recording.answered(proof.isPresent() ? Receipt.ACCEPTED : Receipt.REJECTED);
            log.atInfo()
                    .addKeyValue("entity", claimant.id())
                    .addKeyValue("scheme", name)
                    .addKeyValue("address", claimant.caller().address())
                    .addKeyValue("request", claimant.caller().requestId())
                    .log(proof.isPresent() ? "proved more" : "a further proof was wrong");
            return proof;
        } catch (Refusal refusal) {
            recording.answered(Receipt.refused(refusal));
            throw refusal;
        } catch (PluginFault fault) {
            recording.answered(Receipt.FAILED);
            throw failed(name, fault);
        } finally {
            recording.took(POINT, System.nanoTime() - start);
        }
    }

    private static Optional<Proof> checked(Optional<Proof> proof) {
        boolean isSound = proof.stream().flatMap(each -> each.amr().stream()).allMatch(AMR.asMatchPredicate());
        if (!isSound) {
            throw new IllegalStateException("what was proved is in no word of RFC 8176");
        }
        return proof;
    }

    private static Refusal notThere() {
        return Refusal.of(Refusal.Kind.UNAVAILABLE, "scheme-unavailable", "This way to prove it is not there now.");
    }

    private static Refusal failed(String name, PluginFault fault) {
        log.atWarn().addKeyValue("scheme", name).setCause(fault).log("a scheme failed: nothing is proved");
        return Refusal.of(Refusal.Kind.UNAVAILABLE, "scheme-failed", "This way to prove it does not work now.");
    }
}
