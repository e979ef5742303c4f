package io.orrery.provisioner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.contracts.Phase;
import io.orrery.provisioner.model.Keys;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What people change by hand is put right; all of it on one platform that stands. */
@TestInstance(Lifecycle.PER_CLASS)
class DriftTest {

    private final Works works = new Works(CloudUnderTest.chosen());
    private final ByHand byHand = works.byHand();

    @BeforeAll
    void stand() {
        works.untilReady(Works.SMALL);
    }

    @BeforeEach
    void settle() {
        works.wish(Works.SMALL);
        works.untilSettled();
    }

    @AfterAll
    void close() {
        works.close();
    }

    @Test
    void namesANetworkRightThatSomebodyRenamed() {
        byHand.put(ByHand.NETWORK + "/networks/" + works.id(Keys.NETWORK), "{\"network\": {\"name\": \"mine now\"}}");

        works.pass();

        assertThat(ask("/networks/" + works.id(Keys.NETWORK))
                        .at("/network/name")
                        .asText())
                .isEqualTo("orrery-demo-" + works.uid().shortForm() + "-network");
    }

    @Test
    void makesAPortAnewThatSomebodyDeletedAndPlugsItIn() {
        var slot = works.slots().getFirst();
        var lost = works.id(Keys.port(slot.name(), 0));
        byHand.delete(ByHand.NETWORK + "/ports/" + lost);

        works.until(() -> works.infrastructure().orElseThrow().resources().stream()
                .anyMatch(line -> line.key().equals(Keys.port(slot.name(), 0))
                        && line.id().filter(id -> !id.equals(lost)).isPresent()));
        works.untilInfrastructure(status -> status.phase() == Phase.READY);
        works.pass();

        var port = ask("/ports/" + works.id(Keys.port(slot.name(), 0))).path("port");
        assertThat(port.path("device_id").asText()).isEqualTo(slot.serverId().orElseThrow());
        assertThat(port.path("allowed_address_pairs").toString())
                .contains(works.infrastructure()
                        .orElseThrow()
                        .foundation()
                        .orElseThrow()
                        .vip());
    }

    @Test
    @OnlyOnTheEmulator(
            "a Neutron whose routers have no agent waits for itself; OnACloudTest takes the address off first")
    void keepsTheApiServersAddressWhenItsPortIsMadeAnew() {
        var vip =
                works.infrastructure().orElseThrow().foundation().orElseThrow().vip();
        var lost = works.id(Keys.VIP);
        byHand.delete(ByHand.NETWORK + "/ports/" + lost);

        works.until(() -> !works.id(Keys.VIP).equals(lost));
        works.untilInfrastructure(status -> status.phase() == Phase.READY);

        var port = ask("/ports/" + works.id(Keys.VIP)).path("port");
        assertThat(port.at("/fixed_ips/0/ip_address").asText()).isEqualTo(vip);
        assertThat(ask("/floatingips/" + works.id(Keys.FLOATING_IP))
                        .at("/floatingip/port_id")
                        .asText())
                .isEqualTo(works.id(Keys.VIP));
    }

    @Test
    void bringsSecurityGroupRulesBackAsSetDifference() {
        var group = works.id(Keys.SERVERS);
        var before = rules(group);
        var removed = before.get(5).path("id").asText();
        byHand.delete(ByHand.NETWORK + "/security-group-rules/" + removed);
        byHand.post(ByHand.NETWORK + "/security-group-rules", """
                {"security_group_rule": {"security_group_id": "%s", "direction": "ingress", "ethertype": "IPv4",
                 "protocol": "udp", "port_range_min": 8472, "port_range_max": 8472}}""".formatted(group));

        works.pass();

        var after = rules(group);
        assertThat(after).hasSameSizeAs(before);
        works.pass();
        assertThat(rules(group)).isEqualTo(after);
    }

    @Test
    void opensThePortsToWhomTheDocumentAllowsThem() {
        works.wish(Works.SMALL.replace("attach: [eodata]", "attach: [eodata], allow: {api: [192.0.2.0/24]}"));

        works.pass();

        assertThat(ask("/security-groups/" + works.id(Keys.SERVERS)).toString()).contains("192.0.2.0/24");
    }

    @Test
    void givesTheSubnetItsNameServersBack() {
        var path = "/subnets/" + works.id(Keys.SUBNET);
        byHand.put(ByHand.NETWORK + path, "{\"subnet\": {\"dns_nameservers\": [\"192.0.2.53\"]}}");

        works.pass();

        assertThat(ask(path).at("/subnet/dns_nameservers")).isEmpty();
    }

    @Test
    void leadsTheRouterOutAgain() {
        var path = "/routers/" + works.id(Keys.ROUTER);
        var before = ask(path).at("/router/external_gateway_info/network_id").asText();
        byHand.delete(ByHand.NETWORK + "/floatingips/" + works.id(Keys.FLOATING_IP));
        byHand.put(ByHand.NETWORK + path, "{\"router\": {\"external_gateway_info\": null, \"admin_state_up\": false}}");

        works.pass();

        assertThat(ask(path).at("/router/external_gateway_info/network_id").asText())
                .isEqualTo(before);
        assertThat(ask(path).at("/router/admin_state_up").asBoolean()).isTrue();
    }

    @Test
    void plugsTheRouterIntoTheSubnetAgain() {
        var lost = works.id(Keys.ROUTER_INTERFACE);
        byHand.delete(ByHand.NETWORK + "/floatingips/" + works.id(Keys.FLOATING_IP));
        byHand.put(
                ByHand.NETWORK + "/routers/" + works.id(Keys.ROUTER) + "/remove_router_interface",
                "{\"subnet_id\": \"" + works.id(Keys.SUBNET) + "\"}");

        works.until(() -> !works.id(Keys.ROUTER_INTERFACE).equals(lost)
                && !works.id(Keys.ROUTER_INTERFACE).isEmpty());

        assertThat(ask("/ports/" + works.id(Keys.ROUTER_INTERFACE))
                        .at("/port/device_id")
                        .asText())
                .isEqualTo(works.id(Keys.ROUTER));
    }

    @Test
    void bringsTheFloatingIpBackThatSomebodyLedElsewhere() {
        var path = "/floatingips/" + works.id(Keys.FLOATING_IP);
        var elsewhere = works.id(Keys.port(works.slots().getFirst().name(), 0));
        byHand.put(ByHand.NETWORK + path, "{\"floatingip\": {\"port_id\": \"" + elsewhere + "\"}}");

        works.pass();

        assertThat(ask(path).at("/floatingip/port_id").asText()).isEqualTo(works.id(Keys.VIP));
    }

    @Test
    void setsAPortRightOfWhichSomebodyTookTheGroupsAndTheSharedAddress() {
        var path = "/ports/" + works.id(Keys.port(works.slots().getFirst().name(), 0));
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

    /** In the same order each time. */
    private List<JsonNode> rules(String group) {
        return ask("/security-groups/" + group)
                .at("/security_group/security_group_rules")
                .findParents("direction")
                .stream()
                .sorted(Comparator.comparing(rule -> rule.path("id").asText()))
                .toList();
    }

    private JsonNode ask(String path) {
        return byHand.get(ByHand.NETWORK + path);
    }
}
