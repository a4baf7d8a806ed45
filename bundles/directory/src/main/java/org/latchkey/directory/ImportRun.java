package org.latchkey.directory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.latchkey.api.Caller;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.Refusal;
import org.latchkey.api.Secret;
import org.latchkey.api.service.Transfer.Fault;
import org.latchkey.api.service.Transfer.Options;
import org.latchkey.api.service.Transfer.Options.Trial;
import org.latchkey.api.service.Transfer.Report;

/** One import: gathers lines of one kind into batches, stores each or refuses it, and writes the report. */
final class ImportRun {

    private static final int MOST_FAULTS = 100;

    /** A line, and what it says or why it cannot be read. */
    record Numbered(long number, ImportLine line) {}

    private final Caller caller;
    private final Options options;
    private final Transactions transactions;
    private final GroupGraphs graphs;
    private final EntitySteps entitySteps;
    private final GroupSteps groupSteps;
    private final ImportOperations operations;

    private final List<Numbered> gathered = new ArrayList<>();
    private int broken;
    private long lines;
    private long current;
    private long refused;
    private boolean stopped;
    private final Map<String, Long> stored = new LinkedHashMap<>();
    private final List<Fault> faults = new ArrayList<>();

    /** In a trial, what the file has brought so far: groups are looked for there too. */
    private final Set<String> promised = new HashSet<>();

    private Optional<GroupGraph> trialGraph = Optional.empty();

    ImportRun(
            Caller caller,
            Options options,
            Transactions transactions,
            GroupGraphs graphs,
            Accounts accounts,
            Groups groups,
            EntitySteps entitySteps,
            GroupSteps groupSteps) {
        this.caller = caller;
        this.options = options;
        this.transactions = transactions;
        this.graphs = graphs;
        this.entitySteps = entitySteps;
        this.groupSteps = groupSteps;
        this.operations = new ImportOperations(
                accounts,
                groups,
                entitySteps,
                groupSteps,
                options.existing(),
                name -> promised.contains("group " + name));
    }

    /** Whether there is no use in reading on. */
    boolean isStopped() {
        return stopped;
    }

    void add(ImportLine line) {
        if (line instanceof ImportLine.OfEnd end) {
            finish(end);
            return;
        }
        lines++;
        if (!gathered.isEmpty() && !gathered.get(0).line().kind().equals(line.kind())) {
            flush();
        }
        gathered.add(new Numbered(lines, line));
        flushIfFull();
    }

    private void finish(ImportLine.OfEnd end) {
        flush();
        if (end.lines() != lines) {
            note(lines + 1, Refusal.invalid("/lines", "The export had " + end.lines() + " lines before this one."));
        }
    }

    /** A line that cannot be read. */
    void addFault(Refusal why) {
        lines++;
        broken++;
        note(lines, why);
        flushIfFull();
    }

    private void note(long line, Refusal why) {
        if (faults.size() < MOST_FAULTS) {
            faults.add(new Fault(line, why.code(), why.pointer(), why.getMessage()));
        }
    }

    private void flushIfFull() {
        if (gathered.size() + broken >= options.batch()) {
            flush();
        }
    }

    Report end() {
        flush();
        return new Report(lines, stored, refused, faults);
    }

    private void flush() {
        if (broken > 0) {
            refused += broken + gathered.size();
        } else if (!gathered.isEmpty()) {
            store();
        }
        gathered.forEach(ImportRun::wipe);
        gathered.clear();
        broken = 0;
    }

    private static void wipe(Numbered each) {
        if (each.line() instanceof ImportLine.OfEntity entity) {
            entity.secret().ifPresent(Secret::close);
        }
    }

    private void store() {
        try {
            if (options.trial() == Trial.DRY_RUN) {
                rehearse();
            } else {
                commit();
            }
            stored.merge(gathered.get(0).line().kind(), (long) gathered.size(), Long::sum);
        } catch (Refusal why) {
            refused += gathered.size();
            note(current, why);
            stopped = why.kind() == Refusal.Kind.UNAVAILABLE;
        }
    }

