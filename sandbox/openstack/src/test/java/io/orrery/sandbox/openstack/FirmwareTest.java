package io.orrery.sandbox.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.machine.Firmware;
import io.orrery.sandbox.openstack.machine.Machine;
import io.orrery.sandbox.openstack.model.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What firmware is told, and what it can find out. */
class FirmwareTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private final Recorder firmware = new Recorder();
    private OpenStackEmulator emulator;
    private Api api;

    private static final class Recorder implements Firmware {
        private final List<Machine> booted = new CopyOnWriteArrayList<>();
        private final List<String> told = new CopyOnWriteArrayList<>();

        @Override
        public void booted(Machine machine) {
            machine.console().println("login:");
            booted.add(machine);
        }

        @Override
        public void stopped(String id) {
            told.add("stopped " + id);
        }

        @Override
        public void deleted(String id) {
            told.add("deleted " + id);
        }
    }

    @BeforeEach
    void open() {
        emulator = OpenStackEmulator.start(OpenStackSettings.defaults().withFirmware(firmware));
        api = Api.signIn(CloudEntry.parse(emulator.cloudsYaml(), "sandbox"));
    }

    @AfterEach
    void close() {
        emulator.close();
    }

    private ObjectNode make(String type, String path, String singular, ObjectNode fields) {
        var reply = api.post(type, path, Json.object(singular, fields));
        assertThat(reply.status() / 100).as(reply.text()).isEqualTo(2);
        return (ObjectNode) reply.json().path(singular);
    }

    private static String id(ObjectNode resource) {
        return Json.text(resource, "id");
    }

    private Machine boot(String userData, Object networks) {
        var flavor =
                api.get("compute", "/flavors").json().path("flavors").path(0).path("id");
        var image = api.get("image", "/images").json().path("images").path(0).path("id");
        var encoded = Base64.getEncoder().encodeToString(userData.getBytes(StandardCharsets.UTF_8));
        make(
                "compute",
                "/servers",
                "server",
                Json.object(
                        "name", "node",
                        "flavorRef", flavor,
                        "imageRef", image,
                        "networks", networks,
                        "user_data", encoded,
                        "metadata", Map.of("platform", "demo")));
        Awaitility.await().atMost(DEADLINE).until(() -> !firmware.booted.isEmpty());
        return firmware.booted.getFirst();
    }

    @Test
    void aMachineKnowsWhatItWasMadeWith() {
        var machine = boot("#cloud-config\n", List.of());

        assertThat(machine.name()).isEqualTo("node");
        assertThat(machine.metadata()).containsEntry("platform", "demo");
        assertThat(new String(machine.userData(), StandardCharsets.UTF_8)).isEqualTo("#cloud-config\n");
        assertThat(machine.imageName()).isEqualTo("Ubuntu 22.04 LTS");
        assertThat(machine.imageProperties()).containsEntry("os_distro", "ubuntu");
        assertThat(machine.hardware().vcpus()).isEqualTo(1);
        assertThat(machine.isRunning()).isTrue();
        assertThat(emulator.machine(machine.id())).isPresent();
    }

    @Test
    void theFloatingIpOfAVipIsFoundFromTheMachineThatMayUseIt() {
        var external = Json.text(
                api.get("network", "/networks?name=external")
                        .json()
                        .path("networks")
                        .path(0),
                "id");
        var network = make("network", "/networks", "network", Json.object("name", "nodes"));
        var subnet = make(
                "network",
                "/subnets",
                "subnet",
                Json.object("network_id", id(network), "ip_version", 4, "cidr", "10.20.0.0/24"));
        var router = make(
                "network", "/routers", "router", Json.object("external_gateway_info", Map.of("network_id", external)));
        api.put("network", "/routers/" + id(router) + "/add_router_interface", Json.object("subnet_id", id(subnet)));
        var vip = make("network", "/ports", "port", Json.object("network_id", id(network), "admin_state_up", false));
        var address = Json.text(vip.path("fixed_ips").path(0), "ip_address");
        var port = make(
                "network",
                "/ports",
                "port",
                Json.object(
                        "network_id", id(network), "allowed_address_pairs", List.of(Map.of("ip_address", address))));

        var machine = boot("", List.of(Map.of("port", id(port))));
        assertThat(machine.floatingAddress(address)).isEmpty();
        var floating = make(
                "network",
                "/floatingips",
                "floatingip",
                Json.object("floating_network_id", external, "port_id", id(vip)));

        var expected = Json.text(floating, "floating_ip_address");
        assertThat(expected).startsWith("127.64.");
        assertThat(machine.floatingAddress(address)).contains(expected);
        assertThat(emulator.floatingAddress(id(network), address)).contains(expected);
        assertThat(machine.nics())
                .singleElement()
                .satisfies(nic -> assertThat(nic.allowed()).containsExactly(address))
                .satisfies(nic -> assertThat(nic.networkName()).isEqualTo("nodes"));
    }

    @Test
    void aMachineKnowsTheAddressesOfTheLoadBalancersThatLeadToIt() {
        var network = make("network", "/networks", "network", Json.object("name", "nodes"));
        make(
                "network",
                "/subnets",
                "subnet",
                Json.object("network_id", id(network), "ip_version", 4, "cidr", "10.20.0.0/24"));
        var vip = make("network", "/ports", "port", Json.object("network_id", id(network)));
        var port = make("network", "/ports", "port", Json.object("network_id", id(network)));
        var machine = boot("", List.of(Map.of("port", id(port))));
        var member = Map.of("address", machine.nics().getFirst().addresses().getFirst(), "protocol_port", 9345);
        var pool = Map.of("protocol", "TCP", "lb_algorithm", "ROUND_ROBIN", "members", List.of(member));
        var listener = Map.of("protocol", "TCP", "protocol_port", 9345, "default_pool", pool);

        var balancer = make(
                "load-balancer",
                "/v2.0/lbaas/loadbalancers",
                "loadbalancer",
                Json.object("vip_port_id", id(vip), "listeners", List.of(listener)));

        assertThat(machine.nics().getFirst().balanced()).containsExactly(Json.text(balancer, "vip_address"));
    }

    @Test
    void theConsoleIsWhatTheFirmwareWrites() {
        var machine = boot("", List.of());
        machine.console().println("second line");

        var reply = api.post(
                "compute",
                "/servers/" + machine.id() + "/action",
                Json.object("os-getConsoleOutput", Map.of("length", 2)));

        assertThat(Json.text(reply.json(), "output")).isEqualTo("login:\nsecond line\n");
    }

    @Test
    void aGuestSwitchesItsMachineOffAndTheApiShowsIt() {
        var machine = boot("", List.of());

        machine.shutoff();

        var server = api.get("compute", "/servers/" + machine.id()).json().path("server");
        assertThat(Json.text(server, "status")).isEqualTo("SHUTOFF");
        assertThat(machine.isRunning()).isFalse();
        awaitTold("stopped " + machine.id());
    }

    @Test
    void aRebootStopsAndBootsTheFirmwareAndADeletionEndsIt() {
        var machine = boot("", List.of());
        api.post("compute", "/servers/" + machine.id() + "/action", Json.object("reboot", Map.of("type", "HARD")));
        Awaitility.await().atMost(DEADLINE).until(() -> firmware.booted.size() == 2);
        awaitTold("stopped " + machine.id());

        api.delete("compute", "/servers/" + machine.id());

        awaitTold("deleted " + machine.id());
        assertThat(machine.nics()).isEmpty();
        assertThat(emulator.machine(machine.id())).isEmpty();
    }

    private void awaitTold(String what) {
        Awaitility.await().atMost(DEADLINE).until(() -> firmware.told.contains(what));
    }
}
