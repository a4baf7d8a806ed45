package org.latchkey.kernel.why;

import java.util.List;
import java.util.function.Supplier;
import org.latchkey.api.kernel.PluginCheck.Finding;
import org.latchkey.kernel.jar.Jar;

/** Another file that claims to be the same version of the same plugin, unless the jar would take its place. */
final class AlreadyThere implements Objection {

    private final Supplier<List<Jar>> deployed;

    AlreadyThere(Supplier<List<Jar>> deployed) {
        this.deployed = deployed;
    }

    @Override
    public List<Finding> to(Candidate candidate) {
        Jar jar = candidate.jar();
        String asInstalled = jar.symbolicName() + "-" + jar.version() + ".jar";
        return deployed.get().stream()
                .filter(there -> there.symbolicName().equals(jar.symbolicName()))
                .filter(there -> there.version().equals(jar.version()))
                .filter(there -> !there.fileName().equals(asInstalled))
                .map(there -> Finding.rejected(
                        jar.symbolicName() + " " + jar.version() + " is already there, in " + there.fileName() + ".",
                        there.sha256().equals(jar.sha256())
                                ? "There is nothing to do: the content is the same."
                                : "Give it a higher Bundle-Version, or copy it over " + there.fileName() + "."))
                .toList();
    }
}
