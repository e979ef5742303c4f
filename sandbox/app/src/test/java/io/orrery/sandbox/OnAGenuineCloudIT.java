package io.orrery.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.orrery.sandbox.boot.LinkSettings;
import io.orrery.sandbox.boot.LinkedFirmware;
import io.orrery.sandbox.boot.Site;
import io.orrery.sandbox.cloud.CloudEntry;
import io.orrery.sandbox.cloud.CloudException;
import io.orrery.sandbox.cloud.CloudLink;
import io.orrery.sandbox.openstack.OpenStackEmulator;
import io.orrery.sandbox.openstack.OpenStackSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Emulated machines on the servers of another cloud, which knows nothing of them and whose addresses lead nowhere. */
class OnAGenuineCloudIT {

    private final Site site = new Site();

    @TempDir
    private Path data;

    private OpenStackEmulator openstack;
    private CloudEntry entry;
    private CloudClient cloud;

    @BeforeEach
    void start() throws Exception {
        openstack = OpenStackEmulator.start(OpenStackSettings.defaults().withFloatingRange("198.51.100.0/24"));
        var file = data.resolve("clouds.yaml");
        Files.writeString(file, openstack.cloudsYaml());
        entry = CloudEntry.find("sandbox", Map.of("OS_CLIENT_CONFIG_FILE", file.toString()));
        cloud = new CloudClient(openstack.authUrl());
    }

    @AfterEach
    void stop() {
        openstack.close();
    }

    private static ConditionFactory within() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(200));
    }

    @Test
    void serversBootWithWhatTheyWereAskedForWithAndAreReachedThroughTheProxy() throws Exception {
        try (var firmware = new LinkedFirmware(LinkSettings.bare());
                var link = open(firmware)) {
            cloud.askForServersAt(link.compute());
            var network = cloud.network();
            var floating = cloud.floatingAddress(network);
            var first = cloud.server("s1", cloud.port(network), site.initUserData(floating));
            cloud.server("a1", cloud.port(network), site.agentUserData());

            try (var client = site.client(floating, link.apiServers().toString())) {
                awaitNodes(client, "s1", "a1");

                cloud.delete("/compute/v2.1/servers/" + first);
                within().untilAsserted(() -> assertThat(firmware.clusters())
                        .as("the last server is gone")
                        .isEmpty());
            }
        }
    }

    @Test
    void serversBootAgainAfterARestartOfTheSandbox() throws Exception {
        String floating;
        try (var firmware = new LinkedFirmware(LinkSettings.bare());
                var link = open(firmware)) {
            cloud.askForServersAt(link.compute());
            var network = cloud.network();
            floating = cloud.floatingAddress(network);
            cloud.server("s1", cloud.port(network), site.initUserData(floating));
            within().until(() -> firmware.clusters().size() == 1);
        }

        try (var firmware = new LinkedFirmware(LinkSettings.bare());
                var link = open(firmware);
                var client = site.client(floating, link.apiServers().toString())) {
            awaitNodes(client, "s1");
        }
    }

    @Test
    void aServerThatIsSwitchedOffTakesItsNodeWithIt() throws Exception {
        try (var firmware = new LinkedFirmware(LinkSettings.bare());
                var link = open(firmware)) {
            cloud.askForServersAt(link.compute());
            var network = cloud.network();
            var first = cloud.server("s1", cloud.port(network), site.initUserData());
            within().until(() -> firmware.machines().size() == 1);

            cloud.post("/compute/v2.1/servers/" + first + "/action", Map.of("os-stop", Map.of()));

            within().until(() -> firmware.machines().isEmpty());
        }
    }

    @Test
    void theProxyLeadsNowhereElse() throws Exception {
        try (var firmware = new LinkedFirmware(LinkSettings.bare());
                var link = open(firmware);
                var client = site.client("198.51.100.77", link.apiServers().toString())) {
            assertThatThrownBy(() -> client.nodes().list()).isInstanceOf(KubernetesClientException.class);
        }
    }

    @Test
    void theCloudsYamlForTheServicesDiffersInNovasAddressAlone() throws Exception {
        try (var firmware = new LinkedFirmware(LinkSettings.bare());
                var link = open(firmware)) {
            assertThat(entry.withComputeAt(link.compute()))
                    .contains("compute_endpoint_override: \"" + link.compute() + "\"")
                    .contains(openstack.authUrl().toString());
        }
    }

    @Test
    void aCloudThatIsNotInCloudsYamlIsNamedWithTheFile() {
        var file = data.resolve("clouds.yaml");

        assertThatThrownBy(() -> CloudEntry.find("nowhere", Map.of("OS_CLIENT_CONFIG_FILE", file.toString())))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("nowhere")
                .hasMessageContaining(file.toString());
    }

    private CloudLink open(LinkedFirmware firmware) {
        return CloudLink.open(entry, 0, 0, data.resolve("user-data"), firmware);
    }

    private static void awaitNodes(KubernetesClient client, String... names) {
        within().ignoreException(KubernetesClientException.class)
                .untilAsserted(() -> assertThat(client.nodes().list().getItems())
                        .extracting(node -> node.getMetadata().getName())
                        .containsExactlyInAnyOrder(names));
    }
}
