package org.latchkey.kernel.why;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.latchkey.api.http.Endpoint;
import org.latchkey.api.kernel.ExtensionInfo;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.PluginCheck.Finding;

/** An endpoint that would not be mounted where it wants to be; the words are those of the web server. */
final class TakenMount implements Objection {

    private static final Pattern SEGMENT = Pattern.compile("\\.?[a-z0-9][a-z0-9._-]{0,63}");
    private static final Set<String> RESERVED =
            Set.of("admin", "api", "assets", "healthz", "login", "logout", "metrics");

    private final ExtensionPoints points;

    TakenMount(ExtensionPoints points) {
        this.points = points;
    }

    @Override
    public List<Finding> to(Candidate candidate) {
        List<Finding> findings = new ArrayList<>();
        for (ServiceComponent component : candidate.components().all()) {
            if (component.services().contains(Endpoint.class.getName())) {
                fault(component, candidate.jar().symbolicName()).ifPresent(findings::add);
            }
        }
        return findings;
    }

    private Optional<Finding> fault(ServiceComponent component, String plugin) {
        String mount = component.properties().getOrDefault(Endpoint.MOUNT, "");
        if (!SEGMENT.matcher(mount).matches()) {
            return Optional.of(idle(component, "Its " + Endpoint.MOUNT + " is not a path segment of a-z 0-9 . _ -."));
        }
        if (mount.startsWith(".") || RESERVED.contains(mount)) {
            return Optional.of(idle(component, "The mount \"" + mount + "\" is reserved for the server itself."));
        }
        return serving(mount, plugin)
                .map(rival -> idle(component, "The mount \"" + mount + "\" is already served by " + rival + "."));
    }

    private static Finding idle(ServiceComponent component, String cause) {
        return Finding.idle(
                cause, "Give the component " + component.name() + " another " + Endpoint.MOUNT + ", which is free.");
    }

    private Optional<String> serving(String mount, String plugin) {
        return points.all().stream()
                .filter(point -> point.point().equals(Endpoint.class))
                .flatMap(point -> point.list().stream())
                .filter(info -> mount.equals(info.properties().get(Endpoint.MOUNT)))
                .filter(info -> info.state().equals("active"))
                .map(ExtensionInfo::bundle)
                .filter(other -> !other.equals(plugin))
                .findFirst();
    }
}
