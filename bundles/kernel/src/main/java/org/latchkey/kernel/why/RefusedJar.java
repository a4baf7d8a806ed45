package org.latchkey.kernel.why;

import java.io.IOException;
import java.util.List;
import org.latchkey.api.kernel.PluginCheck.Finding;
import org.latchkey.kernel.jar.JarCheck;
import org.latchkey.kernel.jar.Rejection;

/** The jar breaks a rule for plugins, or the operator's policy does not let it run. */
final class RefusedJar implements Objection {

    private final JarCheck checks;

    RefusedJar(JarCheck checks) {
        this.checks = checks;
    }

    @Override
    public List<Finding> to(Candidate candidate) throws IOException {
        try {
            checks.refuse(candidate.jar());
            return List.of();
        } catch (Rejection rejection) {
            return List.of(Remedies.finding(rejection));
        }
    }
}
