package org.latchkey.auth;

import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.latchkey.api.Caller;
import org.latchkey.api.Principal;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.extension.Authenticator;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.api.service.Audit;
import org.latchkey.api.service.Authentication;
import org.latchkey.api.service.Directory;
import org.latchkey.api.service.Explanation;
import org.latchkey.api.service.Operations;
import org.latchkey.api.service.Outbox;
import org.latchkey.api.service.Recording;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Signs people in through the {@linkplain Judge authenticators}, counts failures, and keeps receipts of who was asked. */
@Component(
        service = {Authentication.class, ChainedAuthentication.class},
        immediate = true,
        configurationPid = "latchkey.throttle")
@Designate(ocd = ChainedAuthentication.Config.class)
public final class ChainedAuthentication implements Authentication {

    @ObjectClassDefinition(
            name = "Latchkey sign-in throttle",
            description = "How many failed sign-ins are borne before further ones are refused for a while.")
    public @interface Config {

        @AttributeDefinition(min = "1", description = "For one name from one address.")
        int nameAtAddress() default 30;

        @AttributeDefinition(
                min = "1",
                description = "For one name from anywhere; where somebody signed in before, they still can.")
        int name() default 300;

        @AttributeDefinition(min = "1", description = "From one address for any names.")
        int address() default 300;

        @AttributeDefinition(
                description =
                        "Whether those from this host count too, for their name: where people come through a proxy here.")
        boolean local() default false;

        @AttributeDefinition(
                min = "1",
                description =
                        "Wrong further proofs, such as codes, for one person and scheme from anywhere, this host too.")
        int proof() default 10;

        @AttributeDefinition(min = "1", description = "Within so many seconds from the first of them.")
        int seconds() default 300;
    }

    private static final String ROOT = "root";
    private static final String SIGN_IN = "sign-in";

    private final Extensions<Authenticator> authenticators;
    private final SignInExpectation expectation;
    private final Permission permission;
    private final ExtensionPoints points;
    private final Judge judge;
    private final Audit audit;
    private final SignInNotices notices;
    private final Throttle throttle;
    private final Throttle proofs;

    @Activate
    public ChainedAuthentication(
            @Reference ExtensionPoints points,
            @Reference Directory directory,
            @Reference Operations operations,
            @Reference Audit audit,
            @Reference Outbox outbox,
            Config config) {
        this(points, directory, operations, audit, new SignInNotices(outbox, directory), config);
    }

    private ChainedAuthentication(
            ExtensionPoints points,
            Directory directory,
            Operations operations,
            Audit audit,
            SignInNotices notices,
            Config config) {
        this(
                points,
                directory,
                operations,
                audit,
                notices,
                Throttles.ofSignIns(config, notices),
                Throttles.ofProofs(config, notices));
    }

    ChainedAuthentication(
            ExtensionPoints points,
            Directory directory,
            Operations operations,
            Audit audit,
            Outbox outbox,
            Throttle throttle) {
        this(points, directory, operations, audit, new SignInNotices(outbox, directory), throttle, throttle);
    }

    private ChainedAuthentication(
            ExtensionPoints points,
            Directory directory,
            Operations operations,
            Audit audit,
            SignInNotices notices,
            Throttle throttle,
            Throttle proofs) {
        this.notices = notices;
        this.throttle = throttle;
        this.proofs = proofs;
        this.points = points;
        this.audit = audit;
        this.authenticators = points.of(Authenticator.class);
        this.permission = new Permission(points, audit);
        this.judge = new Judge(directory, notices);
        this.expectation = new SignInExpectation(points, operations);
    }

    /** The one that counts for every way to sign in. */
    Throttle throttle() {
        return throttle;
    }

    /** The one for further proofs, by person and scheme. */
    Throttle proofs() {
        return proofs;
    }

    /** Tells of sign-ins, whatever their way. */
    SignInNotices notices() {
        return notices;
    }

    /** The receipt of the directory, if it was asked, is one of its own under the same request id. */
    @Override
    public Optional<Principal> authenticate(Attempt attempt) {
        return counted(attempt, Selection.ALL, Judged::withoutFaults).principal();
    }

    @Override
    public Optional<Principal> authenticate(Attempt attempt, Set<String> chosen) {
        return counted(attempt, new Selection(chosen), Judged::withFaults).requireDecided(attempt);
    }

    private Judged counted(Attempt attempt, Selection selection, UnaryOperator<Judged> view) {
        if (attempt.id().equals(ROOT)) {
            return judged(
                    attempt, selection, view); // how often somebody may try to be root, its own authenticator says
        }
        Throttle.Try counted = throttle.begin(attempt);
        boolean isJudged = false;
        try {
            Judged judged = judged(attempt, selection, view);
            isJudged = judged.isJudged();
            judged.principal().ifPresent(them -> counted.succeeded());
            return judged;
        } finally {
            if (!isJudged) {
                counted.withdrawn();
            }
        }
    }

    private Judged judged(Attempt attempt, Selection selection, UnaryOperator<Judged> view) {
        Recording recording = Recording.beginSignIn(audit, attempt.caller(), SIGN_IN, attempt.id());
        ExtensionPoints.Scope scope = points.whenStuck(recording::stuck);
        try (Chain<Authenticator> chain = authenticators.enter()) {
            return recording.during(
                    () -> view.apply(judge.judge(chain, selection, attempt, recording)), Judged::outcome);
        } finally {
            scope.close();
        }
    }

    /** Enters the chain, as a sign-in does, so that one that is just being replaced counts as there. */
    @Override
    public boolean vouches(String source, Set<String> chosen) {
        Selection selection = new Selection(chosen);
        try (Chain<Authenticator> chain = authenticators.enter()) {
            return chain.links().stream().anyMatch(link -> selection.has(source, link.info()));
        }
    }

    @Override
    public boolean permits(Caller caller, Principal principal, Set<String> groups) {
        return decide(caller, principal, groups) == Decision.PERMITTED;
    }

    @Override
    public Decision decide(Caller caller, Principal principal, Set<String> groups) {
        return permission.decide(caller, principal, groups);
    }

    @Override
    public Explanation explain(String id) {
        return expectation.explain(id);
    }
}
