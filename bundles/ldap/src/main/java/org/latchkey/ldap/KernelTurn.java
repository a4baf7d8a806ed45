package org.latchkey.ldap;

import java.util.List;
import org.latchkey.api.extension.HealthCheck;
import org.latchkey.api.kernel.ExtensionInfo;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Link;
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

    @Override
    public boolean isShared() {
        return points.of(HealthCheck.class).list().stream().anyMatch(info -> isOurs(info) && !isOfThisRevision(info));
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
