package org.latchkey.kernel.extension;

import java.util.List;
import java.util.Optional;
import org.latchkey.api.extension.HealthCheck;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Makes the server unready while an extension is missing that the operator requires. */
@Component
public final class RequiredPolicies implements HealthCheck {

    private final Points points;

    @Activate
    public RequiredPolicies(@Reference Points points) {
        this.points = points;
    }

    @Override
    public String name() {
        return "required-policies";
    }

    @Override
    public Optional<String> fault() {
        List<String> unmet = points.unmet();
        return unmet.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", unmet));
    }
}
