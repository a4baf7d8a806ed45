package org.latchkey.shell.command;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.latchkey.api.Secret;
import org.latchkey.api.service.Transfer;
import org.latchkey.api.service.Transfer.Options;
import org.latchkey.api.service.Transfer.Options.Existing;
import org.latchkey.api.service.Transfer.Options.Trial;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.propertytypes.ServiceRanking;

/** The directory as a file of JSON Lines, in and out. */
@Component(service = Command.class, immediate = true)
@GogoCommand(
        scope = "latchkey",
        function = {"import", "export"})
@ServiceRanking(Integer.MAX_VALUE)
public final class TransferCommands implements Command {

    private static final Syntax IMPORT =
            new Syntax("import", "FILE [--dry-run] [--update] [--batch N] [--passphrase-stdin] [--json]");
    private static final Syntax EXPORT = new Syntax("export", "FILE [--hashes] [--force]");

    private final Transfer transfer;

    @Activate
    public TransferCommands(@Reference Transfer transfer) {
        this.transfer = transfer;
    }

    @Override
    public Stream<String> usage(String command) {
        return Stream.of(command.equals("import") ? IMPORT.usage() : EXPORT.usage());
    }

    @Descriptor("reads groups and entities from JSON Lines, batch by batch; --dry-run only checks")
    public void _import(CommandSession session, String[] words) throws IOException {
        Arguments arguments = IMPORT.parse(List.of(words));
        Terminal terminal = new Terminal(session);
        Optional<Secret> passphrase =
                arguments.has("passphrase-stdin") ? Optional.of(terminal.secret()) : Optional.empty();
        Options options = new Options(
                arguments.has("update") ? Existing.UPDATE : Existing.REFUSE,
                arguments.has("dry-run") ? Trial.DRY_RUN : Trial.STORE,
                arguments.option("batch").isPresent() ? Math.toIntExact(arguments.number("batch")) : Options.BATCH,
                passphrase);
        Transfer.Report report;
        try (InputStream lines = Files.newInputStream(terminal.readableFile(arguments.word(0)))) {
            report = transfer.read(terminal.caller(), lines, options);
        } finally {
            passphrase.ifPresent(Secret::close);
        }
        if (arguments.wantsJson()) {
            terminal.json(report.json());
        } else {
            show(report, arguments.has("dry-run") ? "would store " : "stored ", terminal);
        }
        if (report.refused() > 0 || !report.faults().isEmpty()) {
            throw new NegativeAnswer();
        }
    }

    private static void show(Transfer.Report report, String verb, Terminal terminal) {
        String kinds = report.stored().entrySet().stream()
                .map(kind -> kind.getValue() + " " + kind.getKey())
                .collect(Collectors.joining(", "));
        terminal.print(report.lines() + " lines: " + verb + (kinds.isEmpty() ? "nothing" : kinds) + ", refused "
                + report.refused());
        report.faults()
                .forEach(fault -> terminal.print(
                        "line " + fault.line() + ": " + fault.code() + " " + fault.pointer() + ": " + fault.message()));
    }

    @Descriptor("writes groups and entities as JSON Lines; --hashes asks for a passphrase and seals them with it")
    public void export(CommandSession session, String[] words) throws IOException {
        Arguments arguments = EXPORT.parse(List.of(words));
        Terminal terminal = new Terminal(session);
        Path file = terminal.file(arguments.word(0));
        if (Files.exists(file) && !arguments.has("force")) {
            throw new UsageException("There is a file " + file + " already; --force replaces it.");
        }
        Optional<Secret> passphrase = arguments.has("hashes") ? Optional.of(terminal.secret()) : Optional.empty();
        Path fresh = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                "." + file.getFileName(),
                ".part",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (OutputStream lines = new BufferedOutputStream(Files.newOutputStream(fresh))) {
            transfer.write(terminal.caller(), lines, passphrase);
        } catch (IOException | RuntimeException failed) {
            Files.delete(fresh);
            throw failed;
        } finally {
            passphrase.ifPresent(Secret::close);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        terminal.print("wrote " + file);
    }
}
