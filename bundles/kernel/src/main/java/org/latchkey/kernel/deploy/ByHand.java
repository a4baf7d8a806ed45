package org.latchkey.kernel.deploy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.latchkey.api.Refusal;
import org.latchkey.api.kernel.PluginInfo;
import org.latchkey.kernel.jar.Jar;
import org.latchkey.kernel.jar.Trust;

/** What an operator does to a plugin that is deployed already. Each changes the deploy directory first. */
final class ByHand {

    private final Deployment deployment;
    private final DeployFolder folder;
    private final GoodJars goodJars;
    private final Rejects rejects;
    private final Disabled disabled;
    private final Trust trust;

    ByHand(
            Deployment deployment,
            DeployFolder folder,
            GoodJars goodJars,
            Rejects rejects,
            Disabled disabled,
            Trust trust) {
        this.deployment = deployment;
        this.folder = folder;
        this.goodJars = goodJars;
        this.rejects = rejects;
        this.disabled = disabled;
        this.trust = trust;
    }

    void remove(String symbolicName) throws IOException {
        List<Jar> jars = deployment.jarsOf(symbolicName);
        List<Jar> off = disabledJars(symbolicName);
        if (jars.isEmpty() && off.isEmpty()) {
            throw Refusal.notFound("plugin", symbolicName);
        }
        for (Jar jar : jars) {
            folder.delete(jar.file());
        }
        for (Jar jar : off) {
            folder.delete(jar.file());
        }
        deployment.reconcile(Map.of());
    }

    /** The last good jar before the one that serves comes back, and that one is put aside. */
    PluginInfo rollBack(String symbolicName) throws IOException {
        Place place = deployment.place(symbolicName).orElseThrow(() -> Refusal.notFound("plugin", symbolicName));
        Jar now = place.serving().jar();
        Jar before = place.standby()
                .map(Revision::jar)
                .or(() -> goodJars.before(now))
                .orElseThrow(() -> Refusal.of(
                        Refusal.Kind.CONFLICT,
                        "no-earlier-jar",
                        "No earlier jar of " + symbolicName + " has been found good here."));
        for (Jar other : deployment.jarsOf(symbolicName)) {
            if (!other.file().equals(now.file()) && other.version().compareTo(before.version()) > 0) {
                rejects.put(other.file(), "Rolled back by hand.");
                folder.delete(other.file());
            }
        }
        trust.rolledBackTo(before);
        deployment.rollBack(place, "Rolled back by hand.");
        return awaited(before);
    }

    void disable(String symbolicName) throws IOException {
        List<Jar> jars = deployment.jarsOf(symbolicName);
        if (jars.isEmpty()) {
            throw Refusal.notFound("plugin", symbolicName);
        }
        for (Jar jar : jars) {
            disabled.put(jar);
            folder.forget(jar.file());
        }
        deployment.reconcile(Map.of());
    }

    PluginInfo enable(String symbolicName) throws IOException {
        List<Jar> off = disabledJars(symbolicName);
        if (off.isEmpty()) {
            throw Refusal.notFound("disabled plugin", symbolicName);
        }
        Jar highest = off.get(0);
        for (Jar jar : off) {
            Jar enabled = disabled.takeOut(jar);
            folder.adopt(enabled);
            highest = enabled.version().compareTo(highest.version()) >= 0 ? enabled : highest;
        }
        return awaited(highest);
    }

    private PluginInfo awaited(Jar jar) throws IOException {
        if (!deployment.await(jar)) {
            throw new Refusal("plugin-rejected", deployment.reasonFor(jar.fileName()));
        }
        return deployment.infoOf(jar.symbolicName());
    }

    private List<Jar> disabledJars(String symbolicName) throws IOException {
        return disabled.jars().stream()
                .filter(jar -> jar.symbolicName().equals(symbolicName))
                .toList();
    }
}
