package io.orrery.jobtracker.events;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orrery.contracts.Topics;
import io.orrery.reconciler.kafka.TopicKeeper;
import io.orrery.sandbox.testkit.BackboneExtension;
import io.orrery.sandbox.testkit.TestBackbone;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.FutureTask;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** On a genuine Kafka. */
@ExtendWith(BackboneExtension.class)
class JobFeedIT {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @Test
    void whoWaitsForTheNextEventIsLetGoWhenTheFeedIsClosed(TestBackbone backbone) throws Exception {
        Map<String, Object> kafka = Map.of("bootstrap.servers", backbone.kafka().bootstrapServers());
        try (var admin = Admin.create(kafka)) {
            new TopicKeeper(admin).keep(List.of(Topics.JOBS));
        }
        var feed = new JobFeed(kafka, OptionalLong.empty());
        var next = new FutureTask<>(() -> feed.next(event -> false, Duration.ofHours(1)));
        var listener = Thread.ofPlatform().daemon().start(next);
        await().atMost(DEADLINE)
                .until(() -> List.of(listener.getStackTrace()).toString().contains("KafkaConsumer.poll"));

        feed.close();

        assertThat(next.get(DEADLINE.toSeconds(), SECONDS)).isEmpty();
        assertThat(feed.isOpen()).isFalse();
    }
}
