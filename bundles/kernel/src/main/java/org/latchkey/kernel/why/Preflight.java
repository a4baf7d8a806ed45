package org.latchkey.kernel.why;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.latchkey.api.kernel.PluginCheck.Finding;
import org.latchkey.kernel.jar.Jar;
import org.latchkey.kernel.jar.Rejection;
import org.osgi.framework.BundleContext;

/**
 * What keeps a jar from being installed at all, in one table. The deployer and {@link Why} use the same one, so that
 * the prediction is the outcome, in the same words.
 */
public final class Preflight {

    private final List<Objection> objections;
    private final Objection together;

    public Preflight(BundleContext context) {
        objections = List.of(
                new PartOfTheServer(context),
                new UnmetRequirement(context),
                new SecondSingleton(context),
                new UnusableClass());
        together = new UsesConflict(context);
    }

    /** @throws Rejection with the first cause, if there is one */
    public void refuse(Jar jar) throws IOException, Rejection {
        List<Finding> findings = findings(Candidate.of(jar));
        if (!findings.isEmpty()) {
            throw new Rejection(findings.get(0).cause());
        }
    }

    /** Whether imports go together is asked only when each can be had. */
    List<Finding> findings(Candidate candidate) throws IOException {
        List<Finding> findings = new ArrayList<>();
        for (Objection objection : objections) {
            findings.addAll(objection.to(candidate));
        }
        if (findings.isEmpty()) {
            findings.addAll(together.to(candidate));
        }
        return findings;
    }
}
