package org.latchkey.procs;

import java.io.IOException;
import java.util.Optional;
import org.latchkey.api.extension.HealthCheck;
import org.latchkey.api.http.Endpoint;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.service.Audit;
import org.latchkey.api.service.Authentication;
import org.latchkey.api.service.Directory;
import org.latchkey.api.service.Outbound;
import org.latchkey.api.service.Outbox;
import org.latchkey.api.service.Sealing;
import org.latchkey.api.service.Tokens;
import org.latchkey.api.store.Store;
import org.latchkey.procs.shell.ShellVerbs;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Procs at {@code /procs}: the HTTP API of Proctor 2, and more. */
@Component(
        service = {Endpoint.class, HealthCheck.class},
        configurationPid = "latchkey.procs",
        property = {Endpoint.MOUNT + "=procs", HealthCheck.READINESS + ":Boolean=false"})
@Designate(ocd = ProcsEndpoint.Config.class)
public final class ProcsEndpoint implements Endpoint, HealthCheck {

    @ObjectClassDefinition(name = "Latchkey procs", description = "Approved automation that people run.")
    public @interface Config {

        @AttributeDefinition(description = "The path segment it is mounted at.")
        String latchkey_mount() default "procs";

        @AttributeDefinition(
                description =
                        "Whether people have to prove who they are. If not, everybody may do everything, as Proctor"
                                + " has it by default, and names are what they say.")
        boolean authEnabled() default true;

        @AttributeDefinition(description = "Whether other machines are served too while authentication is off.")
        boolean openToNetwork() default false;

        @AttributeDefinition(
                description =
                        "Who judges Email-Id and Access-Token, and must have vouched for whoever has a bearer token, except"
                                + " for holders of GLOBAL_ROOT: symbolic names of bundles, or bundle/component; all there"
                                + " are if none is named. With one that is named and not there nobody gets in (503; with a"
                                + " token of it 401).")
        String[] authenticators() default {};

        @AttributeDefinition(
                description = "The groups whose members change procs and secrets; a member of one of them may. None for"
                        + " nobody but the holders of GLOBAL_ROOT.")
        String[] adminGroups() default {"proctor.admin"};

        @AttributeDefinition(description = "The oldest Client-Version that is served, such as 2.0.8; empty for all.")
        String minClientVersion() default "";

        @AttributeDefinition(
                description = "The name of the executor of procs that name none; empty for the first there is.")
        String executor() default "";

        @AttributeDefinition(
                min = "1",
                max = "604800",
                description = "How long a run of a proc that says nothing of it may take, in seconds.")
        int timeoutSeconds() default 3600;

        @AttributeDefinition(
                min = "1",
                max = "10000",
                description = "How many runs this node may have under way at once; beyond, none is begun (429).")
        int running() default 200;

        @AttributeDefinition(
                min = "1",
                max = "1048576",
                description = "How much of what a run prints is kept, in KiB; the rest is cut, and its log says so.")
        int logKilobytes() default 10_240;

        @AttributeDefinition(
                min = "3",
                max = "600",
                description =
                        "After how many seconds without a sign of life of a node another one takes over its runs.")
        int leaseSeconds() default 15;

        @AttributeDefinition(description = "The time zone of schedules that name none, such as Europe/Berlin.")
        String timeZone() default "UTC";

        @AttributeDefinition(min = "1", max = "60", description = "How often to look what is due, in seconds.")
        int scheduleSeconds() default 2;

        @AttributeDefinition(
                min = "1",
                max = "86400",
                description = "How late a schedule still fires that was due while no server ran, in seconds.")
        int scheduleGraceSeconds() default 60;

        @AttributeDefinition(
                min = "1",
                max = "3650",
                description =
                        "For how many days a schedule runs whose owner is not in the directory and does not touch it.")
        int scheduleTrustDays() default 30;

        @AttributeDefinition(description = "Hosts with private addresses that callbacks may name.")
        String[] callbackHosts() default {};
    }

    private static final Logger log = LoggerFactory.getLogger(ProcsEndpoint.class);

    private final Assembly assembly;
    private final ShellVerbs verbs;

    /** What the operator should know, if there is something. */
    private final Optional<String> warning;

    @Activate
    public ProcsEndpoint(
            @Reference Store store,
            @Reference Outbox outbox,
            @Reference Sealing sealing,
            @Reference Audit audit,
            @Reference Tokens tokens,
            @Reference Authentication authentication,
            @Reference ExtensionPoints points,
            @Reference Directory directory,
            @Reference Outbound outbound,
            BundleContext context,
            Config config) {
        this.assembly = new Assembly(
                new Surroundings(store, outbox, sealing, audit, tokens, authentication, points, directory, outbound),
                config);
        this.verbs = new ShellVerbs(context, assembly.commands());
        this.warning = config.authEnabled()
                ? Optional.empty()
                : Optional.of("Authentication of procs is off (latchkey.procs, authEnabled): everybody "
                        + (config.openToNetwork() ? "" : "on this machine ") + "may run and change them.");
        warning.ifPresent(log::warn);
    }

    @Override
    public String name() {
        return "procs";
    }

    @Override
    public Optional<String> fault() {
        return warning;
    }

    @Deactivate
    void close() {
        verbs.close();
        assembly.close();
    }

    @Override
    public Response handle(Request request) throws IOException {
        return assembly.door().answer(request);
    }
}
