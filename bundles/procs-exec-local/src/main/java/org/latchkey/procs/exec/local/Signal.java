package org.latchkey.procs.exec.local;

import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a run is told so that it ends. */
enum Signal {
    TERM,
    KILL;

    private static final Logger LOG = LoggerFactory.getLogger(Signal.class);

    /**
     * Sends it to all of a run: to the whole process group at once, so that nothing in it slips away by beginning more, and
     * to each that left the group. Without its leader the number of the group may be that of another by now: then to each.
     */
    void send(Handle handle, List<Processes.Entry> processes) {
        if (processes.stream().noneMatch(each -> Processes.isLeader(each, handle))) {
            send(processes);
            return;
        }
        toGroup(handle.pid());
        send(processes.stream().filter(each -> each.group() != handle.pid()).toList());
    }

    /** Sends it to each of these, unless another has its number meanwhile. */
    void send(List<Processes.Entry> processes) {
        processes.stream()
                .filter(each -> Processes.find(each.pid())
                        .filter(now -> now.started() == each.started())
                        .isPresent())
                .forEach(each -> ProcessHandle.of(each.pid()).ifPresent(this::to));
    }

    private void to(ProcessHandle process) {
        boolean sent = this == KILL ? process.destroyForcibly() : process.destroy();
        LOG.debug("Signal {} to process {}: {}", this, process.pid(), sent);
    }

    private void toGroup(long group) {
        if (group <= 1) {
            // To kill(2) these are the sender's own group, and everybody.
            throw new IllegalArgumentException("no group of a run: " + group);
        }
        try {
            // The shell's own kill: there need not be another. All that is not fixed is two words of this enum and a
            // number.
            new ProcessBuilder(Launch.SHELL, "-c", "kill -s \"$1\" -- \"-$2\"", "kill", name(), "" + group)
                    .redirectInput(Launch.NOTHING)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            LOG.warn("Cannot send {} to process group {}: {}", this, group, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
