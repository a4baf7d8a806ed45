package org.latchkey.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.latchkey.api.service.Outbound;

/** Calls nobody, but answers as it is told, and keeps what it was asked. How others are called has its own tests. */
public final class FakeLane implements Outbound.Lane {

    private final List<Outbound.Call> calls = new CopyOnWriteArrayList<>();
    private final Function<Outbound.Call, Outbound.Result> answers;
    private volatile boolean full;
    private volatile boolean closed;

    public FakeLane(Function<Outbound.Call, Outbound.Result> answers) {
        this.answers = answers;
    }

    public static FakeLane answering(int status) {
        return new FakeLane(call -> new Outbound.Answer(status, "", new byte[0]));
    }

    public static FakeLane failing(Outbound.Failure.Why why, String reason) {
        return new FakeLane(call -> new Outbound.Failure(why, reason));
    }

    @Override
    public Outbound.Result call(Outbound.Call call) {
        calls.add(call);
        return answers.apply(call);
    }

    @Override
    public boolean tell(Outbound.Call call, Consumer<Outbound.Result> then) {
        if (full) {
            return false;
        }
        then.accept(call(call));
        return true;
    }

    public List<Outbound.Call> calls() {
        return calls;
    }

    /** Takes nothing more for the background. */
    public void fill() {
        full = true;
    }

    public void empty() {
        full = false;
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
