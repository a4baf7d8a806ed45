package org.latchkey.kernel.why;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.latchkey.api.kernel.PluginCheck.Finding;
import org.osgi.framework.Constants;

/** An activator or a component whose class is not there, is too new, or could not see what it offers. */
final class UnusableClass implements Objection {

    @Override
    public List<Finding> to(Candidate candidate) {
        Stream<Finding> activator = candidate.header(Constants.BUNDLE_ACTIVATOR).stream()
                .flatMap(name -> unusable("Its Bundle-Activator", name, candidate).stream());
        Stream<Finding> components = candidate.components().all().stream()
                .flatMap(component -> Stream.concat(
                        unusable("Its component " + component.name(), component.implementation(), candidate).stream(),
                        unseen(component, candidate)));
        return Stream.of(candidate.components().faults().stream(), activator, components)
                .flatMap(each -> each)
                .toList();
    }

    private static Optional<Finding> unusable(String who, String name, Candidate candidate) {
        if (!candidate.sees(name)) {
            return Optional.of(Finding.rejected(
                    who + " is the class " + name + ", which is not in the jar.",
                    "Build the jar anew, with the class in it and on its Bundle-ClassPath."));
        }
        int here = Runtime.version().feature();
        return candidate
                .classes()
                .tooNew(name)
                .map(java -> Finding.rejected(
                        who + " is compiled for Java " + java + ", but the server runs on Java " + here + ".",
                        "Compile it with --release " + here + ", or run the server on Java " + java + "."));
    }

    private static Stream<Finding> unseen(ServiceComponent component, Candidate candidate) {
        return component.services().stream()
                .filter(service -> !candidate.sees(service))
                .map(service -> Finding.rejected(
                        "Its component " + component.name() + " offers " + service
                                + ", whose package the jar neither has nor imports.",
                        "Build the jar with bnd, which writes Import-Package from what the classes use."));
    }
}
