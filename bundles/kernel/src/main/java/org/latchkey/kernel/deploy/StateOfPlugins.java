package org.latchkey.kernel.deploy;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.latchkey.api.kernel.PluginCheck.Finding;
import org.latchkey.kernel.jar.Rejection;
import org.latchkey.kernel.state.StateVersions;
import org.latchkey.kernel.why.Candidate;
import org.latchkey.kernel.why.Objection;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * Refuses a revision that cannot read the state which a later one has left. Without a store nobody can read
 * the state, and every revision is let in, to be managed at least.
 */
final class StateOfPlugins implements Objection {

    private final BundleContext context;

    StateOfPlugins(BundleContext context) {
        this.context = context;
    }

    void refuseDowngrade(Bundle bundle) throws Rejection {
        Optional<String> objection = objection(
                bundle.getSymbolicName(),
                Optional.ofNullable(bundle.getHeaders("").get(StateVersions.HEADER)));
        if (objection.isPresent()) {
            throw new Rejection(objection.get());
        }
    }

    @Override
    public List<Finding> to(Candidate candidate) {
        return objection(candidate.jar().symbolicName(), candidate.header(StateVersions.HEADER)).stream()
                .map(cause -> Finding.rejected(cause, "Deploy a version that reads the newer state."))
                .toList();
    }

    private Optional<String> objection(String symbolicName, Optional<String> header) {
        try {
            int version = StateVersions.parse(header);
            return ask(versions -> versions.objection(symbolicName, version)).flatMap(answer -> answer);
        } catch (IllegalArgumentException malformed) {
            return Optional.of(malformed.getMessage());
        }
    }

    void settle(Bundle bundle) {
        ask(versions -> {
            versions.settle(bundle.getSymbolicName(), StateVersions.of(bundle));
            return true;
        });
    }

    /** Forgets what a revision kept that was rolled back, unless a sound one wrote that version before. */
    void discard(Bundle bundle) {
        ask(versions -> {
            versions.discard(bundle.getSymbolicName(), StateVersions.of(bundle));
            return true;
        });
    }

    private <R> Optional<R> ask(Function<StateVersions, R> question) {
        ServiceReference<StateVersions> reference = context.getServiceReference(StateVersions.class);
        if (reference == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(context.getService(reference)).map(question);
        } finally {
            context.ungetService(reference);
        }
    }
}
