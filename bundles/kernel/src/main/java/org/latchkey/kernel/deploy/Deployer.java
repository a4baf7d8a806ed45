package org.latchkey.kernel.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.HealthCheck;
import org.latchkey.api.kernel.PluginCheck;
import org.latchkey.api.kernel.PluginInfo;
import org.latchkey.api.kernel.Plugins;
import org.latchkey.kernel.configuration.Overrides;
import org.latchkey.kernel.extension.Points;
import org.latchkey.kernel.jar.Jar;
import org.latchkey.kernel.jar.JarChecks;
import org.latchkey.kernel.jar.JarReader;
import org.latchkey.kernel.jar.Rejection;
import org.latchkey.kernel.jar.Trust;
import org.latchkey.kernel.why.Why;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Deploys plugins for as long as the server runs: what lies in the deploy directory is what runs. In safe mode it
 * deploys nothing. Here its parts are put together.
 */
@Component(
        service = {Plugins.class, HealthCheck.class},
        immediate = true,
        configurationPid = "latchkey.deployer",
        reference =
                @Reference(
                        name = "overrides",
                        service = Overrides.class)) // no plugin starts before its settings are known
@Designate(ocd = Deployer.Config.class)
public final class Deployer implements Plugins, HealthCheck {

    @ObjectClassDefinition(name = "Latchkey deployer", description = "How the deploy directory is watched.")
    public @interface Config {
        @AttributeDefinition(name = "Poll", description = "Time between two looks, in milliseconds.")
        long pollMillis() default 100;

        @AttributeDefinition(
                name = "Settle",
                description = "How long a half-written jar may pause before it is taken for broken, in milliseconds.")
        long settleMillis() default 5000;

        @AttributeDefinition(name = "Start", description = "How long a plugin may take to start, in seconds.")
        long startSeconds() default 30;

        @AttributeDefinition(
                name = "Bake",
                description =
                        "How long a new revision serves on probation, in milliseconds; 0 for not at all. A jar that was found sound before is not on probation.")
        long bakeMillis() default 10_000;

        @AttributeDefinition(
                name = "Leaks",
                description =
                        "How long after the last removal the server looks whether classes were left behind, in seconds; 0 for never.")
        long leakSeconds() default 30;
    }

    private final DeployFolder folder;
    private final Deployment deployment;
    private final Disabled disabled;
    private final ByHand byHand;
    private final JarChecks checks;
    private final Why why;
    private final boolean safeMode;
    private final DeployLoop loop;
    private volatile Timing timing;

    @Activate
    public Deployer(
            BundleContext context,
            @Reference Points points,
            @Reference ServiceComponentRuntime runtime,
            @Reference JarChecks checks,
            @Reference Trust trust,
            Config config)
            throws IOException {
        this.timing = Timing.of(config);
        this.safeMode = Boolean.parseBoolean(context.getProperty("latchkey.safe.mode"));
        Path path = Path.of(context.getProperty("latchkey.deploy"));
        Files.createDirectories(path);
        this.folder = new DeployFolder(path, () -> timing.settle());
        this.disabled = new Disabled(path);
        Leftovers leftovers = new Leftovers(() -> timing.leaks());
        Rejects rejects = new Rejects(path);
        GoodJars goodJars = new GoodJars(Path.of(context.getProperty("latchkey.data")), path);
        StateOfPlugins states = new StateOfPlugins(context);
        Installer installer =
                new Installer(context, points, new ComponentFailures(runtime), states, goodJars::isProven);
        Retirement retirement = new Retirement(points, installer, leftovers);
        this.deployment = new Deployment(
                folder,
                rejects,
                goodJars,
                new Trials(checks, goodJars, installer, () -> timing.start(), this::wake),
                new Succession(points, installer, retirement, leftovers, goodJars, states, trust, () -> timing.bake()),
                safeMode);
        this.byHand = new ByHand(deployment, folder, goodJars, rejects, disabled, trust);
        this.checks = checks;
        this.why = new Why(
                context,
                points,
                folder::jars,
                name -> deployment.place(name).map(place -> place.serving().bundle()),
                checks,
                states);
        this.loop = new DeployLoop(context, points, folder, deployment, leftovers, () -> timing.poll());
        loop.start();
    }

    private void wake() {
        loop.wake();
    }

    /** A restart would not do: every plugin would go and come again. */
    @Modified
    void modified(Config config) {
        timing = Timing.of(config);
    }

    @Deactivate
    void deactivate() throws InterruptedException {
        loop.close();
    }

    @Override
    public String name() {
        return "deployer";
    }

    @Override
    public Optional<String> fault() {
        return loop.fault();
    }

    @Override
    public List<PluginInfo> list() {
        try {
            List<PluginInfo> all = new ArrayList<>(deployment.list());
            all.addAll(disabled.list());
            return List.copyOf(all);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public PluginInfo install(InputStream content) throws IOException {
        refuseInSafeMode();
        return staged(content, jar -> new Upload(deployment, folder, checks).accept(jar));
    }

    private interface Use<R> {
        R of(Jar staged) throws IOException, Rejection;
    }

    private <R> R staged(InputStream content, Use<R> use) throws IOException {
        Path staging = Files.createDirectories(folder.path().resolve(".staging"));
        Path staged = Files.createTempFile(staging, "upload", ".jar");
        try {
            Files.copy(content, staged, StandardCopyOption.REPLACE_EXISTING);
            return use.of(JarReader.read(staged));
        } catch (Rejection rejection) {
            throw new Refusal("plugin-rejected", rejection.getMessage());
        } finally {
            Files.deleteIfExists(staged);
        }
    }

    private void refuseInSafeMode() {
        if (safeMode) {
            throw Refusal.of(
                    Refusal.Kind.UNAVAILABLE,
                    "safe-mode",
                    "In safe mode nothing runs but the core; restart without it.");
        }
    }

    @Override
    public void remove(String symbolicName) throws IOException {
        byHand.remove(symbolicName);
    }

    @Override
    public PluginInfo rollback(String symbolicName) throws IOException {
        refuseInSafeMode();
        return byHand.rollBack(symbolicName);
    }

    @Override
    public void disable(String symbolicName) throws IOException {
        byHand.disable(symbolicName);
    }

    @Override
    public PluginInfo enable(String symbolicName) throws IOException {
        refuseInSafeMode();
        return byHand.enable(symbolicName);
    }

    @Override
    public PluginCheck check(InputStream jar) throws IOException {
        return why.check(jar);
    }
}
