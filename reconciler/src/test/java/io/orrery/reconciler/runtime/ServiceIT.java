package io.orrery.reconciler.runtime;

import static io.orrery.reconciler.runtime.TopicsWithAPast.GENERATIONS;
import static io.orrery.reconciler.runtime.TopicsWithAPast.PLATFORMS;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.orrery.contracts.DeadLetter;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Stage;
import io.orrery.contracts.Topics;
import io.orrery.reconciler.Samples;
import io.orrery.reconciler.facts.FactCodec;
import io.orrery.reconciler.facts.FactTables;
import io.orrery.sandbox.testkit.BackboneExtension;
import io.orrery.sandbox.testkit.BackboneResource;
import io.orrery.sandbox.testkit.TestBackbone;
import io.orrery.sandbox.testkit.TestTopics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BackboneExtension.class)
@QuarkusTest
@QuarkusTestResource(BackboneResource.class)
@QuarkusTestResource(TopicsWithAPast.class)
class ServiceIT {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @Inject
    FactTables facts;

    @BeforeEach
    void ready() {
        await().atMost(DEADLINE).until(() -> health("ready") == 200);
    }

    @Test
    void knowsAllThatWasToldBeforeItStartedThoughTheTopicsWereCompacted() {
        assertThat(facts.about(PLATFORMS.getFirst()).tracking()).isEmpty();
        assertThat(PLATFORMS.subList(1, PLATFORMS.size())).allSatisfy(platform -> assertThat(
                        facts.about(platform).tracking().orElseThrow().observedGeneration())
                .isEqualTo(GENERATIONS));
    }

    @Test
    void doesItsWorkOnAWishAndTellsOfIt() {
        var platform = wish();

        await().atMost(DEADLINE).until(() -> facts.about(platform).isIn(Stage.TRACKING, Phase.READY));
        given().get("/platforms/{name}", platform.value())
                .then()
                .statusCode(200)
                .body("phase", equalTo("Ready"));
    }

    @Test
    void answersAProblemDocumentForWhatItDoesNotKnow() {
        given().get("/platforms/{name}", "nobody")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", equalTo("no platform nobody"));
    }

    @Test
    void putsAPoisonMessageAsideWithItsCauseAndGoesOn(TestBackbone backbone) {
        var topics = new TestTopics(backbone.kafka());
        poison(backbone, Topics.WORKLOADS.name(), "demo", "{\"platform\": 7");

        var platform = wish();

        await().atMost(DEADLINE).until(() -> facts.about(platform).tracking().isPresent());
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(
                        topics.table(Topics.DEAD_LETTERS.name()).values())
                .map(ServiceIT::letter)
                .anySatisfy(letter -> {
                    assertThat(letter.topic()).isEqualTo(Topics.WORKLOADS.name());
                    assertThat(letter.reader()).isEqualTo("echo");
                    assertThat(letter.cause()).contains("ce_type is missing");
                }));
    }

    @Test
    void isLiveAndNotReadyWhileKafkaIsGoneAndGoesOnAfterwards(TestBackbone backbone) {
        backbone.kafka().stop();
        try {
            await().atMost(DEADLINE).until(() -> health("ready") == 503);
            assertThat(health("live")).isEqualTo(200);
        } finally {
            backbone.kafka().start();
        }
        await().atMost(DEADLINE).until(() -> health("ready") == 200);
        assertThat(wish()).satisfies(platform -> await().atMost(DEADLINE)
                .until(() -> facts.about(platform).tracking().isPresent()));
    }

    @Test
    void isLiveAndNotReadyWhileZooKeeperIsGoneAndGoesOnAfterwards(TestBackbone backbone) {
        backbone.zookeeper().stop();
        try {
            await().atMost(DEADLINE).until(() -> health("ready") == 503);
            assertThat(health("live")).isEqualTo(200);
        } finally {
            backbone.zookeeper().start();
        }
        await().atMost(DEADLINE).until(() -> health("ready") == 200);
        assertThat(wish()).satisfies(platform -> await().atMost(DEADLINE)
                .until(() -> facts.about(platform).tracking().isPresent()));
    }

    @Test
    void isLiveAndNotReadyWhileTheCloudIsGoneAndGoesOnAfterwards() {
        var before = wish();
        await().atMost(DEADLINE).until(() -> facts.about(before).isIn(Stage.TRACKING, Phase.READY));
        EchoService.CLOUD_ANSWERS.set(false);
        try {
            await().atMost(DEADLINE).until(() -> health("ready") == 503);
            assertThat(health("live")).isEqualTo(200);
        } finally {
            EchoService.CLOUD_ANSWERS.set(true);
        }
        await().atMost(DEADLINE).until(() -> health("ready") == 200);
    }

    /** Only a leader takes wishes, and there may be none for a moment. */
    private static PlatformName wish() {
        var name = "p" + UUID.randomUUID().toString().substring(0, 8);
        await().atMost(DEADLINE)
                .until(() -> given().body(Samples.UID.toString())
                                .put("/platforms/{name}", name)
                                .statusCode()
                        == 200);
        return new PlatformName(name);
    }

    private static int health(String kind) {
        return given().get("/q/health/" + kind).statusCode();
    }

    private static void poison(TestBackbone backbone, String topic, String key, String value) {
        Map<String, Object> config =
                Map.of("bootstrap.servers", backbone.kafka().bootstrapServers());
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            var sent = producer.send(new ProducerRecord<>(topic, key, value.getBytes(UTF_8)));
            producer.flush();
            assertThat(sent).isDone();
        }
    }

    private static DeadLetter letter(String json) {
        try {
            return FactCodec.read(json.getBytes(UTF_8), DeadLetter.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
