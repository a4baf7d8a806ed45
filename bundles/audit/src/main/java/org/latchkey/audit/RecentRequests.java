package org.latchkey.audit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** Which of the newest entries belong to which request. */
final class RecentRequests {

    private record Noted(String request, long seq) {}

    private final int most;
    private final Queue<Noted> noted = new ArrayDeque<>();
    private final Map<String, List<Long>> byRequest = new HashMap<>();

    RecentRequests(int most) {
        this.most = most;
    }

    synchronized void add(String request, long seq) {
        noted.add(new Noted(request, seq));
        byRequest.computeIfAbsent(request, each -> new ArrayList<>(2)).add(seq);
        if (noted.size() > most) {
            Noted oldest = noted.remove();
            byRequest.computeIfPresent(oldest.request(), (each, seqs) -> {
                seqs.remove(oldest.seq());
                return seqs.isEmpty() ? null : seqs;
            });
        }
    }

    /** The numbers of a request's entries, in order; none if it is not one of the newest. */
    synchronized List<Long> of(String request) {
        return byRequest.getOrDefault(request, List.of()).stream().sorted().toList();
    }
}
