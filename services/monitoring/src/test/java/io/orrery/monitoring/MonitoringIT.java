package io.orrery.monitoring;

import static io.orrery.monitoring.Samples.DEMO;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.orrery.contracts.Fact;
import io.orrery.contracts.Phase;
import io.orrery.contracts.Stage;
import io.orrery.contracts.Topics;
import io.orrery.reconciler.facts.FactTables;
import io.orrery.reconciler.kafka.LeaderTeller;
import io.orrery.reconciler.seal.Sealer;
import io.orrery.sandbox.testkit.BackboneExtension;
import io.orrery.sandbox.testkit.BackboneResource;
import io.orrery.sandbox.testkit.TestBackbone;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From facts on Kafka to a Deployment in a cluster, and back to nothing. */
@ExtendWith(BackboneExtension.class)
@QuarkusTest
@QuarkusTestResource(BackboneResource.class)
@QuarkusTestResource(ClusterResource.class)
class MonitoringIT {

    @Inject
    FactTables facts;

    @Inject
    Sealer sealer;

    @Test
    void installsShowsAndRemoves(TestBackbone backbone) {
        soon().until(() -> given().get("/q/health/ready").statusCode() == 200);
        var others = new LeaderTeller(
                new FactTables(),
                Map.of("bootstrap.servers", backbone.kafka().bootstrapServers()),
                "the-other-services",
                Clock.systemUTC());
        others.begin(() -> {});

        tell(
                others,
                Samples.platform(),
                Samples.infrastructure(sealer),
                Samples.cluster(sealer, ClusterResource.kubeconfig()));
        soon().until(() -> facts.about(DEMO).isIn(Stage.OBSERVABILITY, Phase.READY));

        var cluster = ClusterResource.client();
        assertThat(cluster.apps()
                        .deployments()
                        .inNamespace("monitoring")
                        .withName("spark-history-server")
                        .get())
                .isNotNull();
        given().get("/overview")
                .then()
                .statusCode(200)
                .body("[0].platform", equalTo("demo"))
                .body("[0].stages.find { it.stage == 'observability' }.phase", equalTo("Ready"));
        given().get("/").then().statusCode(200).body(containsString("<title>Orrery</title>"));
        given().get("/platforms/nobody/overview").then().statusCode(404).contentType("application/problem+json");

        tell(others, Samples.removing());
        soon().until(() -> facts.about(DEMO).isIn(Stage.OBSERVABILITY, Phase.REMOVED));
        assertThat(cluster.namespaces().withName("monitoring").get()).isNull();
        others.end();
    }

    @Test
    void putsAsideWhatIsNoLineOfHistoryAndReadsOn(TestBackbone backbone) {
        soon().until(() -> given().get("/q/health/ready").statusCode() == 200);
        Map<String, Object> kafka = Map.of("bootstrap.servers", backbone.kafka().bootstrapServers());
        try (var producer = new KafkaProducer<>(kafka, new StringSerializer(), new StringSerializer())) {
            for (var topic : List.of(Topics.ACTIVITY, Topics.JOBS)) {
                assertThat(producer.send(new ProducerRecord<>(topic.name(), "demo", "{\"event\": 7")))
                        .isNotNull();
            }
        }

        soon().untilAsserted(
                        () -> assertThat(given().get("/dead-letters").jsonPath().getList("topic", String.class))
                                .contains("orrery.activity", "orrery.jobs"));
    }

    private static void tell(LeaderTeller teller, Fact... told) {
        for (var fact : told) {
            teller.tell(fact);
        }
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60));
    }
}
