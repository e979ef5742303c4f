package io.orrery.reconciler.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.contracts.Topic;
import io.orrery.sandbox.testkit.BackboneExtension;
import io.orrery.sandbox.testkit.TestBackbone;
import io.orrery.sandbox.testkit.TestTopics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BackboneExtension.class)
class TopicKeeperIT {

    private final Topic topic = new Topic("keeper-" + UUID.randomUUID(), true, Optional.empty());
    private TestTopics topics;
    private Admin admin;

    @BeforeEach
    void connect(TestBackbone backbone) {
        topics = new TestTopics(backbone.kafka());
        admin = Admin.create(Map.of("bootstrap.servers", backbone.kafka().bootstrapServers()));
    }

    @AfterEach
    void disconnect() {
        admin.close();
    }

    @Test
    void createsWhatIsMissingAndAcceptsWhatItCreated() throws Exception {
        var appended = new Topic("keeper-" + UUID.randomUUID(), false, Optional.of(Duration.ofDays(14)));

        new TopicKeeper(admin).keep(List.of(topic, appended));
        new TopicKeeper(admin).keep(List.of(topic, appended));

        assertThat(admin.listTopics().names().get()).contains(topic.name(), appended.name());
    }

    @Test
    void refusesATopicThatForgets() {
        topics.make(topic.name(), Map.of("cleanup.policy", "delete", "max.message.bytes", "4194304"));

        assertThatThrownBy(() -> new TopicKeeper(admin).keep(List.of(topic)))
                .isInstanceOf(TopicKeeper.WrongTopicException.class)
                .hasMessageContaining("cleanup.policy=delete and must have compact");
    }

    @Test
    void refusesATopicThatIsTooNarrowForALargeStatus() {
        topics.make(topic.name(), Map.of("cleanup.policy", "compact", "max.message.bytes", "1000000"));

        assertThatThrownBy(() -> new TopicKeeper(admin).keep(List.of(topic)))
                .hasMessageContaining("max.message.bytes=1000000 and must have 4194304");
    }

    @Test
    void acceptsATopicThatKeepsMoreThanAskedFor() throws Exception {
        topics.make(topic.name(), Map.of("cleanup.policy", "compact", "max.message.bytes", "8388608"));

        new TopicKeeper(admin).keep(List.of(topic));

        assertThat(topics.read(topic.name())).isEmpty();
    }
}
