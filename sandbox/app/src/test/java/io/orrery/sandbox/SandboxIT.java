package io.orrery.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.orrery.sandbox.backbone.BackboneException;
import io.orrery.sandbox.boot.Site;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxIT {
    @TempDir
    private Path data;

    private final Site site = new Site();

    private static ConditionFactory within() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(200));
    }

    @Test
    void serversOfTheCloudBecomeNodesOfAClusterAtTheFloatingAddressOfItsVirtualOne() throws Exception {
        try (var sandbox = Sandbox.start(SandboxSettings.free(data))) {
            var cloud = new CloudClient(sandbox.endpoints().openstack().authUrl());
            var network = network(cloud);
            var floating = floatingAddress(cloud, network);
            var first = server(cloud, "s1", port(cloud, network), site.initUserData());
            var agent = server(cloud, "a1", port(cloud, network), site.agentUserData());

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

    private static String network(CloudClient cloud) throws IOException, InterruptedException {
        var network = cloud.post("/network/v2.0/networks", Map.of("network", Map.of("name", "site")))
                .at("/network/id")
                .asText();
        var subnet = cloud.post(
                        "/network/v2.0/subnets",
                        Map.of("subnet", Map.of("network_id", network, "ip_version", 4, "cidr", "10.20.0.0/24")))
                .at("/subnet/id")
                .asText();
        var router = cloud.post(
                        "/network/v2.0/routers",
                        Map.of(
                                "router",
                                Map.of("name", "site", "external_gateway_info", Map.of("network_id", external(cloud)))))
                .at("/router/id")
                .asText();
        cloud.put("/network/v2.0/routers/" + router + "/add_router_interface", Map.of("subnet_id", subnet));
        return network;
    }

    private static String external(CloudClient cloud) throws IOException, InterruptedException {
        return cloud.get("/network/v2.0/networks?name=external")
                .at("/networks/0/id")
                .asText();
    }

    private static String floatingAddress(CloudClient cloud, String network) throws IOException, InterruptedException {
        var vip = cloud.post(
                        "/network/v2.0/ports",
                        Map.of(
                                "port",
                                Map.of(
                                        "network_id",
                                        network,
                                        "fixed_ips",
                                        List.of(Map.of("ip_address", Site.VIP)),
                                        "admin_state_up",
                                        false)))
                .at("/port/id")
                .asText();
        return cloud.post(
                        "/network/v2.0/floatingips",
                        Map.of("floatingip", Map.of("floating_network_id", external(cloud), "port_id", vip)))
                .at("/floatingip/floating_ip_address")
                .asText();
    }

    private static String port(CloudClient cloud, String network) throws IOException, InterruptedException {
        return cloud.post(
                        "/network/v2.0/ports",
                        Map.of(
                                "port",
                                Map.of(
                                        "network_id",
                                        network,
                                        "allowed_address_pairs",
                                        List.of(Map.of("ip_address", Site.VIP)))))
                .at("/port/id")
                .asText();
    }

    private static String server(CloudClient cloud, String name, String port, byte[] userData)
            throws IOException, InterruptedException {
        var image = cloud.get("/image/v2/images").at("/images/0/id").asText();
        var flavor = cloud.get("/compute/v2.1/flavors").at("/flavors/0/id").asText();
        return cloud.post(
                        "/compute/v2.1/servers",
                        Map.of(
                                "server",
                                Map.of(
                                        "name",
                                        name,
                                        "imageRef",
                                        image,
                                        "flavorRef",
                                        flavor,
                                        "networks",
                                        List.of(Map.of("port", port)),
                                        "user_data",
                                        Base64.getEncoder().encodeToString(userData))))
                .at("/server/id")
                .asText();
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
