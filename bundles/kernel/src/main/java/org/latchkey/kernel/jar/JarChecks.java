package org.latchkey.kernel.jar;

import java.io.IOException;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * All that a jar must pass before anything of it is installed, in order: the first reason counts. To be
 * sure that what is installed is what was checked, check and install a copy that nobody else writes to.
 */
@Component(service = JarChecks.class)
public final class JarChecks implements JarCheck {

    private final List<JarCheck> table;

    @Activate
    public JarChecks(BundleContext context, @Reference Trust trust) {
        this.table = List.of(
                new SameContent(), // a sound zip, and a bundle, as it was read
                new PluginRules(new ServerPackages(context)), // reaches for nothing that is not a plugin's
                new ComponentXml(), // describes its components without tricks
                trust); // may run here: pinned, signed, no downgrade
    }

    @Override
    public void refuse(Jar jar) throws IOException, Rejection {
        for (JarCheck check : table) {
            check.refuse(jar);
        }
    }
}
