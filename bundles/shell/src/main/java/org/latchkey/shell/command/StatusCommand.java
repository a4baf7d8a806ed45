package org.latchkey.shell.command;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Plugins;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.propertytypes.ServiceRanking;
import org.osgi.service.condition.Condition;

/** Shows how the server is, also while parts of it are missing. */
@Component(
        service = {Command.class, StatusCommand.class},
        immediate = true)
@GogoCommand(scope = "latchkey", function = "status")
@ServiceRanking(Integer.MAX_VALUE)
public final class StatusCommand implements Command {

    private static final Syntax SYNTAX = new Syntax("status", "[--json]");

    private final String version;
    private final String address;
    private final boolean ready;
    private final Subsystems subsystems;

    @Activate
    public StatusCommand(
            BundleContext context,
            @Reference(policyOption = ReferencePolicyOption.GREEDY) Optional<Plugins> plugins,
            @Reference(policyOption = ReferencePolicyOption.GREEDY) Optional<ExtensionPoints> points,
            @Reference(policyOption = ReferencePolicyOption.GREEDY, target = "(osgi.condition.id=latchkey.ready)")
                    Optional<Condition> ready) {
        this.version = String.valueOf(context.getProperty("latchkey.version"));
        this.address = context.getProperty("latchkey.http.host") + ":" + context.getProperty("latchkey.http.port");
        this.ready = ready.isPresent();
        this.subsystems = new Subsystems(plugins, points);
    }

    @Override
    public Stream<String> usage(String command) {
        return Stream.of(SYNTAX.usage());
    }

    @Descriptor("shows whether the server and its parts are well")
    public void status(CommandSession session, String[] words) throws IOException {
        show(SYNTAX.parse(List.of(words)), new Terminal(session));
    }

    void show(Arguments arguments, Terminal terminal) throws IOException {
        List<Subsystems.Health> parts = subsystems.health();
        if (arguments.wantsJson()) {
            terminal.json(json(parts));
            return;
        }
        terminal.print("Latchkey " + version + " at " + address + ", up for " + uptime().toSeconds() + " s, "
                + (ready ? "ready" : "not ready yet"));
        Table table = new Table("PART", "STATE", "FAULT");
        parts.forEach(part -> table.row(part.name(), part.isWell() ? "well" : "ill", part.fault()));
        terminal.show(table);
    }

    private Map<String, Object> json(List<Subsystems.Health> parts) {
        Optional<String> failure = parts.stream()
                .filter(part -> !part.isWell())
                .map(Subsystems.Health::name)
                .findFirst();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ok", ready && failure.isEmpty());
        json.put("first_failure", failure.orElse(""));
        json.put("ready", ready);
        json.put("version", version);
        json.put("address", address);
        json.put("uptime_seconds", uptime().toSeconds());
        json.put("subsystems", parts.stream().map(Subsystems.Health::json).toList());
        return json;
    }

    private static Duration uptime() {
        return Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    }
}