    private void commit() {
        String subject = "lines " + gathered.get(0).number() + " to "
                + gathered.get(gathered.size() - 1).number();
        Intent intent = new Intent(caller, "import", subject, turns());
        Deque<ImportBatch.Care> cares = new ArrayDeque<>(List.of(ImportBatch.Care.TRUSTING));
        transactions.run(intent, hooks -> {
            ImportBatch batch =
                    new ImportBatch(Objects.requireNonNullElse(cares.poll(), ImportBatch.Care.CAREFUL), graphs.now());
            Deque<Runnable> undo = new ArrayDeque<>();
            try {
                for (Numbered each : gathered) {
                    current = each.number();
                    Prepared prepared = prepare(each.line(), hooks, batch);
                    undo.push(prepared.undo());
                    prepared.run().run();
                }
                commit(batch);
                return batch.writes.size();
            } catch (RuntimeException undone) {
                undo.forEach(Runnable::run);
                throw undone;
            }
        });
    }

    /** Groups first, all in the order of their names: everybody takes turns in this order. */
    private List<String> turns() {
        Set<String> turns = new TreeSet<>((one, other) -> {
            int byKind = Boolean.compare(one.startsWith("entity "), other.startsWith("entity "));
            return byKind != 0 ? byKind : one.compareTo(other);
        });
        gathered.forEach(each -> turns.addAll(each.line().turns()));
        return List.copyOf(turns);
    }

    private void commit(ImportBatch batch) {
        if (batch.changesGraph()) {
            batch.writes.add(graphs.raise(batch.before));
        }
        transactions.commit(batch.writes, batch.notices, taken -> {
            entitySteps.rereadNumbers();
            groupSteps.rereadNumbers();
        });
        if (batch.changesGraph()) {
            graphs.stored(batch.before, batch.graph);
        }
    }

    private void rehearse() {
        ImportBatch batch = new ImportBatch(ImportBatch.Care.CAREFUL, trialGraph.orElseGet(graphs::now));
        Deque<Runnable> undo = new ArrayDeque<>();
        try {
            transactions.rehearse(hooks -> {
                gathered.forEach(each -> rehearse(each, hooks, batch, undo));
                return true;
            });
            trialGraph = Optional.of(batch.graph);
        } finally {
            undo.forEach(Runnable::run);
        }
    }

    private void rehearse(Numbered each, Hooks hooks, ImportBatch batch, Deque<Runnable> undo) {
        current = each.number();
        if (!promised.add(each.line().kind() + " " + each.line().name())) {
            throw Refusal.of(
                    Refusal.Kind.EXISTS,
                    "exists",
                    "There is another line for \"" + each.line().name() + "\".");
        }
        Prepared prepared = prepare(each.line(), hooks, batch);
        undo.push(prepared.undo());
        prepared.trial().run();
    }

    /**
     * A line that is ready.
     *
     * @param run does all of it
     * @param trial does it without asking policies
     * @param undo gives back what it took
     */
    private record Prepared(Runnable run, Runnable trial, Runnable undo) {}

    private Prepared prepare(ImportLine line, Hooks hooks, ImportBatch batch) {
        if (line instanceof ImportLine.OfEntity entity) {
            EntityWork work = new EntityWork(caller, hooks, Entity.named(line.name()), entity.secret());
            return prepared(operations.entity(entity, batch), work, () -> entitySteps.undo(work));
        }
        GroupWork work = new GroupWork(caller, hooks, Group.named(line.name()));
        Operation<GroupWork> operation = line instanceof ImportLine.OfGroup group
                ? operations.group(group, batch)
                : operations.links((ImportLine.OfLinks) line, batch);
        return prepared(operation, work, () -> groupSteps.undo(work));
    }

    private static <W> Prepared prepared(Operation<W> operation, W work, Runnable undo) {
        return new Prepared(() -> operation.run(work), () -> operation.runWithoutHooks(work), undo);
    }
}
