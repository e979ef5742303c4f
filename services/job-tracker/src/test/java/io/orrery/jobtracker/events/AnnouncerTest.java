package io.orrery.jobtracker.events;

import static io.orrery.jobtracker.Samples.NOON;
import static io.orrery.jobtracker.Samples.job;
import static io.orrery.jobtracker.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orrery.jobtracker.registry.Caller;
import io.orrery.jobtracker.registry.InMemoryBodies;
import io.orrery.jobtracker.registry.InMemoryJobs;
import io.orrery.jobtracker.registry.Registry;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnnouncerTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Caller DEMO = new Caller("openeo-demo", Set.of("demo"));

    private final Clock noon = Clock.fixed(NOON, ZoneOffset.UTC);
    private final InMemoryJobs store = new InMemoryJobs();
    private final Registry registry = new Registry(store, new InMemoryBodies(), noon);
    private final InMemoryTopic topic = new InMemoryTopic();
    private final Announcer announcer = new Announcer(registry, topic, noon);

    @BeforeEach
    void open() {
        registry.open();
    }

    @AfterEach
    void end() {
        announcer.end();
    }

    @Test
    void tellsEachTransitionOnceAndInOrder() {
        announcer.begin();
        live("j-1", "queued", "running", "queued", "running", "finished");

        awaitTold("j-1 JobQueued 1", "j-1 JobStarted 2", "j-1 JobQueued 3", "j-1 JobStarted 4", "j-1 JobFinished 5");
    }

    @Test
    void doesNotTellWhatIsNoTransition() {
        announcer.begin();
        live("j-1", "queued");
        registry.patch(DEMO, "j-1", json("{\"title\": \"other\"}"));
        live("j-2", "queued", "canceled");

        awaitTold("j-1 JobQueued 1", "j-2 JobQueued 1", "j-2 JobCanceled 2");
    }

    @Test
    void aNewTermGoesOnWhereTheTopicEnds() {
        announcer.begin();
        live("j-1", "queued", "running");
        awaitTold("j-1 JobQueued 1", "j-1 JobStarted 2");
        announcer.end();
        registry.patch(DEMO, "j-1", json("{\"status\": \"error\"}"));
        live("j-2", "queued");

        new Announcer(registry, topic, noon).begin();

        await().atMost(DEADLINE).until(() -> topic.told().size() == 4);
        assertThat(topic.told())
                .containsExactlyInAnyOrder("j-1 JobQueued 1", "j-1 JobStarted 2", "j-1 JobFailed 3", "j-2 JobQueued 1");
    }

    @Test
    void triesAgainWhileKafkaDoesNotAnswerAndLosesNothing() {
        topic.silent(true);
        announcer.begin();
        live("j-1", "queued", "running");
        await().during(Duration.ofMillis(200)).until(() -> topic.told().isEmpty());

        topic.silent(false);

        awaitTold("j-1 JobQueued 1", "j-1 JobStarted 2");
    }

    @Test
    void tellsNothingTwiceWhenItIsKilledBetweenTellingAndNotingIt() {
        announcer.begin();
        topic.nextAnswerIsLost();
        live("j-1", "queued", "running", "finished");
        await().atMost(DEADLINE).until(() -> !topic.told().isEmpty());

        await().atMost(DEADLINE).until(() -> {
            announcer.begin();
            return topic.told().size() == 3;
        });

        assertThat(topic.told()).containsExactly("j-1 JobQueued 1", "j-1 JobStarted 2", "j-1 JobFinished 3");
    }

    @Test
    void twoThatBothBelieveToLeadTellEachTransitionOnceAndInOrder() {
        var other = new Announcer(registry, topic, noon);
        var statuses = IntStream.range(0, 50)
                .mapToObj(round -> round % 2 == 0 ? "queued" : "running")
                .toArray(String[]::new);
        registry.create(DEMO, job("j-1", "demo", "anna"));
        for (var status : statuses) {
            announcer.begin();
            registry.patch(DEMO, "j-1", json("{\"status\": \"" + status + "\"}"));
            other.begin();
        }
        try {
            await().atMost(DEADLINE).until(() -> {
                other.begin();
                return topic.told().size() >= statuses.length;
            });
        } finally {
            other.end();
        }

        assertThat(topic.sequences())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, statuses.length).boxed().toList());
    }

    @Test
    void takesForToldWhatIsOlderThanTheTopicRemembers() {
        live("j-1", "queued", "finished");
        var muchLater = Clock.offset(noon, Duration.ofDays(91));
        var later = new Announcer(registry, topic, muchLater);
        later.begin();
        try {
            await().during(Duration.ofMillis(300)).until(() -> topic.told().isEmpty());
        } finally {
            later.end();
        }
    }

    @Test
    void tellsNothingWithoutATerm() {
        announcer.begin();
        announcer.end();

        live("j-1", "queued");

        await().during(Duration.ofMillis(200)).until(() -> topic.told().isEmpty());
    }

    private void live(String jobId, String... statuses) {
        registry.create(DEMO, job(jobId, "demo", "anna"));
        for (var status : statuses) {
            registry.patch(DEMO, jobId, json("{\"status\": \"" + status + "\"}"));
        }
    }

    private void awaitTold(String... events) {
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(topic.told()).containsExactly(events));
    }
}
