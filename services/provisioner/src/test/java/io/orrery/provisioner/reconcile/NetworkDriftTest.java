package io.orrery.provisioner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.contracts.Slot;
import io.orrery.provisioner.model.Keys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Settings of subnet, router, groups and ports that people change by hand are brought back to what they were. */
class NetworkDriftTest {

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
    void givesTheSubnetItsGatewayAndDhcpBack() {
        var path = path("subnets", Keys.SUBNET);
        var gateway = byHand.get(path).at("/subnet/gateway_ip").asText();
        byHand.put(path, "{\"subnet\": {\"gateway_ip\": null, \"enable_dhcp\": false}}");

        works.pass();

        assertThat(byHand.get(path).at("/subnet/gateway_ip").asText()).isEqualTo(gateway);
        assertThat(byHand.get(path).at("/subnet/enable_dhcp").asBoolean()).isTrue();
    }

    @Test
    void takesRoutesOffTheRouterThatSomebodyPutThere() {
        var path = path("routers", Keys.ROUTER);
        byHand.put(
                path, "{\"router\": {\"routes\": [{\"destination\": \"192.0.2.0/24\", \"nexthop\": \"10.20.0.77\"}]}}");

        works.pass();

        assertThat(byHand.get(path).at("/router/routes")).isEmpty();
    }

    @Test
    void describesASecurityGroupAsItWas() {
        var path = path("security-groups", Keys.AGENTS);
        byHand.put(path, "{\"security_group\": {\"description\": \"mine now\"}}");

        works.pass();

        assertThat(byHand.get(path).at("/security_group/description").asText()).isEqualTo("Kubernetes agents");
    }

    @Test
    void givesAMachineTheAddressBackThatItsNodeIsKnownBy() {
        var slot = works.slots().getFirst();
        var path = path("ports", Keys.port(slot.name(), 0));
        byHand.put(
                path,
                "{\"port\": {\"fixed_ips\": [{\"subnet_id\": \"%s\", \"ip_address\": \"10.20.0.200\"}]}}"
                        .formatted(works.id(Keys.SUBNET)));

        works.pass();

        assertThat(address(path)).isEqualTo(slot.address().orElseThrow());
        assertThat(works.slots()).contains(slot);
    }

    @Test
    void givesAPortThatIsMadeAnewTheAddressOfTheOldOne() {
        var slot = works.slots().getLast();
        var key = Keys.port(slot.name(), 0);
        var lost = works.id(key);
        byHand.delete(path("ports", key));

        works.until(() -> !works.id(key).isEmpty() && !works.id(key).equals(lost));

        assertThat(address(path("ports", key))).isEqualTo(slot.address().orElseThrow());
    }

    @Test
    void guardsAPortAgainWhosePortSecuritySomebodySwitchedOff() {
        var slot = works.slots().stream()
                .filter(it -> it.role() == Slot.Role.SERVER)
                .findFirst()
                .orElseThrow();
        var path = path("ports", Keys.port(slot.name(), 0));
        var before = byHand.get(path).path("port");
        byHand.put(path, """
                {"port": {"security_groups": [], "allowed_address_pairs": [], "port_security_enabled": false}}""");

        works.pass();

        var port = byHand.get(path).path("port");
        assertThat(port.path("port_security_enabled").asBoolean()).isTrue();
        assertThat(port.path("security_groups")).isEqualTo(before.path("security_groups"));
        assertThat(port.path("allowed_address_pairs")).isEqualTo(before.path("allowed_address_pairs"));
    }

    @Test
    void finishesWhatAPortOfTheApiServerLacksThoughItHasNoAddressAtAll() {
        var path = path("ports", Keys.VIP);
        byHand.delete(path("floatingips", Keys.FLOATING_IP));
        byHand.put(path, "{\"port\": {\"fixed_ips\": []}}");

        works.pass();

        assertThat(address(path))
                .isEqualTo(works.infrastructure()
                        .orElseThrow()
                        .foundation()
                        .orElseThrow()
                        .vip());
    }

    private String address(String port) {
        return fixedIps(port).at("/0/ip_address").asText();
    }

    private JsonNode fixedIps(String port) {
        return byHand.get(port).at("/port/fixed_ips");
    }

    private String path(String kind, String key) {
        return ByHand.NETWORK + "/" + kind + "/" + works.id(key);
    }
}
