package org.latchkey.ldap;

import java.util.List;
import org.latchkey.api.extension.HealthCheck;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.ExtensionInfo;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.api.kernel.Link;
import org.latchkey.api.kernel.PluginFault;
import org.latchkey.api.kernel.Plugins;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;

/**
 * The kernel decides whose turn it is by what it lets be seen: this plugin's health check is in service exactly as
 * long as its revision is the one that serves.
 */
final class KernelTurn implements Turn {

    private final ExtensionPoints points;
    private final Plugins plugins;
    private final Bundle bundle;

    KernelTurn(ExtensionPoints points, Plugins plugins, Bundle bundle) {
        this.points = points;
        this.plugins = plugins;
        this.bundle = bundle;
    }

    @Override
    public boolean isMine() {
        List<Link<HealthCheck>> serving = points.of(HealthCheck.class).links();
        return serving.stream().map(Link::info).anyMatch(info -> isOurs(info) && isOfThisRevision(info));
    }

    /** It is well as soon as it listens. */
    @Override
    public Next next() {
        Extensions<HealthCheck> checks = points.of(HealthCheck.class);
        return checks.links().stream()
                .filter(link -> isOurs(link.info()) && !isOfThisRevision(link.info()))
                .findFirst()
                .map(link -> checks.enter(link).filter(KernelTurn::isWell).isPresent() ? Next.LISTENS : Next.SILENT)
                .orElse(Next.NONE);
    }

    private static boolean isWell(Chain<HealthCheck> entered) {
        try (entered) {
            return entered.links().get(0).call(HealthCheck::fault).isEmpty();
        } catch (PluginFault failed) {
            return false;
        }
    }

    @Override
    public boolean isProbation() {
        return plugins.list().stream()
                .anyMatch(plugin -> plugin.symbolicName().equals(bundle.getSymbolicName()) && plugin.probation());
    }

    private static boolean isOurs(ExtensionInfo info) {
        return info.name().equals(LdapServer.NAME);
    }

    private boolean isOfThisRevision(ExtensionInfo info) {
        return Long.valueOf(bundle.getBundleId()).equals(info.properties().get(Constants.SERVICE_BUNDLEID));
    }
}
