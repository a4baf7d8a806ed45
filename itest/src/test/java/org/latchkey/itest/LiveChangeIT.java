package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.live.Chameleon;
import org.latchkey.itest.live.Client;
import org.latchkey.itest.live.Latencies;
import org.latchkey.itest.live.Load;
import org.latchkey.itest.live.Manner;
import org.latchkey.itest.live.Mix;
import org.latchkey.itest.live.Operator;
import org.latchkey.itest.live.Replacement;
import org.latchkey.itest.live.Witness;
import org.latchkey.itest.server.Server;

/**
 * Promises 2 and 3: while a hook and an endpoint are replaced a hundred times, twenty times by something broken, no
 * request fails but those to the broken one itself, and each broken one undoes itself.
 */
public class LiveChangeIT {

    private static final long BAKE_MILLIS = 2500;
    private static final int ROUNDS = 10;

    /** Kept for {@code itest/benchmark/run.sh}. */
    private static final Path FIGURES = Path.of("target", "live-change.txt");

    @ClassRule
    public static final Server server =
            new Server().withEtc("latchkey.deployer", "startSeconds=L\"2\"", "bakeMillis=L\"" + BAKE_MILLIS + "\"");

    private final Operator pages = new Operator(server, Chameleon.page());
    private final Operator policies = new Operator(server, Chameleon.policy());

    @Test
    public void aHundredReplacementsFailNoRequestOfOthersAndTheBrokenOnesUndoThemselves() throws Exception {
        pages.begin();
        policies.begin();
        Mix mix = new Mix(server);
        run(mix, 5);
        List<Load.Sample> without = run(mix, 20);
        assertThat(Witness.failed(without)).isEmpty();

        List<Load.Sample> with;
        CompletableFuture<Client.Reply> minute;
        try (Load load = mix.start()) {
            minute = askForAMinute();
            CompletableFuture.allOf(
                            CompletableFuture.runAsync(() -> replace(pages)),
                            CompletableFuture.runAsync(() -> replace(policies)))
                    .get(3, TimeUnit.MINUTES);
            with = load.end();
        }
        Witness witness = new Witness(pages.done(), policies.done());
        note(without, witness.ofOthers(with));

        assertThat(pages.done().size() + policies.done().size() - 2).isEqualTo(100);
        assertThat(witness.failedForOthers(with)).isEmpty();
        assertThat(witness.tornOrMissing(with)).isEmpty();
        assertThat(witness.answersOfTwoOrNone(with)).isEmpty();
        assertThat(witness.answersOfTheOldAfterTheNew(with)).isEmpty();
        assertThat(minute.get(1, TimeUnit.MINUTES)).isEqualTo(new Client.Reply(200, "org.example.page-r0"));
        everyBrokenOneUndidItself();
    }

    private static List<Load.Sample> run(Mix mix, int seconds) throws Exception {
        try (Load load = mix.start()) {
            TimeUnit.SECONDS.sleep(seconds);
            return load.end();
        }
    }

    private static CompletableFuture<Client.Reply> askForAMinute() throws InterruptedException {
        CompletableFuture<Client.Reply> answer = CompletableFuture.supplyAsync(() -> {
            try (Client client = new Client(server.port())) {
                return client.get("/page/?millis=60000", "");
            } catch (java.io.IOException broken) {
                return new Client.Reply(0, broken.toString());
            }
        });
        TimeUnit.MILLISECONDS.sleep(500);
        return answer;
    }

    /** Fifty: for every way of being broken one that is, after four that are good. */
    private static void replace(Operator operator) {
        List<Manner> broken = new ArrayList<>(Arrays.asList(Manner.values()));
        broken.remove(Manner.GOOD);
        for (int round = 0; round < ROUNDS; round++) {
            operator.overwrite(Manner.GOOD);
            operator.supersede(Manner.GOOD);
            operator.overwrite(Manner.GOOD);
            operator.supersede(Manner.GOOD);
            operator.awaitProven();
            if (round % 2 == 0) {
                operator.overwrite(broken.get(round));
            } else {
                operator.supersede(broken.get(round));
            }
        }
    }

    private void everyBrokenOneUndidItself() {
        List<Replacement> all = new ArrayList<>(pages.done());
        all.addAll(policies.done());
        List<Replacement> broken =
                all.stream().filter(each -> each.manner() != Manner.GOOD).toList();
        assertThat(broken).hasSize(2 * ROUNDS);
        assertThat(broken).allSatisfy(each -> {
            assertThat(each.manner().isNamedBy(each.reason())).as(each.reason()).isTrue();
            assertThat(each.millis()).as(each.toString()).isLessThanOrEqualTo(BAKE_MILLIS + 1000);
        });
    }

    private void note(List<Load.Sample> without, List<Load.Sample> with) throws Exception {
        List<String> lines = new ArrayList<>();
        for (String kind : List.of(Mix.LOGIN, Mix.VALIDATE, Mix.ENTITY, Mix.PAGE, Mix.TRAIL)) {
            lines.add(String.format("%-10s %-28s %s", kind, "without replacements", Latencies.of(without, kind)));
            lines.add(String.format("%-10s %-28s %s", kind, "with 100 replacements", Latencies.of(with, kind)));
        }
        for (Operator operator : List.of(pages, policies)) {
            for (Replacement each : operator.done()) {
                if (each.manner() != Manner.GOOD) {
                    lines.add(String.format(
                            "%-18s %-24s gone after %5d ms: %s",
                            each.plugin(), each.manner(), each.millis(), each.reason()));
                }
            }
        }
        Files.createDirectories(FIGURES.getParent());
        Files.write(FIGURES, lines);
        lines.forEach(System.out::println);
    }
}
