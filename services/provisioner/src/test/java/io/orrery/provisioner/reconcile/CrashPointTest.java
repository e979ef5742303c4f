package io.orrery.provisioner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.contracts.Phase;
import io.orrery.provisioner.reconcile.Mortal.Killed;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Killed at a call in the course of a creation or a removal, and started anew from the facts: the end is that of the
 * undisturbed run, with nothing made twice and nothing left over.
 */
class CrashPointTest {

    private static final int EVERY = 10;

    private record End(Map<String, Long> standing, Map<String, Long> made, Map<String, Long> left) {}

    private record Run(End end, boolean killed) {}

    @ParameterizedTest(name = "killed {0} the call was done")
    @CsvSource({"before,false", "after,true"})
    void endsLikeTheUndisturbedRunWheneverItIsKilled(String when, boolean done) {
        var undisturbed = run(new Mortal(Integer.MAX_VALUE, done)).end();
        assertThat(undisturbed.left()).isEmpty();

        var points = 0;
        for (int at = done ? EVERY / 2 : 1; ; at += EVERY) {
            var run = run(new Mortal(at, done));
            if (!run.killed()) {
                break;
            }
            points++;
            assertThat(run.end()).as("killed %s call %d was done", when, at).isEqualTo(undisturbed);
        }

        assertThat(points).isGreaterThan(8);
    }

    private static Run run(Mortal mortal) {
        try (var works = new Works()) {
            works.restart(mortal::clouds, mortal.teller(works.teller));
            works.wish(Works.DOCUMENT);
            until(works, () -> works.infrastructure()
                    .flatMap(status -> status.foundation())
                    .isPresent());
            works.prepareBootstrap(1);
            until(works, () -> works.infrastructure().orElseThrow().phase() == Phase.READY);
            var standing = count(works);
            works.wishRemoval();
            works.removeLaterStages();
            until(works, () -> works.infrastructure().orElseThrow().phase() == Phase.REMOVED);
            var made = works.cloud.ledger().stream()
                    .filter(entry -> !entry.kind().equals("security-group-rule"))
                    .collect(Collectors.groupingBy(entry -> entry.kind(), Collectors.counting()));
            return new Run(new End(standing, made, count(works)), mortal.isDead());
        }
    }

    private static Map<String, Long> count(Works works) {
        return works.ours().stream()
                .collect(Collectors.groupingBy(words -> words.substring(0, words.indexOf(' ')), Collectors.counting()));
    }

    /** Passes until it holds; a process that dies is followed by another one, which has all the time in the world. */
    private static void until(Works works, BooleanSupplier holds) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    try {
                        works.pass();
                    } catch (Killed | CompletionException killed) {
                        works.restart();
                        works.pass();
                        works.clock.advance(Duration.ofSeconds(61));
                    }
                    return holds.getAsBoolean();
                });
    }
}
