package io.orrery.reconciler.kafka;

import static io.orrery.reconciler.Samples.tracking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Topics;
import io.orrery.reconciler.facts.FactTables;
import io.orrery.reconciler.facts.Facts.NotLeaderException;
import io.orrery.sandbox.testkit.BackboneExtension;
import io.orrery.sandbox.testkit.TestBackbone;
import io.orrery.sandbox.testkit.TestTopics;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BackboneExtension.class)
class LeaderTellerIT {

    private final PlatformName platform =
            new PlatformName("p" + UUID.randomUUID().toString().substring(0, 8));
    private final String service = "service-" + platform;
    private final AtomicInteger resigned = new AtomicInteger();
    private Map<String, Object> kafka;
    private TestTopics topics;
    private LeaderTeller former;
    private LeaderTeller next;

    @BeforeEach
    void connect(TestBackbone backbone) throws Exception {
        kafka = Map.of("bootstrap.servers", backbone.kafka().bootstrapServers());
        topics = new TestTopics(backbone.kafka());
        try (var admin = Admin.create(kafka)) {
            new TopicKeeper(admin).keep(List.of(Topics.TRACKING));
        }
        former = teller();
        next = teller();
    }

    @AfterEach
    void disconnect() {
        former.end();
        next.end();
    }

    @Test
    void tellsACloudEventAndKnowsItAtOnce() {
        var tables = new FactTables();
        var teller = new LeaderTeller(tables, kafka, service, Clock.systemUTC());
        teller.begin(resigned::incrementAndGet);

        teller.tell(tracking(platform, 1, Phase.READY, 3));

        assertThat(tables.about(platform).tracking()).contains(tracking(platform, 1, Phase.READY, 3));
        assertThat(told()).singleElement().satisfies(record -> {
            assertThat(header(record, "ce_type")).isEqualTo("orrery.tracking.ready.v1");
            assertThat(header(record, "ce_specversion")).isEqualTo("1.0");
            assertThat(header(record, "ce_source")).isEqualTo("/orrery/" + service);
            assertThat(header(record, "content-type")).isEqualTo("application/json");
        });
        teller.end();
    }

    @Test
    void tellsNothingWhenNothingIsNew() {
        former.begin(resigned::incrementAndGet);

        former.tell(tracking(platform, 1, Phase.READY, 3));
        former.tell(tracking(platform, 1, Phase.READY, 3));

        assertThat(told()).hasSize(1);
    }

    @Test
    void aFormerLeaderThatWakesUpCanTellNothingMore() {
        former.begin(resigned::incrementAndGet);
        former.tell(tracking(platform, 1, Phase.PROGRESSING, 0));
        next.begin(resigned::incrementAndGet);
        next.tell(tracking(platform, 1, Phase.READY, 3));

        assertThatThrownBy(() -> former.tell(tracking(platform, 1, Phase.FAILED, 0)))
                .isInstanceOf(NotLeaderException.class);
        assertThatThrownBy(() -> former.forget(Topics.TRACKING, platform)).isInstanceOf(NotLeaderException.class);

        // the record before the last may have been compacted away
        assertThat(told())
                .extracting(record -> header(record, "ce_type"))
                .doesNotContain("orrery.tracking.failed.v1")
                .endsWith("orrery.tracking.ready.v1");
        assertThat(resigned).hasValue(1);
        next.tell(tracking(platform, 2, Phase.READY, 4));
        assertThat(told().getLast().value()).contains("\"observedGeneration\":2");
    }

    @Test
    void whoDoesNotLeadTellsNothing() {
        assertThatThrownBy(() -> former.tell(tracking(platform, 1, Phase.READY, 0)))
                .isInstanceOf(NotLeaderException.class);

        assertThat(told()).isEmpty();
    }

    private LeaderTeller teller() {
        return new LeaderTeller(new FactTables(), kafka, service, Clock.systemUTC());
    }

    private List<ConsumerRecord<String, String>> told() {
        return topics.read(Topics.TRACKING.name()).stream()
                .filter(record -> record.key().equals(platform.value()))
                .toList();
    }

    private static String header(ConsumerRecord<String, String> record, String name) {
        return CloudEventHeaders.read(record.headers(), name).orElse("");
    }
}
