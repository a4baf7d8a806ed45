package org.latchkey.directory;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.latchkey.api.Caller;
import org.latchkey.api.Capability;
import org.latchkey.api.Refusal;
import org.latchkey.api.Secret;
import org.latchkey.api.service.Transfer;

/** Imports and exports the directory of this server. */
final class StoredTransfer implements Transfer {

    private static final int LONGEST_LINE = 1 << 20;
    private static final int MOST_BATCH = 10_000;

    private final Transactions transactions;
    private final GroupGraphs graphs;
    private final Accounts accounts;
    private final Groups groups;
    private final EntitySteps entitySteps;
    private final GroupSteps groupSteps;

    StoredTransfer(
            Transactions transactions,
            GroupGraphs graphs,
            Accounts accounts,
            Groups groups,
            EntitySteps entitySteps,
            GroupSteps groupSteps) {
        this.transactions = transactions;
        this.graphs = graphs;
        this.accounts = accounts;
        this.groups = groups;
        this.entitySteps = entitySteps;
        this.groupSteps = groupSteps;
    }

    @Override
    public Report read(Caller caller, InputStream lines, Options options) throws IOException {
        caller.require(Capability.GLOBAL_ROOT);
        if (options.batch() < 1 || options.batch() > MOST_BATCH) {
            throw Refusal.invalid("/batch", "A batch is 1 to " + MOST_BATCH + " lines.");
        }
        ImportParser parser = new ImportParser(new SealedHashes(options.passphrase()));
        ImportRun run = new ImportRun(caller, options, transactions, graphs, accounts, groups, entitySteps, groupSteps);
        Lines each = new Lines(lines, LONGEST_LINE);
        for (Optional<byte[]> line = each.next(); line.isPresent() && !run.isStopped(); line = each.next()) {
            if (line.get().length > 0) {
                add(run, parser, line.get());
            }
        }
        return run.end();
    }

    private static void add(ImportRun run, ImportParser parser, byte[] line) {
        ImportLine read;
        try {
            if (line.length > LONGEST_LINE) {
                throw Refusal.of(Refusal.Kind.TOO_LARGE, "too-large", "A line is at most 1 MiB.");
            }
            read = parser.parse(line);
        } catch (Refusal malformed) {
            run.addFault(malformed);
            return;
        }
        run.add(read);
    }

    @Override
    public void write(Caller caller, OutputStream lines, Optional<Secret> passphrase) throws IOException {
        caller.require(Capability.GLOBAL_ROOT);
        new Export(accounts, groups, graphs.now(), new SealedHashes(passphrase)).write(lines);
    }
}
