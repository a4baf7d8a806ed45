package org.latchkey.shell.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.latchkey.api.kernel.PluginCheck;
import org.latchkey.api.kernel.PluginCheck.Finding;
import org.latchkey.api.kernel.Plugins;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.propertytypes.ServiceRanking;

/** Tells what would become of a jar, before anybody deploys it. */
@Component(service = Command.class, immediate = true)
@GogoCommand(
        scope = "latchkey",
        function = {"why"})
@ServiceRanking(Integer.MAX_VALUE)
public final class WhyCommand implements Command {

    private static final Syntax SYNTAX = new Syntax("why", "FILE [--json]");

    private final Plugins plugins;

    @Activate
    public WhyCommand(@Reference Plugins plugins) {
        this.plugins = plugins;
    }

    @Override
    public Stream<String> usage(String command) {
        return Stream.of(SYNTAX.usage());
    }

    @Descriptor("tells whether a jar would serve if it were deployed, and why not; changes nothing")
    public void why(CommandSession session, String[] words) throws IOException {
        Arguments arguments = SYNTAX.parse(List.of(words));
        Terminal terminal = new Terminal(session);
        PluginCheck check;
        try (InputStream jar = Files.newInputStream(terminal.readableFile(arguments.word(0)))) {
            check = plugins.check(jar);
        }
        if (arguments.wantsJson()) {
            terminal.json(check.json());
        } else {
            show(check, terminal);
        }
        if (!check.fits()) {
            throw new NegativeAnswer();
        }
    }

    /** The cause alone in the first line, for whoever reads no further. */
    private static void show(PluginCheck check, Terminal terminal) {
        if (check.fits()) {
            terminal.print("It fits.");
        }
        for (Finding finding : check.findings()) {
            terminal.print(finding.cause());
            terminal.print("  -> " + finding.fix());
        }
        if (!check.symbolicName().isEmpty()) {
            terminal.print("");
            terminal.print(check.symbolicName() + " " + check.version() + " " + outcome(check));
        }
        if (check.serves()) {
            line("refreshed: ", check.refreshed(), terminal);
            line("extensions: ", check.extensions(), terminal);
        }
    }

    private static String outcome(PluginCheck check) {
        if (!check.serves()) {
            return "would be " + check.findings().get(0).state() + ".";
        }
        String place = check.replaces().isEmpty() ? "" : " in place of " + check.replaces();
        return "would serve" + place + (check.fits() ? "." : ", but not with everything in it.");
    }

    private static void line(String name, List<String> values, Terminal terminal) {
        if (!values.isEmpty()) {
            terminal.print(name + String.join(", ", values));
        }
    }
}
