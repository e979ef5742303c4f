package io.orrery.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.orrery.sandbox.backbone.BackboneException;
import io.orrery.sandbox.boot.Site;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxIT {
    @TempDir
    private Path data;

    private final Site site = new Site();

    private static ConditionFactory within() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(200));
    }

    @Test
    void serversOfTheCloudBecomeNodesOfAClusterAtTheFloatingAddressOfItsVirtualOne() throws Exception {
        try (var sandbox = Sandbox.start(SandboxSettings.free(data))) {
            var cloud = new CloudClient(sandbox.endpoints().openstack().authUrl());
            var network = cloud.network();
            var floating = cloud.floatingAddress(network);
            var first = cloud.server("s1", cloud.port(network), site.initUserData());
            var agent = cloud.server("a1", cloud.port(network), site.agentUserData());

            try (var client = site.client(floating)) {
                awaitNodes(client, "s1", "a1");
                assertThat(client.nodes().withName("a1").get().getStatus().getCapacity())
                        .containsKey("cpu");
                assertThat(console(cloud, agent)).contains("Started rke2-agent.service");

                cloud.delete("/compute/v2.1/servers/" + first);
                within().untilAsserted(() -> assertThatExceptionOfType(KubernetesClientException.class)
                        .isThrownBy(() -> client.nodes().list()));
            }
        }
    }

    @Test
    void openEosZooKeeperIsTheGenuineProgramBehindAForwardedPort() throws Exception {
        try (var sandbox = Sandbox.start(SandboxSettings.free(data))) {
            var cloud = new CloudClient(sandbox.endpoints().openstack().authUrl());
            var network = cloud.network();
            var floating = cloud.floatingAddress(network);
            cloud.server("s1", cloud.port(network), site.initUserData());
            cloud.server("a1", cloud.port(network), site.agentUserData());

            try (var client = site.client(floating)) {
                awaitNodes(client, "s1", "a1");
                client.resource(zookeeper()).create();
                var pod = client.pods().inNamespace("default").withName("zookeeper-0");
                within().until(pod::isReady);

                try (var forward = pod.portForward(2181);
                        var socket = new Socket(InetAddress.getLoopbackAddress(), forward.getLocalPort())) {
                    socket.getOutputStream().write("srvr".getBytes(StandardCharsets.US_ASCII));
                    assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                            .startsWith("Zookeeper version");
                }
            }
        }
    }

    private static Pod zookeeper() {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("zookeeper-0")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("zookeeper")
                .withImage("zookeeper:3.9.3")
                .endContainer()
                .addNewToleration()
                .withOperator("Exists")
                .endToleration()
                .endSpec()
                .build();
    }

    private static void awaitNodes(KubernetesClient client, String... names) {
        within().ignoreException(KubernetesClientException.class)
                .untilAsserted(() -> assertThat(client.nodes().list().getItems())
                        .filteredOn(SandboxIT::isReady)
                        .extracting(node -> node.getMetadata().getName())
                        .containsExactlyInAnyOrder(names));
    }

    private static boolean isReady(Node node) {
        return node.getStatus() != null
                && node.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    private static String console(CloudClient cloud, String server) throws IOException, InterruptedException {
        return cloud.post(
                        "/compute/v2.1/servers/" + server + "/action",
                        Map.of("os-getConsoleOutput", Map.of("length", 50)))
                .path("output")
                .asText();
    }

    @Test
    void whereEverythingIsStandsInAFileThatGoesWithTheSandbox() throws Exception {
        var file = data.resolve("sandbox.json");
        try (var sandbox = Sandbox.start(SandboxSettings.free(data))) {
            var written = new ObjectMapper().readTree(Files.readString(file));

            assertThat(written).isEqualTo(new ObjectMapper().readTree(sandbox.endpointsJson()));
            assertThat(written.path("kafka").asText())
                    .isEqualTo(sandbox.backbone().kafka().bootstrapServers());
            assertThat(written.at("/s3/endpoint").asText()).startsWith("http://127.0.0.1:");
            assertThat(Path.of(written.at("/openstack/cloudsYaml").asText()))
                    .content()
                    .contains(written.at("/openstack/authUrl").asText());
            assertThat(URI.create(written.path("status").asText()).toURL().openStream())
                    .asString(StandardCharsets.UTF_8)
                    .contains("\"machines\":[]");
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void allPortsThatAreTakenAreToldAtOnce(@TempDir Path other) throws IOException {
        try (var kafka = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            var offset = kafka.getLocalPort() - 9092;

            assertThatExceptionOfType(BackboneException.class)
                    .isThrownBy(() -> Sandbox.start(SandboxSettings.usual(other, offset)))
                    .withMessageContaining("Kafka (port " + kafka.getLocalPort() + ")");
            assertThat(other.resolve("sandbox.json")).doesNotExist();
        }
    }
}
