package io.orrery.cluster;

import static io.orrery.cluster.Samples.DEMO;
import static io.orrery.cluster.Samples.UID;
import static io.orrery.cluster.Samples.agent;
import static io.orrery.cluster.Samples.server;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.orrery.contracts.Phase;
import io.orrery.contracts.Slot.State;
import io.orrery.contracts.Stage;
import io.orrery.contracts.Topics;
import io.orrery.reconciler.facts.FactTables;
import io.orrery.reconciler.facts.Facts;
import io.orrery.reconciler.kafka.LeaderTeller;
import io.orrery.reconciler.seal.Sealer;
import io.orrery.sandbox.testkit.BackboneExtension;
import io.orrery.sandbox.testkit.BackboneResource;
import io.orrery.sandbox.testkit.TestBackbone;
import io.orrery.sandbox.testkit.TestTopics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From facts on Kafka to machines, and to people. */
@ExtendWith(BackboneExtension.class)
@QuarkusTest
@QuarkusTestResource(BackboneResource.class)
@QuarkusTestResource(KeysetsResource.class)
class ClusterIT {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @Inject
    Facts facts;

    @Inject
    Sealer sealer;

    @BeforeEach
    void ready() {
        await().atMost(DEADLINE).until(() -> given().get("/q/health/ready").statusCode() == 200);
    }

    @Test
    void answersAProblemForAPlatformThatNobodyKnows() {
        for (var path : new String[] {"/platforms/nobody/cluster", "/platforms/no.name/kubeconfig"}) {
            given().get(path).then().statusCode(404).contentType("application/problem+json");
        }
    }

    @Test
    void followsAPlatformFromItsFactsToItsRemoval(TestBackbone backbone) {
        var teller = new LeaderTeller(
                new FactTables(),
                Map.of("bootstrap.servers", backbone.kafka().bootstrapServers()),
                "provisioner",
                Clock.systemUTC());
        teller.begin(() -> {});
        try (var park = new MachinePark(teller, sealer, DEMO, UID, loopback())) {
            teller.tell(Samples.platform());
            park.plan(server("s1", State.PLANNED), agent("a1", State.PLANNED));
            await().atMost(DEADLINE).until(() -> facts.about(DEMO)
                    .cluster()
                    .filter(status -> status.bootstrap().isPresent())
                    .isPresent());
            given().get("/platforms/demo/kubeconfig").then().statusCode(409);

            park.boot(facts.about(DEMO).cluster().orElseThrow());
            await().atMost(DEADLINE).until(() -> facts.about(DEMO).isIn(Stage.CLUSTER, Phase.READY));

            given().get("/platforms/demo/cluster")
                    .then()
                    .statusCode(200)
                    .body("phase", equalTo("Ready"))
                    .body("incarnation", equalTo(1))
                    .body("nodes", hasSize(2));
            assertThat(given().get("/platforms/demo/cluster").asString())
                    .doesNotContain("ciphertext", "digest", "PRIVATE");
            lettingPeopleIn();
            nothingSecretIsOnKafka(backbone);

            teller.tell(Samples.removing(Samples.platform()));
            Samples.laterStages(Phase.REMOVED).forEach(teller::tell);
            await().atMost(DEADLINE).until(() -> facts.about(DEMO).isIn(Stage.CLUSTER, Phase.REMOVED));
        } finally {
            teller.end();
        }
    }

    private static void lettingPeopleIn() {
        var kubeconfig = given().get("/platforms/demo/kubeconfig")
                .then()
                .statusCode(200)
                .contentType(containsString("application/yaml"))
                .header("Cache-Control", containsString("no-store"))
                .extract()
                .asString();
        try (var client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig))
                .build()) {
            assertThat(client.nodes().list().getItems()).hasSize(2);
        }
    }

    private static void nothingSecretIsOnKafka(TestBackbone backbone) {
        var topics = new TestTopics(backbone.kafka());
        for (var topic : Topics.ALL) {
            assertThat(topics.read(topic.name())).allSatisfy(message -> assertThat(String.valueOf(message.value()))
                    .doesNotContain("PRIVATE KEY", "client-key-data", "::server:", "::node:", "#cloud-config"));
        }
    }

    private static String loopback() {
        var random = ThreadLocalRandom.current();
        return "127.69." + random.nextInt(1, 255) + "." + random.nextInt(1, 255);
    }
}
