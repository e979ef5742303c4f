package io.orrery.sparkdeployer;

import static io.orrery.sparkdeployer.harness.World.DEMO;
import static io.orrery.sparkdeployer.harness.World.ONE_COLLECTION;
import static io.orrery.sparkdeployer.harness.World.UID;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;

import io.orrery.contracts.Phase;
import io.orrery.contracts.Stage;
import io.orrery.reconciler.facts.FactTables;
import io.orrery.reconciler.kafka.LeaderTeller;
import io.orrery.reconciler.seal.Sealer;
import io.orrery.sandbox.testkit.BackboneExtension;
import io.orrery.sandbox.testkit.BackboneResource;
import io.orrery.sandbox.testkit.TestBackbone;
import io.orrery.sparkdeployer.harness.EmulatedCluster;
import io.orrery.sparkdeployer.harness.KeysResource;
import io.orrery.sparkdeployer.harness.StubRegistry;
import io.orrery.sparkdeployer.harness.World;
import io.orrery.sparkdeployer.kubernetes.KubernetesClusters;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The service as it runs: from facts on Kafka to an openEO that answers, and back to nothing. */
@ExtendWith(BackboneExtension.class)
@QuarkusTest
@QuarkusTestResource(BackboneResource.class)
@QuarkusTestResource(KeysResource.class)
class SparkDeployerIT {

    @Inject
    FactTables facts;

    @Inject
    Sealer sealer;

    @Inject
    KubernetesClusters clusters;

    @Test
    void bringsOpenEoUpShowsItAndRemovesIt(TestBackbone backbone) {
        soon().until(() -> given().get("/q/health/ready").statusCode() == 200);
        var others = new LeaderTeller(
                new FactTables(),
                Map.of("bootstrap.servers", backbone.kafka().bootstrapServers()),
                "the-other-services",
                Clock.systemUTC());
        others.begin(() -> {});
        try (var cluster = EmulatedCluster.start();
                var registry = StubRegistry.start()) {
            var world = new World(clusters, (purpose, plain) -> sealer.seal(purpose, UID, plain.getBytes(UTF_8)))
                    .wishInline(ONE_COLLECTION);
            others.tell(world.facts.about(DEMO).platform().orElseThrow());
            soon().until(() -> facts.about(DEMO).isIn(Stage.WORKLOADS, Phase.WAITING));
            given().get("/platforms/demo/manifests")
                    .then()
                    .statusCode(409)
                    .contentType("application/problem+json")
                    .body("detail", containsString("job registry"));

            world.bucket().registry(registry.api(), registry.issuer()).cluster(Phase.READY, cluster.kubeconfig());
            world.facts.about(DEMO).statuses().values().forEach(others::tell);

            soon().until(() -> facts.about(DEMO).isIn(Stage.WORKLOADS, Phase.READY));
            given().get("/platforms/demo/workloads")
                    .then()
                    .statusCode(200)
                    .body("phase", equalTo("Ready"))
                    .body("evidence.collections", equalTo(1))
                    .body("openeo", equalTo("http://openeo.example.org/openeo/1.2"));
            given().get("/platforms/demo/manifests")
                    .then()
                    .statusCode(200)
                    .body("[0].kind", equalTo("CustomResourceDefinition"))
                    .body(
                            "findAll { it.kind == 'Secret' }.collect { it.data.values() }.flatten()",
                            everyItem(equalTo("***")));

            others.tell(world.wishAway().facts.about(DEMO).platform().orElseThrow());
            soon().until(() -> facts.about(DEMO).isIn(Stage.WORKLOADS, Phase.REMOVING));
            others.tell(world.observability(Phase.REMOVED)
                    .facts
                    .about(DEMO)
                    .observability()
                    .orElseThrow());
            soon().until(() -> facts.about(DEMO).isIn(Stage.WORKLOADS, Phase.REMOVED));
            assertThat(cluster.client().namespaces().withName("spark-jobs").get())
                    .isNull();
        } finally {
            others.end();
        }
    }

    @Test
    void answersAProblemDocumentForAPlatformThatIsNotKnown() {
        for (var path : new String[] {"/platforms/nobody/workloads", "/platforms/N/manifests"}) {
            given().get(path).then().statusCode(404).contentType("application/problem+json");
        }
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60));
    }
}
