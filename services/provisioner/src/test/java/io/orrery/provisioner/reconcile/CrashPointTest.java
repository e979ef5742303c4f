package io.orrery.provisioner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.contracts.Certificate;
import io.orrery.contracts.InfrastructureStatus;
import io.orrery.contracts.Phase;
import io.orrery.provisioner.reconcile.Mortal.Call;
import io.orrery.provisioner.reconcile.Mortal.Killed;
import io.orrery.sandbox.openstack.OpenStackSettings;
import io.orrery.sandbox.openstack.model.Timings;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Killed at each external call in the course of a creation and a removal in turn, and started anew from the facts: the
 * end is that of the undisturbed run, with nothing made twice and nothing left over.
 */
class CrashPointTest {

    /** As small as a platform can be that has one of everything; the keys of its bucket and the bucket are its own. */
    private static final String DOCUMENT = """
            apiVersion: orrery/v1
            kind: Platform
            metadata: {name: demo}
            spec:
              cloud: {name: sandbox, region: RegionOne}
              image: {name: "Ubuntu 22.04 LTS"}
              network: {api: {endpoint: octavia}}
              pools:
                - {name: control, role: server, count: 1, flavor: eo1.large}
                - {name: workers, role: agent, count: 1, flavor: eo1.large}
              storage:
                s3: {endpoint: "http://s3.example.org"}
              openeo:
                host: openeo.example.org
                collections: {inline: [{id: ONE}]}
              policy: {keepBucket: false}
            """;

    private static final Timings INSTANT = new Timings(
            Duration.ofMillis(5),
            Duration.ofMillis(2),
            Duration.ofMillis(2),
            Duration.ofMillis(2),
            Duration.ofMillis(2),
            Duration.ZERO);

    private static final int AT_ONCE = 4;

    /** What there was when it stood, all that was ever made, what was certified, and what is left; counted by kind. */
    private record End(
            Map<String, Long> standing, Map<String, Long> made, Map<String, Long> certified, Set<String> left) {}

    /** That often at most the process dies in what it does with every pass: tell how it stands. */
    private static final int TELLING = 4;

    @ParameterizedTest(name = "killed {0} the call was done")
    @CsvSource({"before,false", "after,true"})
    void endsLikeTheUndisturbedRunWheneverItIsKilled(String when, boolean done) {
        var healthy = Mortal.immortal();
        var undisturbed = run(healthy);
        assertThat(undisturbed.left()).isEmpty();
        assertThat(undisturbed.made())
                .containsKeys("server", "load-balancer", "ec2-credential", "application-credential");

        each(healthy.calls().stream().filter(CrashPointTest::isWorthDyingAt).toList(), call -> {
            var mortal = Mortal.dyingAt(call, done);
            assertThat(run(mortal)).as("killed %s %s", when, call).isEqualTo(undisturbed);
            assertThat(mortal.isDead()).as("killed %s %s", when, call).isTrue();
        });
    }

    /** Everything that has an effect; of the asking, which leaves nothing, each sort once. */
    private static boolean isWorthDyingAt(Call call) {
        return call.effective() ? !call.what().startsWith("tell") || call.time() <= TELLING : call.time() == 1;
    }

    private static void each(Collection<Call> calls, Consumer<Call> what) {
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var running = calls.stream()
                    .map(call -> CompletableFuture.runAsync(() -> what.accept(call), threads))
                    .toList();
            running.forEach(CompletableFuture::join);
        }
    }

    private static End run(Mortal mortal) {
        try (var works = new Works(OpenStackSettings.defaults().withTimings(INSTANT))) {
            works.restart(mortal);
            works.wish(DOCUMENT);
            until(works, () -> works.infrastructure()
                    .flatMap(InfrastructureStatus::foundation)
                    .isPresent());
            works.prepareBootstrap(1);
            until(works, () -> works.infrastructure().orElseThrow().phase() == Phase.READY);
            var standing = count(List.copyOf(works.ours()), words -> words.substring(0, words.indexOf(' ')));
            works.wishRemoval();
            works.removeLaterStages();
            until(works, () -> works.infrastructure().orElseThrow().phase() == Phase.REMOVED);
            until(works, () -> works.facts.about(Works.DEMO).platform().isEmpty());
            var made = works.cloud.ledger().stream()
                    .filter(entry -> !entry.kind().equals("security-group-rule"))
                    .toList();
            var certificate = works.infrastructure().orElseThrow().certificate().orElseThrow();
            var left = Set.copyOf(works.ours());
            assertThat(works.buckets.buckets).isEmpty();
            return new End(
                    standing,
                    count(made, entry -> entry.kind()),
                    count(certificate.entries(), Certificate.Entry::kind),
                    left);
        }
    }

    private static <T> Map<String, Long> count(Collection<T> all, Function<T, String> kind) {
        return all.stream().collect(Collectors.groupingBy(kind, Collectors.counting()));
    }

    /** Passes until it holds; a process that dies is followed by another one, which has all the time in the world. */
    private static void until(Works works, BooleanSupplier holds) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(2))
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
