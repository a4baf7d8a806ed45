package org.latchkey.procs.metric;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** What has happened since this revision began to serve. */
public final class Counters {

    private final AtomicLong created = new AtomicLong();
    private final Map<String, Long> ended = new TreeMap<>();

    /** A run was created. */
    public void created() {
        created.incrementAndGet();
    }

    /** A run has ended in that status. */
    public synchronized void ended(String status) {
        ended.merge(status, 1L, Long::sum);
    }

    /**
     * The text format of Prometheus, version 0.0.4.
     *
     * @param live how many runs this node watches
     * @param followers how many logs are followed at the moment
     */
    public synchronized String exposition(int live, int followers) {
        StringBuilder text = new StringBuilder();
        family(text, "execution_total", "counter", "Runs created on this node.");
        text.append("execution_total ").append(created.get()).append('\n');
        family(text, "proctor_executions", "counter", "Runs that ended on this node, by status.");
        ended.forEach((status, count) -> text.append("proctor_executions{status=\"")
                .append(status)
                .append("\"} ")
                .append(count)
                .append('\n'));
        family(text, "proctor_executions_live", "gauge", "Runs that this node watches.");
        text.append("proctor_executions_live ").append(live).append('\n');
        family(text, "proctor_log_followers", "gauge", "Readers that follow a log at this node.");
        text.append("proctor_log_followers ").append(followers).append('\n');
        return text.toString();
    }

    private static void family(StringBuilder text, String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }
}
