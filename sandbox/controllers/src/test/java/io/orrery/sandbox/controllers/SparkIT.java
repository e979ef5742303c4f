package io.orrery.sandbox.controllers;

import static io.orrery.sandbox.controllers.harness.TestCluster.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.orrery.sandbox.controllers.harness.FakeRegistry;
import io.orrery.sandbox.controllers.harness.TestCluster;
import io.orrery.sandbox.controllers.kubelet.NodeSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** SparkApplications of openEO's web app, and what becomes of applications that fail. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SparkIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private TestCluster cluster;

    /** The definition comes when operator and nodes have been running for a while. */
    @BeforeAll
    void start() {
        cluster = TestCluster.start();
        cluster.join(NodeSpec.agent("spark-1").withCapacity("cpu", "64").withCapacity("memory", "256Gi"));
        soon().untilAsserted(() -> assertThat(
                        cluster.client().nodes().withName("spark-1").isReady())
                .isTrue());
        cluster.client()
                .load(SparkIT.class.getResourceAsStream("/sparkapplications-crd.yaml"))
                .serverSideApply();
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    private Resource<GenericKubernetesResource> submit(String name, String spec) {
        var application = """
                {"apiVersion": "sparkoperator.k8s.io/v1beta2", "kind": "SparkApplication",
                 "metadata": {"namespace": "%s", "name": "%s"}, "spec": %s}
                """.formatted(cluster.namespace(), name, spec);
        var resource = cluster.client()
                .resource(cluster.client()
                        .getKubernetesSerialization()
                        .unmarshal(application, GenericKubernetesResource.class));
        soon().untilAsserted(() -> assertThat(resource.serverSideApply()).isNotNull());
        return resource;
    }

    private static JsonNode status(Resource<GenericKubernetesResource> application) {
        return JSON.valueToTree(application.get().getAdditionalProperties().get("status"));
    }

    private static String state(Resource<GenericKubernetesResource> application) {
        return status(application).path("applicationState").path("state").asText();
    }

    private static void becomes(String state, Resource<GenericKubernetesResource> application) {
        soon().untilAsserted(() -> assertThat(state(application)).isEqualTo(state));
    }

    private List<Pod> pods(String application, String role) {
        return cluster.client()
                .pods()
                .inNamespace(cluster.namespace())
                .withLabel("sparkoperator.k8s.io/app-name", application)
                .withLabel("spark-role", role)
                .list()
                .getItems();
    }

    private void catalogue(String name, String content) {
        cluster.client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(cluster.namespace())
                        .withName(name)
                        .endMetadata()
                        .addToData("layercatalog.json", content)
                        .build())
                .create();
    }

    private static String webApp(String catalogue, String moreEnv) {
        return """
                {"type": "Python", "mode": "cluster", "sparkVersion": "3.5.0", "image": "openeo-geotrellis-kube:1",
                 "mainApplicationFile": "local:///opt/openeo/lib64/python3.8/site-packages/openeogeotrellis/deploy/kube.py",
                 "volumes": [{"name": "catalogue", "configMap": {"name": "%s"}}],
                 "driver": {"cores": 1, "memory": "1g", "labels": {"app": "openeo"},
                   "volumeMounts": [{"name": "catalogue", "mountPath": "/opt/catalogue"}],
                   "env": [{"name": "OPENEO_CATALOG_FILES", "value": "/opt/catalogue/layercatalog.json"},
                           {"name": "KUBE", "value": "true"} %s]},
                 "executor": {"cores": 1, "instances": 2, "memory": "1g"}}
                """.formatted(catalogue, moreEnv);
    }

    private JsonNode ask(String service, String path) throws IOException {
        return JSON.readTree(cluster.client()
                .raw("/api/v1/namespaces/" + cluster.namespace() + "/services/" + service + ":50001/proxy" + path));
    }

    @Test
    void openEoAnswersBehindTheServiceProxy() throws Exception {
        catalogue(
                "good",
                "[{\"id\": \"SENTINEL2\", \"title\": \"S2\", \"_vito\": {\"secret\": 1}}, {\"id\": \"_HIDDEN\"}]");
        cluster.client()
                .resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withNamespace(cluster.namespace())
                        .withName("openeo")
                        .endMetadata()
                        .withNewSpec()
                        .withSelector(Map.of("sparkoperator.k8s.io/app-name", "web", "spark-role", "driver"))
                        .addNewPort()
                        .withPort(50001)
                        .withTargetPort(new IntOrString(50001))
                        .endPort()
                        .endSpec()
                        .build())
                .create();
        var application = submit("web", webApp("good", ""));
        becomes("RUNNING", application);
        soon().untilAsserted(() -> assertThat(
                        ask("openeo", "/openeo/1.2/").path("api_version").asText())
                .isEqualTo("1.2.0"));

        assertThat(ask("openeo", "/openeo/1.2/collections").path("collections"))
                .singleElement()
                .satisfies(collection -> {
                    assertThat(collection.path("id").asText()).isEqualTo("SENTINEL2");
                    assertThat(collection.has("_vito")).isFalse();
                });
        assertThat(pods("web", "executor")).hasSize(2).allSatisfy(pod -> assertThat(
                        pod.getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(owner -> assertThat(owner.getName()).isEqualTo("web-driver")));
        soon().untilAsserted(() -> assertThat(status(application).path("executorState"))
                .hasSize(2)
                .allMatch(state -> "RUNNING".equals(state.asText())));
        var status = status(application);
        assertThat(status.path("driverInfo").path("podName").asText()).isEqualTo("web-driver");
        assertThat(status.path("sparkApplicationId").asText()).matches("spark-[0-9a-f]{32}");
        assertThat(status.path("executionAttempts").asInt()).isEqualTo(1);
        assertThat(status.path("submissionAttempts").asInt()).isEqualTo(1);
        assertThat(status.path("lastSubmissionAttemptTime").asText()).isNotEmpty();
        assertThat(status.path("terminationTime").isNull()).isTrue();

        application.delete();

        soon().untilAsserted(() -> {
            assertThat(pods("web", "driver")).isEmpty();
            assertThat(pods("web", "executor")).isEmpty();
        });
    }

    @Test
    void aWebAppWithAnUnreadableCatalogueFailsAndItsLogSaysWhy() {
        catalogue("bad", "{\"id\": \"NO_ARRAY\"}");
        var application = submit("bad-catalogue", webApp("bad", ""));

        becomes("FAILED", application);
        assertThat(status(application)
                        .path("applicationState")
                        .path("errorMessage")
                        .asText())
                .isEqualTo("driver container failed with ExitCode: 1, Reason: Error");
        assertThat(cluster.client()
                        .pods()
                        .inNamespace(cluster.namespace())
                        .withName("bad-catalogue-driver")
                        .getLog())
                .contains("Failed to read layer catalog '/opt/catalogue/layercatalog.json'");
    }

    @Test
    void aWebAppStartsOnlyIfItsRegistryLetsItIn() throws Exception {
        try (var registry = FakeRegistry.start()) {
            catalogue("with-registry", "[]");
            cluster.client()
                    .resource(new SecretBuilder()
                            .withNewMetadata()
                            .withNamespace(cluster.namespace())
                            .withName("registry")
                            .endMetadata()
                            .addToStringData("good", registry.credentials("pear"))
                            .addToStringData("wrong", registry.credentials("plum"))
                            .build())
                    .create();
            var env = """
                    , {"name": "OPENEO_EJR_API", "value": "%s"},
                    {"name": "OPENEO_EJR_OIDC_CLIENT_CREDENTIALS",
                     "valueFrom": {"secretKeyRef": {"name": "registry", "key": "%s"}}}
                    """;

            becomes("FAILED", submit("wrong", webApp("with-registry", env.formatted(registry.url(), "wrong"))));
            var good = submit("right", webApp("with-registry", env.formatted(registry.url(), "good")));
            becomes("RUNNING", good);
            soon().untilAsserted(() -> assertThat(pods("right", "driver"))
                    .allMatch(pod ->
                            pod.getStatus().getContainerStatuses().getFirst().getReady()));

            registry.answersHealthWith(503);
            becomes("FAILED", submit("ill", webApp("with-registry", env.formatted(registry.url(), "good"))));
            assertThat(cluster.client()
                            .pods()
                            .inNamespace(cluster.namespace())
                            .withName("ill-driver")
                            .getLog())
                    .contains("EJR health check failed: 503");
        }
    }

    @Test
    void aSubmissionIsTriedAgainUntilItsAccountIsThere() {
        catalogue("for-account", "[]");
        var spec = webApp("for-account", "")
                .replace("\"driver\": {", "\"driver\": {\"serviceAccount\": \"spark-late\",")
                .replace(
                        "\"mode\":",
                        "\"restartPolicy\": {\"type\": \"OnFailure\", \"onSubmissionFailureRetries\": 20,"
                                + " \"onSubmissionFailureRetryInterval\": 1}, \"mode\":");
        var application = submit("accountless", spec);
        becomes("SUBMISSION_FAILED", application);
        assertThat(status(application)
                        .path("applicationState")
                        .path("errorMessage")
                        .asText())
                .contains("serviceaccount \"spark-late\" not found");

        cluster.client()
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(cluster.namespace())
                        .withName("spark-late")
                        .endMetadata()
                        .build())
                .create();

        becomes("RUNNING", application);
        assertThat(status(application).path("submissionAttempts").asInt()).isGreaterThan(1);
        assertThat(status(application).path("executionAttempts").asInt()).isEqualTo(1);
    }

    @Test
    void aFailingDriverIsRunAgainAsOftenAsThePolicySays() {
        catalogue("rerun", "no JSON");
        var spec = webApp("rerun", "")
                .replace(
                        "\"mode\":",
                        "\"restartPolicy\": {\"type\": \"OnFailure\", \"onFailureRetries\": 1,"
                                + " \"onFailureRetryInterval\": 1}, \"mode\":");
        var application = submit("rerun", spec);

        becomes("FAILED", application);
        assertThat(status(application).path("executionAttempts").asInt()).isEqualTo(2);
        assertThat(status(application).path("terminationTime").asText()).isNotEmpty();
    }

    @Test
    void aChangedSpecStartsTheApplicationAnew() {
        catalogue("changed", "[]");
        var application = submit("changed", webApp("changed", ""));
        becomes("RUNNING", application);
        var first = pods("changed", "driver").getFirst().getMetadata().getUid();

        submit("changed", webApp("changed", ", {\"name\": \"MORE\", \"value\": \"1\"}"));

        soon().untilAsserted(() -> {
            var drivers = new ArrayList<>(pods("changed", "driver"));
            assertThat(drivers).singleElement().satisfies(driver -> assertThat(
                            driver.getMetadata().getUid())
                    .isNotEqualTo(first));
            assertThat(state(application)).isEqualTo("RUNNING");
        });
    }

    @Test
    void whatHasEndedIsRemovedWhenItsTimeToLiveIsOver() {
        catalogue("short-lived", "no JSON");
        var spec = webApp("short-lived", "").replace("\"mode\":", "\"timeToLiveSeconds\": 1, \"mode\":");
        var application = submit("short-lived", spec);

        soon().untilAsserted(() -> assertThat(pods("short-lived", "driver")).hasSize(1));
        soon().untilAsserted(() -> {
            assertThat(application.get()).isNull();
            assertThat(pods("short-lived", "driver")).isEmpty();
        });
    }

    @Test
    void eventsTellTheStory() {
        catalogue("story", "[]");
        becomes("RUNNING", submit("story", webApp("story", "")));

        soon().untilAsserted(() -> assertThat(cluster.client()
                        .v1()
                        .events()
                        .inNamespace(cluster.namespace())
                        .withField("involvedObject.name", "story")
                        .list()
                        .getItems())
                .extracting(event -> event.getReason())
                .contains("SparkApplicationSubmitted", "SparkDriverRunning"));
    }
}
