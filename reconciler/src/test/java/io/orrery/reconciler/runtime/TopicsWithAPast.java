package io.orrery.reconciler.runtime;

import static io.orrery.reconciler.Samples.tracking;

import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Topics;
import io.orrery.reconciler.facts.FactTables;
import io.orrery.reconciler.kafka.LeaderTeller;
import io.orrery.sandbox.testkit.TestBackbone;
import io.orrery.sandbox.testkit.TestTopics;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** Makes the fact topics compact as eagerly as Kafka can, and tells so much on one of them that it does. */
public final class TopicsWithAPast implements QuarkusTestResourceLifecycleManager {

    static final int GENERATIONS = 60;
    static final List<PlatformName> PLATFORMS =
            IntStream.range(0, 20).mapToObj(i -> new PlatformName("past-" + i)).toList();

    @Override
    public Map<String, String> start() {
        var backbone = TestBackbone.shared();
        var topics = new TestTopics(backbone.kafka());
        Topics.FACTS.forEach(topic -> topics.make(topic.name(), TestTopics.COMPACTED_AGGRESSIVELY));
        var kafka = Map.<String, Object>of("bootstrap.servers", backbone.kafka().bootstrapServers());
        var teller = new LeaderTeller(new FactTables(), kafka, "past", Clock.systemUTC());
        teller.begin(() -> {});
        for (var generation = 1; generation <= GENERATIONS; generation++) {
            for (var platform : PLATFORMS) {
                teller.tell(tracking(platform, generation, Phase.READY, generation));
            }
        }
        teller.forget(Topics.TRACKING, PLATFORMS.getFirst());
        Awaitility.await("compaction").atMost(Duration.ofSeconds(60)).until(() -> {
            teller.tell(tracking(PLATFORMS.getLast(), GENERATIONS, Phase.READY, System.nanoTime()));
            return topics.read(Topics.TRACKING.name()).size() < PLATFORMS.size() * GENERATIONS / 2;
        });
        teller.end();
        return Map.of();
    }

    @Override
    public void stop() {}
}
