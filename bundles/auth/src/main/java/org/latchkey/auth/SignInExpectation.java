package org.latchkey.auth;

import java.util.ArrayList;
import java.util.List;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Authenticator;
import org.latchkey.api.extension.Recognizer;
import org.latchkey.api.extension.Scheme;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.ExtensionInfo;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.api.service.Authentication;
import org.latchkey.api.service.Explanation;
import org.latchkey.api.service.Explanation.Expected;
import org.latchkey.api.service.Operations;

/**
 * Who would be asked if somebody signed in: from the same list that a sign-in goes through. Recognizers come first, since they
 * are asked before anybody types a secret; after one of them come the same hooks. Schemes come last: a rule may demand one.
 */
final class SignInExpectation {

    private static final String ROOT = "root";

    /** When a recognizer is asked. */
    private static final String NO_SECRET = "no-secret";

    /** When a scheme is. */
    private static final String DEMANDED = "demanded";

    private final Extensions<Authenticator> authenticators;
    private final Extensions<Recognizer> recognizers;
    private final Extensions<Scheme> schemes;
    private final Operations operations;

    SignInExpectation(ExtensionPoints points, Operations operations) {
        this.authenticators = points.of(Authenticator.class);
        this.recognizers = points.of(Recognizer.class);
        this.schemes = points.of(Scheme.class);
        this.operations = operations;
    }

    Explanation explain(String id) {
        Explanation explained = operations.explain(Authentication.OPERATION, id);
        try (Chain<Authenticator> chain = authenticators.enter()) {
            if (!id.equals(ROOT)) {
                chain.requireComplete();
            }
            List<ExtensionInfo> registered = authenticators.list();
            List<ExtensionInfo> asked = Judge.askedAbout(id, chain).stream()
                    .map(link -> present(link.info(), registered))
                    .toList();
            List<Expected> expected = new ArrayList<>(around(recognizers, id, NO_SECRET));
            asked.forEach(each -> expected.add(Expected.of(Authenticator.class.getSimpleName(), each)));
            expected.addAll(around(schemes, id, DEMANDED));
            return explained.withAuthenticators(
                    expected,
                    registered.stream()
                            .filter(each -> !asked.contains(each))
                            .map(each -> Expected.skipped(each, whyNot(id, each)))
                            .toList());
        } catch (Refusal missing) {
            return explained.refused(Explanation.REQUIRE_POLICIES, missing.getMessage());
        }
    }

    /** Those that are asked before or after a secret is; about root none is. */
    private static List<Expected> around(Extensions<?> extensions, String id, String when) {
        return extensions.list().stream()
                .filter(each -> !id.equals(ROOT))
                .map(each -> Expected.of(each.point(), each).when(when))
                .toList();
    }

    private static ExtensionInfo present(ExtensionInfo identity, List<ExtensionInfo> registered) {
        return registered.stream()
                .filter(each -> each.isSameAs(identity))
                .findFirst()
                .orElse(identity);
    }

    private static String whyNot(String id, ExtensionInfo info) {
        return id.equals(ROOT) && !info.core() ? "root meets no plugin" : info.state() + ": " + info.reason();
    }
}
