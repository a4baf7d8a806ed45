package org.latchkey.web;

import jakarta.servlet.AsyncContext;
import java.util.concurrent.atomic.AtomicBoolean;
import org.latchkey.api.http.Response;

/** The answer of a request that two threads may want to give: the first one does, the other's is dropped. */
final class OneAnswer {

    private final Answer answer;
    private final AsyncContext exchange;
    private final FedAnswer fed;
    private final AtomicBoolean sent = new AtomicBoolean();

    OneAnswer(Answer answer, AsyncContext exchange, FedAnswer fed) {
        this.answer = answer;
        this.exchange = exchange;
        this.fed = fed;
    }

    boolean isSent() {
        return sent.get();
    }

    void send(Response response) {
        if (response.feed().isEmpty()) {
            once(() -> answer.send(response));
        } else if (sent.compareAndSet(false, true)) {
            fed.give(response, answer, exchange);
        } else {
            response.feed().get().close();
        }
    }

    /** Answers while the request's own thread hangs, which also keeps the connection from serving another. */
    void sendInPlaceOfStuck(Response response) {
        once(() -> answer.sendAndClose(response));
    }

    private void once(Runnable sending) {
        if (sent.compareAndSet(false, true)) {
            try {
                sending.run();
            } finally {
                exchange.complete();
            }
        }
    }
}
