package io.orrery.jobtracker.events;

import static io.orrery.jobtracker.Samples.NOON;
import static io.orrery.jobtracker.Samples.job;
import static io.orrery.jobtracker.Samples.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orrery.contracts.JobEvent;
import io.orrery.contracts.JobEvent.About;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Topics;
import io.orrery.jobtracker.Samples;
import io.orrery.jobtracker.registry.Caller;
import io.orrery.jobtracker.registry.InMemoryBodies;
import io.orrery.jobtracker.registry.InMemoryJobs;
import io.orrery.jobtracker.registry.Registry;
import io.orrery.reconciler.facts.FactCodec;
import io.orrery.reconciler.kafka.TopicKeeper;
import io.orrery.sandbox.testkit.BackboneExtension;
import io.orrery.sandbox.testkit.TestBackbone;
import io.orrery.sandbox.testkit.TestTopics;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** On a genuine Kafka. */
@ExtendWith(BackboneExtension.class)
class KafkaJobTopicIT {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Clock noon = Clock.fixed(NOON, ZoneOffset.UTC);
    private final PlatformName platform =
            new PlatformName("p" + UUID.randomUUID().toString().substring(0, 8));
    /** A teller of this test's own: other services on the same Kafka are not fenced. */
    private final String service = "teller-" + platform;

    private Map<String, Object> kafka;
    private JobTopic topic;

    @BeforeEach
    void aTopic(TestBackbone backbone) throws Exception {
        kafka = Map.of("bootstrap.servers", backbone.kafka().bootstrapServers());
        topic = topic();
        try (var admin = Admin.create(kafka)) {
            new TopicKeeper(admin).keep(List.of(Topics.JOBS));
        }
    }

    @Test
    void aNewTermKnowsWhatStandsOnTheTopic() throws Exception {
        try (var term = topic.begin()) {
            assertThat(term.told(key("j-1"))).isZero();
            term.tell(List.of(queued("j-1", 1), queued("j-1", 2), queued("j-2", 1)));
            assertThat(term.told(key("j-1"))).isEqualTo(2);
        }

        try (var next = topic().begin()) {
            assertThat(next.told(key("j-1"))).isEqualTo(2);
            assertThat(next.told(key("j-2"))).isEqualTo(1);
        }
    }

    @Test
    void aFormerLeaderThatWakesTellsNothingMore() throws Exception {
        try (var former = topic.begin();
                var next = topic().begin()) {
            assertThatThrownBy(() -> former.tell(List.of(queued("j-1", 1))))
                    .isInstanceOf(JobTopic.TermOverException.class);

            next.tell(List.of(queued("j-1", 1)));
        }

        assertThat(sequences("j-1")).containsExactly(1L);
    }

    @Test
    void whatAFormerLeaderSentAndDidNotCommitIsToldOnceByTheNext() throws Exception {
        var config = Map.<String, Object>of(
                "bootstrap.servers", kafka.get("bootstrap.servers"), "transactional.id", "orrery." + service + ".jobs");
        try (var killed = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            killed.initTransactions();
            killed.beginTransaction();
            killed.send(new ProducerRecord<>(
                            Topics.JOBS.name(), key("j-1"), new String(FactCodec.write(queued("j-1", 1)), UTF_8)))
                    .get();

            try (var next = topic.begin()) {
                assertThat(next.told(key("j-1"))).isZero();
                next.tell(List.of(queued("j-1", 1)));
            }
            killed.close(Duration.ZERO);
        }

        assertThat(sequences("j-1")).containsExactly(1L);
    }

    @Test
    void leadersThatReplaceEachOtherWhileJobsMoveTellEachTransitionOnceAndInOrder() {
        var caller = new Caller("openeo", Set.of(platform.value()));
        var registry = new Registry(new InMemoryJobs(), new InMemoryBodies(), noon);
        registry.open();
        var leaders = List.of(new Announcer(registry, topic, noon), new Announcer(registry, topic(), noon));
        registry.create(caller, job("j-1", platform.value(), "anna"));
        var rounds = 60;
        for (int round = 0; round < rounds; round++) {
            leaders.get(round / 10 % 2).begin();
            registry.patch(caller, "j-1", json("{\"status\": \"" + (round % 2 == 0 ? "queued" : "running") + "\"}"));
        }
        try {
            await().atMost(DEADLINE).until(() -> {
                leaders.getFirst().begin();
                return sequences("j-1").size() >= rounds;
            });
        } finally {
            leaders.forEach(Announcer::end);
        }

        assertThat(sequences("j-1"))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, rounds).boxed().toList());
    }

    private KafkaJobTopic topic() {
        return new KafkaJobTopic(kafka, service, noon);
    }

    private JobEvent queued(String jobId, long sequence) {
        return new JobEvent.JobQueued(new About(platform, jobId, "anna", null, sequence, NOON, "openeo"));
    }

    private String key(String jobId) {
        return platform + "/" + jobId;
    }

    private List<Long> sequences(String jobId) {
        return new TestTopics(kafka.get("bootstrap.servers").toString())
                .read(Topics.JOBS.name()).stream()
                        .filter(message -> message.key().equals(key(jobId)))
                        .map(message -> Samples.tree(message.value()))
                        .map(event -> event.path("about").path("sequence").asLong())
                        .toList();
    }
}
