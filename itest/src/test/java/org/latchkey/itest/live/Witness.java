package org.latchkey.itest.live;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What the answers to a {@link Mix} tell about the replacements under way meanwhile. */
public final class Witness {

    /** A plugin's own answer, its bug told without details, and its being out of service. */
    private static final Set<Integer> OWN_SHARE = Set.of(200, 500, 503);

    private final List<Replacement> pages;
    private final List<Replacement> policies;
    private final Map<String, Replacement> byTag = new HashMap<>();

    public Witness(List<Replacement> pages, List<Replacement> policies) {
        this.pages = pages;
        this.policies = policies;
        Stream.of(pages, policies).flatMap(List::stream).forEach(each -> byTag.put(each.tag(), each));
    }

    public static List<Load.Sample> failed(List<Load.Sample> samples) {
        return samples.stream().filter(sample -> sample.status() != 200).toList();
    }

    /** Failures that no broken revision excuses: it may fail who called it, while it could be serving. */
    public List<Load.Sample> failedForOthers(List<Load.Sample> samples) {
        return failed(samples).stream().filter(sample -> !isOwnShare(sample)).toList();
    }

    /** All but the requests to what was broken at that time. */
    public List<Load.Sample> ofOthers(List<Load.Sample> samples) {
        return samples.stream().filter(sample -> !isOwnShare(sample)).toList();
    }

    private boolean isOwnShare(Load.Sample sample) {
        List<Replacement> responsible =
                switch (sample.kind()) {
                    case Mix.PAGE -> pages;
                    case Mix.TRAIL, Mix.LOGIN -> policies;
                    default -> List.of();
                };
        return responsible.stream().anyMatch(each -> each.manner().hurtsItsCallers() && each.overlaps(sample));
    }

    /** Broken connections, and answers that not even a broken revision accounts for. */
    public List<Load.Sample> tornOrMissing(List<Load.Sample> samples) {
        return samples.stream()
                .filter(sample -> !OWN_SHARE.contains(sample.status()))
                .toList();
    }

    /** Answers that name no revision, two, or one that was not there at that time. */
    public List<Load.Sample> answersOfTwoOrNone(List<Load.Sample> samples) {
        return samples.stream()
                .filter(sample -> sample.status() == 200 && isTagged(sample))
                .filter(sample ->
                        !byTag.containsKey(tag(sample)) || revision(sample).dropped() > sample.ended())
                .toList();
    }

    /** Answers of a good revision to requests that were sent after a later good one had answered. */
    public List<Load.Sample> answersOfTheOldAfterTheNew(List<Load.Sample> samples) {
        List<Load.Sample> wrong = new ArrayList<>();
        for (String kind : List.of(Mix.PAGE, Mix.TRAIL)) {
            List<Load.Sample> good = samples.stream()
                    .filter(sample -> sample.kind().equals(kind) && sample.status() == 200)
                    .filter(sample ->
                            byTag.containsKey(tag(sample)) && revision(sample).manner() == Manner.GOOD)
                    .toList();
            List<Load.Sample> byEnd = new ArrayList<>(good);
            byEnd.sort(Comparator.comparingLong(Load.Sample::ended));
            List<Load.Sample> byStart = new ArrayList<>(good);
            byStart.sort(Comparator.comparingLong(Load.Sample::sent));
            int latest = -1;
            int ended = 0;
            for (Load.Sample sample : byStart) {
                for (; ended < byEnd.size() && byEnd.get(ended).ended() < sample.sent(); ended++) {
                    latest = Math.max(latest, revision(byEnd.get(ended)).number());
                }
                if (revision(sample).number() < latest) {
                    wrong.add(sample);
                }
            }
        }
        return wrong;
    }

    private static boolean isTagged(Load.Sample sample) {
        return sample.kind().equals(Mix.PAGE) || sample.kind().equals(Mix.TRAIL);
    }

    private Replacement revision(Load.Sample sample) {
        return byTag.get(tag(sample));
    }

    /** The one tag in the answer; the whole answer if there is not exactly one. */
    private static String tag(Load.Sample sample) {
        String body = sample.body();
        if (sample.kind().equals(Mix.PAGE)) {
            return body;
        }
        String values = body.replaceAll(".*\"values\":\\[([^]]*)].*", "$1");
        String[] trail = values.replace("\"", "").split(",");
        return trail.length == 2 && trail[0].matches("\\d+") ? trail[1].strip() : body;
    }
}
