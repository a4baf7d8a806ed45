package org.latchkey.kernel.why;

import java.util.List;
import java.util.function.Supplier;
import org.latchkey.api.kernel.PluginCheck.Finding;
import org.latchkey.kernel.jar.Jar;

/** A version that would not serve, because of several the highest does. */
final class HigherVersionThere implements Objection {

    private final Supplier<List<Jar>> deployed;

    HigherVersionThere(Supplier<List<Jar>> deployed) {
        this.deployed = deployed;
    }

    @Override
    public List<Finding> to(Candidate candidate) {
        Jar jar = candidate.jar();
        return deployed.get().stream()
                .filter(there -> there.symbolicName().equals(jar.symbolicName()))
                .filter(there -> there.version().compareTo(jar.version()) > 0)
                .map(there -> Finding.superseded(
                        "The higher version " + there.version() + " is deployed; remove that first.",
                        "Remove " + there.fileName() + ", or give the jar a Bundle-Version above " + there.version()
                                + "."))
                .toList();
    }
}
