package io.orrery.provisioner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.contracts.Phase;
import io.orrery.contracts.Resource;
import io.orrery.contracts.Slot;
import io.orrery.provisioner.model.Keys;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people change by hand is put right, or told, as the document says. */
class DriftTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Works works = new Works();
    private final ByHand byHand = works.byHand();

    @BeforeEach
    void stand() {
        works.untilReady();
    }

    @AfterEach
    void close() {
        works.close();
    }

    @Test
    void namesANetworkRightThatSomebodyRenamed() {
        byHand.put(ByHand.NETWORK + "/networks/" + id(Keys.NETWORK), "{\"network\": {\"name\": \"mine now\"}}");

        works.pass();

        assertThat(works.cloud.inventory().names("network"))
                .contains("orrery-demo-" + works.uid().shortForm() + "-network")
                .doesNotContain("mine now");
    }

    @Test
    void makesAPortAnewThatSomebodyDeletedAndPlugsItIn() {
        var slot = works.slots().getFirst();
        var lost = id(Keys.port(slot.name(), 0));
        byHand.delete(ByHand.NETWORK + "/ports/" + lost);

        works.until(() -> works.infrastructure().orElseThrow().resources().stream()
                .anyMatch(line -> line.key().equals(Keys.port(slot.name(), 0))
                        && line.id().filter(id -> !id.equals(lost)).isPresent()));
        works.untilInfrastructure(status -> status.phase() == Phase.READY);
        works.pass();

        var port = ask("/ports/" + id(Keys.port(slot.name(), 0))).path("port");
        assertThat(port.path("device_id").asText()).isEqualTo(slot.serverId().orElseThrow());
        assertThat(port.path("allowed_address_pairs").toString())
                .contains(works.infrastructure()
                        .orElseThrow()
                        .foundation()
                        .orElseThrow()
                        .vip());
    }

    @Test
    void keepsTheApiServersAddressWhenItsPortIsMadeAnew() {
        var vip =
                works.infrastructure().orElseThrow().foundation().orElseThrow().vip();
        var lost = id(Keys.VIP);
        byHand.delete(ByHand.NETWORK + "/ports/" + lost);

        works.until(() -> !id(Keys.VIP).equals(lost));
        works.untilInfrastructure(status -> status.phase() == Phase.READY);

        var port = ask("/ports/" + id(Keys.VIP)).path("port");
        assertThat(port.at("/fixed_ips/0/ip_address").asText()).isEqualTo(vip);
        assertThat(ask("/floatingips/" + id(Keys.FLOATING_IP))
                        .at("/floatingip/port_id")
                        .asText())
                .isEqualTo(id(Keys.VIP));
    }

    @Test
    void bringsSecurityGroupRulesBackAsSetDifference() {
        var group = id(Keys.SERVERS);
        var before = rules(group);
        var removed = ask("/security-groups/" + group)
                .at("/security_group/security_group_rules/5/id")
                .asText();
        byHand.delete(ByHand.NETWORK + "/security-group-rules/" + removed);
        byHand.post(ByHand.NETWORK + "/security-group-rules", """
                {"security_group_rule": {"security_group_id": "%s", "direction": "ingress", "ethertype": "IPv4",
                 "protocol": "udp", "port_range_min": 8472, "port_range_max": 8472}}""".formatted(group));

        works.pass();

        assertThat(rules(group)).hasSameSizeAs(before);
        works.cloud.resetCalls();
        works.pass();
        assertThat(works.cloud.calls().keySet()).allMatch(call -> call.verb().equals("GET"));
    }

    @Test
    void opensThePortsToWhomTheDocumentAllowsThem() {
        works.wish(Works.DOCUMENT.replace(
                "network: {attach: [eodata]}", "network: {attach: [eodata], allow: {api: [192.0.2.0/24]}}"));

        works.pass();

        assertThat(ask("/security-groups/" + id(Keys.SERVERS)).toString()).contains("192.0.2.0/24");
    }

    @Test
    void givesTheSubnetItsNameServersBack() {
        var path = "/subnets/" + id(Keys.SUBNET);
        byHand.put(ByHand.NETWORK + path, "{\"subnet\": {\"dns_nameservers\": [\"192.0.2.53\"]}}");

        works.pass();

        assertThat(ask(path).at("/subnet/dns_nameservers")).isEmpty();
    }

    @Test
    void leadsTheRouterOutAgain() {
        var path = "/routers/" + id(Keys.ROUTER);
        var before = ask(path).at("/router/external_gateway_info/network_id").asText();
        byHand.delete(ByHand.NETWORK + "/floatingips/" + id(Keys.FLOATING_IP));
        byHand.put(ByHand.NETWORK + path, "{\"router\": {\"external_gateway_info\": null, \"admin_state_up\": false}}");

        works.pass();

        assertThat(ask(path).at("/router/external_gateway_info/network_id").asText())
                .isEqualTo(before);
        assertThat(ask(path).at("/router/admin_state_up").asBoolean()).isTrue();
    }

    @Test
    void plugsTheRouterIntoTheSubnetAgain() {
        var lost = id(Keys.ROUTER_INTERFACE);
        byHand.delete(ByHand.NETWORK + "/floatingips/" + id(Keys.FLOATING_IP));
        byHand.put(
                ByHand.NETWORK + "/routers/" + id(Keys.ROUTER) + "/remove_router_interface",
                "{\"subnet_id\": \"" + id(Keys.SUBNET) + "\"}");

        works.until(() -> !id(Keys.ROUTER_INTERFACE).equals(lost)
                && !id(Keys.ROUTER_INTERFACE).isEmpty());

        assertThat(ask("/ports/" + id(Keys.ROUTER_INTERFACE))
                        .at("/port/device_id")
                        .asText())
                .isEqualTo(id(Keys.ROUTER));
    }

    @Test
    void bringsTheFloatingIpBackThatSomebodyLedElsewhere() {
        var path = "/floatingips/" + id(Keys.FLOATING_IP);
        var elsewhere = id(Keys.port(works.slots().getFirst().name(), 0));
        byHand.put(ByHand.NETWORK + path, "{\"floatingip\": {\"port_id\": \"" + elsewhere + "\"}}");

        works.pass();

        assertThat(ask(path).at("/floatingip/port_id").asText()).isEqualTo(id(Keys.VIP));
    }

    @Test
    void setsAPortRightOfWhichSomebodyTookTheGroupsAndTheSharedAddress() {
        var path = "/ports/" + id(Keys.port(works.slots().getFirst().name(), 0));
        var before = ask(path).path("port");
        byHand.put(ByHand.NETWORK + path, "{\"port\": {\"allowed_address_pairs\": [], \"security_groups\": []}}");

        works.pass();

        assertThat(ask(path).at("/port/security_groups")).isEqualTo(before.path("security_groups"));
        assertThat(ask(path).at("/port/allowed_address_pairs")).isEqualTo(before.path("allowed_address_pairs"));
    }

    @Test
    void marksAServerAgainOfWhichSomebodyChangedNameAndMetadata() {
        var slot = works.slots().getFirst();
        var path = "/servers/" + slot.serverId().orElseThrow();
        byHand.put(ByHand.COMPUTE + path, "{\"server\": {\"name\": \"mine\"}}");
        byHand.put(ByHand.COMPUTE + path + "/metadata", "{\"metadata\": {\"theirs\": \"stays\"}}");

        works.pass();

        var server = byHand.get(ByHand.COMPUTE + path).path("server");
        assertThat(server.path("name").asText()).isEqualTo(slot.name());
        assertThat(server.at("/metadata/orrery.slot").asText()).isEqualTo(slot.name());
        assertThat(server.at("/metadata/theirs").asText()).isEqualTo("stays");
    }

    @Test
    void tellsWhatIsWrongWithABorrowedRouterAndDoesNotTouchIt() {
        works.untilRemoved();
        var external = ask("/networks?name=external").at("/networks/0/id").asText();
        var router = byHand.make(
                ByHand.NETWORK + "/routers",
                "{\"router\": {\"name\": \"theirs\", \"external_gateway_info\": {\"network_id\": \"" + external
                        + "\"}}}");
        works.wish(Works.DOCUMENT.replace(
                "network: {attach: [eodata]}", "network: {attach: [eodata], borrow: {router: theirs}}"));
        works.untilInfrastructure(status -> status.foundation().isPresent());
        byHand.delete(ByHand.NETWORK + "/floatingips/" + id(Keys.FLOATING_IP));
        byHand.put(ByHand.NETWORK + "/routers/" + router, "{\"router\": {\"external_gateway_info\": null}}");

        works.untilInfrastructure(status -> status.conditions().stream()
                .anyMatch(condition -> condition.type().equals("BorrowedFits")
                        && condition.message().contains("router theirs does not lead to the external network")));

        assertThat(ask("/routers/" + router).at("/router/external_gateway_info").isNull())
                .isTrue();
    }

    @Test
    void tellsOfAMachineWhoseVolumeSomebodyDetachedAlsoBesideVolumesOfPods() {
        works.standCluster(Set.of());
        works.wish(Works.DOCUMENT.replace(
                "agent, count: 2, flavor: eo1.large", "agent, count: 1, flavor: eo1.large, volume: {size: 5}"));
        works.until(() -> {
            works.standCluster(works.slots().stream()
                    .filter(slot -> slot.state() == Slot.State.RETIRING)
                    .map(Slot::name)
                    .collect(Collectors.toSet()));
            return works.infrastructure().orElseThrow().phase() == Phase.READY
                    && works.slots().size() == 4;
        });
        var machine = works.slots().stream()
                .filter(slot -> slot.pool().equals("workers"))
                .findFirst()
                .orElseThrow();
        var volumes = ByHand.COMPUTE + "/servers/" + machine.serverId().orElseThrow() + "/os-volume_attachments";
        var ofPods = byHand.make(ByHand.VOLUME + "/volumes", "{\"volume\": {\"size\": 1}}");
        Awaitility.await().atMost(DEADLINE).until(() -> byHand.get(ByHand.VOLUME + "/volumes/" + ofPods)
                .at("/volume/status")
                .asText()
                .equals("available"));
        byHand.post(volumes, "{\"volumeAttachment\": {\"volumeId\": \"" + ofPods + "\"}}");
        works.pass();
        assertThat(works.infrastructure().orElseThrow().phase()).isEqualTo(Phase.READY);
        var own = byHand.get(volumes).findValuesAsText("volumeId").stream()
                .filter(id -> !id.equals(ofPods))
                .findFirst()
                .orElseThrow();

        byHand.delete(volumes + "/" + own);

        works.untilInfrastructure(status -> status.conditions().stream()
                .anyMatch(condition -> condition.type().equals("Drift")
                        && condition.message().contains("give machine " + machine.name() + " its volume back")));
        assertThat(works.infrastructure().orElseThrow().phase()).isEqualTo(Phase.DEGRADED);
    }

    @Test
    void replacesNoMachineWhereTheDocumentWantsToBeToldOnly() {
        works.standCluster(Set.of());
        works.wish(Works.DOCUMENT + "  policy: {drift: report}\n");
        works.untilInfrastructure(status -> status.phase() == Phase.READY && status.observedGeneration() == 2);
        var before = works.slots().stream().map(Slot::name).toList();
        works.cloud.fail(works.slots().getLast().serverId().orElseThrow(), "power");

        works.untilInfrastructure(status -> status.phase() == Phase.DEGRADED);
        works.restart();
        works.pass();
        works.pass();

        assertThat(works.slots()).extracting(Slot::name).isEqualTo(before);
        assertThat(works.infrastructure().orElseThrow().conditions())
                .anyMatch(condition -> condition.reason().equals("NotRepaired")
                        && condition.message().contains("power (req-"));
    }

    @Test
    void onlyTellsWhatDiffersWhereTheDocumentSaysSo() {
        works.wish(Works.DOCUMENT + "  policy: {drift: report}\n");
        works.untilInfrastructure(status -> status.phase() == Phase.READY && status.observedGeneration() == 2);
        byHand.put(ByHand.NETWORK + "/networks/" + id(Keys.NETWORK), "{\"network\": {\"name\": \"mine now\"}}");

        works.pass();

        assertThat(works.cloud.inventory().names("network")).contains("mine now");
        var status = works.infrastructure().orElseThrow();
        assertThat(status.phase()).isEqualTo(Phase.DEGRADED);
        assertThat(status.conditions())
                .anyMatch(condition ->
                        condition.type().equals("Drift") && condition.message().contains("name network"));
    }

    private String id(String key) {
        return works.infrastructure().orElseThrow().resources().stream()
                .filter(line -> line.key().equals(key) && line.state() == Resource.State.PRESENT)
                .findFirst()
                .flatMap(line -> line.id())
                .orElse("");
    }

    private JsonNode rules(String group) {
        return ask("/security-groups/" + group).at("/security_group/security_group_rules");
    }

    private JsonNode ask(String path) {
        return byHand.get(ByHand.NETWORK + path);
    }
}
