package org.latchkey.kernel.jar;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Applies every {@link PluginRule}, in order. */
final class PluginRules implements JarCheck {

    private final Supplier<Set<String>> serverPackages;

    PluginRules(Supplier<Set<String>> serverPackages) {
        this.serverPackages = serverPackages;
    }

    @Override
    public void refuse(Jar jar) throws IOException, Rejection {
        Candidate candidate = Candidate.of(jar, serverPackages.get());
        for (PluginRule rule : PluginRule.values()) {
            Optional<String> reason = rule.brokenBy(candidate);
            if (reason.isPresent()) {
                throw new Rejection(reason.get());
            }
        }
    }
}
