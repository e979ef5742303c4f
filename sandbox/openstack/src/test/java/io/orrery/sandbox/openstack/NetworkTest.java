package io.orrery.sandbox.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.model.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Neutron; the same against a genuine cloud when OS_CLOUD is set. */
class NetworkTest {
    private static CloudUnderTest cloud;

    @BeforeAll
    static void open() {
        cloud = new CloudUnderTest();
    }

    @AfterAll
    static void close() {
        cloud.close();
    }

    @AfterEach
    void cleanUp() {
        cloud.cleanUp();
    }

    private static Reply post(String path, String singular, ObjectNode fields) {
        return cloud.api().post("network", path, Json.object(singular, fields));
    }

    private static void refused(Reply reply, int status, String type) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(Json.text(reply.json().path("NeutronError"), "type")).isEqualTo(type);
        assertThat(reply.header("X-Openstack-Request-Id")).startsWith("req-");
    }

    private static String id(ObjectNode resource) {
        return Json.text(resource, "id");
    }

    @Test
    void aSubnetHasAGatewayAndAPoolOfTheOtherAddresses() {
        var subnet = cloud.subnet(cloud.network(), "10.20.0.0/24");

        assertThat(Json.text(subnet, "gateway_ip")).isEqualTo("10.20.0.1");
        assertThat(subnet.path("allocation_pools"))
                .isEqualTo(Json.node(List.of(Map.of("start", "10.20.0.2", "end", "10.20.0.254"))));
    }

    @Test
    void subnetsOfOneNetworkMustNotOverlap() {
        var network = cloud.network();
        cloud.subnet(network, "10.20.0.0/24");

        var reply = post(
                "/subnets", "subnet", Json.object("network_id", id(network), "ip_version", 4, "cidr", "10.20.0.0/25"));

        refused(reply, 400, "InvalidInput");
        assertThat(reply.message()).contains("overlaps with another subnet");
    }

    @Test
    void anAddressIsGivenToOnePortOnly() {
        var network = cloud.network();
        cloud.subnet(network, "10.20.0.0/24");
        var wish = Json.object("network_id", id(network), "fixed_ips", List.of(Map.of("ip_address", "10.20.0.9")));
        cloud.make("network", "/ports", "port", wish);

        refused(post("/ports", "port", wish), 409, "IpAddressAlreadyAllocated");
        wish.set("fixed_ips", Json.node(List.of(Map.of("ip_address", "10.99.0.9"))));
        refused(post("/ports", "port", wish), 400, "InvalidIpForNetwork");
    }

    @Test
    void whatIsInUseIsNotDeleted() {
        var network = cloud.network();
        var subnet = cloud.subnet(network, "10.20.0.0/24");
        cloud.router(subnet);
        var api = cloud.api();

        refused(api.delete("network", "/networks/" + id(network)), 409, "NetworkInUse");
        refused(api.delete("network", "/subnets/" + id(subnet)), 409, "SubnetInUse");
        var router = api.get("network", "/routers?name=" + cloud.name("router"))
                .json()
                .path("routers")
                .path(0);
        refused(api.delete("network", "/routers/" + Json.text(router, "id")), 409, "RouterInUse");
        var card = api.get("network", "/ports?device_id=" + Json.text(router, "id"))
                .json()
                .path("ports")
                .path(0);
        refused(api.delete("network", "/ports/" + Json.text(card, "id")), 409, "ServicePortInUse");
    }

    @Test
    void aRouterTakesNoSubnetThatOverlapsAnotherOfItsSubnets() {
        var router = cloud.router(cloud.subnet(cloud.network(), "10.20.0.0/24"));
        var other = cloud.subnet(cloud.network(), "10.20.0.0/25");

        var reply = cloud.api()
                .put(
                        "network",
                        "/routers/" + id(router) + "/add_router_interface",
                        Json.object("subnet_id", id(other)));

        refused(reply, 400, "BadRequest");
        assertThat(reply.message()).startsWith("Bad router request: Cidr 10.20.0.0/25 of subnet");
    }

    @Test
    void aFloatingIpNeedsARouterAndLeadsToOneAddressOnly() {
        var network = cloud.network();
        var subnet = cloud.subnet(network, "10.20.0.0/24");
        var port = cloud.make("network", "/ports", "port", Json.object("network_id", id(network)));
        var wish = Json.object("floating_network_id", cloud.externalNetwork(), "port_id", id(port));
        refused(post("/floatingips", "floatingip", wish), 404, "ExternalGatewayForFloatingIPNotFound");

        var router = cloud.router(subnet);
        var address = cloud.make("network", "/floatingips", "floatingip", wish);

        assertThat(Json.text(address, "router_id")).isEqualTo(id(router));
        assertThat(Json.text(address, "fixed_ip_address"))
                .isEqualTo(Json.text(port.path("fixed_ips").path(0), "ip_address"));
        refused(post("/floatingips", "floatingip", wish), 409, "FloatingIPPortAlreadyAssociated");
        refused(
                cloud.api()
                        .put(
                                "network",
                                "/routers/" + id(router) + "/remove_router_interface",
                                Json.object("subnet_id", id(subnet))),
                409,
                "RouterInterfaceInUseByFloatingIP");
    }

    @Test
    void aDownPortHoldsAnAddressThatOthersAreAllowedToUse() {
        var network = cloud.network();
        cloud.subnet(network, "10.20.0.0/24");
        var vip = cloud.make(
                "network", "/ports", "port", Json.object("network_id", id(network), "admin_state_up", false));
        var address = Json.text(vip.path("fixed_ips").path(0), "ip_address");
        var port = cloud.make(
                "network",
                "/ports",
                "port",
                Json.object(
                        "network_id", id(network), "allowed_address_pairs", List.of(Map.of("ip_address", address))));

        var pair = port.path("allowed_address_pairs").path(0);
        assertThat(Json.text(pair, "ip_address")).isEqualTo(address);
        assertThat(Json.text(pair, "mac_address")).isEqualTo(Json.text(port, "mac_address"));
        assertThat(Json.text(vip, "status")).isEqualTo("DOWN");
    }

    @Test
    void aNewSecurityGroupLetsEverythingOutAndNoTwoOfItsRulesAreTheSame() {
        var group =
                cloud.make("network", "/security-groups", "security_group", Json.object("name", cloud.name("group")));
        assertThat(group.path("security_group_rules").findValuesAsText("direction"))
                .containsExactly("egress", "egress");
        var rule = Json.object(
                "security_group_id",
                id(group),
                "direction",
                "ingress",
                "protocol",
                "tcp",
                "port_range_min",
                22,
                "port_range_max",
                22,
                "remote_ip_prefix",
                "0.0.0.0/0");
        cloud.make("network", "/security-group-rules", "security_group_rule", rule);

        refused(post("/security-group-rules", "security_group_rule", rule), 409, "SecurityGroupRuleExists");
        rule.remove("remote_ip_prefix");
        refused(post("/security-group-rules", "security_group_rule", rule), 409, "SecurityGroupRuleExists");
    }

    @Test
    void aSecurityGroupInUseAndTheDefaultOneStay() {
        var network = cloud.network();
        cloud.subnet(network, "10.20.0.0/24");
        var group =
                cloud.make("network", "/security-groups", "security_group", Json.object("name", cloud.name("used")));
        cloud.make(
                "network",
                "/ports",
                "port",
                Json.object("network_id", id(network), "security_groups", List.of(id(group))));

        refused(cloud.api().delete("network", "/security-groups/" + id(group)), 409, "SecurityGroupInUse");
        refused(
                post("/security-groups", "security_group", Json.object("name", "default")),
                409,
                "SecurityGroupDefaultAlreadyExists");
    }

    @Test
    void listsAreFilteredByFieldsAndTagsAndComeInPages() {
        var network = cloud.network();
        cloud.subnet(network, "10.20.0.0/24");
        Set<String> made = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            made.add(id(cloud.make(
                    "network", "/ports", "port", Json.object("network_id", id(network), "name", cloud.name("p" + i)))));
        }
        var first = made.iterator().next();
        cloud.api().put("network", "/ports/" + first + "/tags", Json.object("tags", List.of("red", "blue")));

        assertThat(ids("/ports?tags=red,blue&fields=id")).containsExactly(first);
        assertThat(ids("/ports?name=" + cloud.name("p1") + "&name=" + cloud.name("p2")))
                .hasSize(2);
        Set<String> seen = new HashSet<>();
        var next = "/ports?limit=2&fields=id&network_id=" + id(network);
        while (!next.isEmpty()) {
            var reply = cloud.api().get("network", next).json();
            assertThat(reply.path("ports").size()).isLessThanOrEqualTo(2);
            reply.path("ports").findValuesAsText("id").forEach(id -> assertThat(seen.add(id))
                    .isTrue());
            next = "";
            for (var link : reply.path("ports_links")) {
                if (Json.text(link, "rel").equals("next")) {
                    var href = Json.text(link, "href");
                    next = href.substring(href.indexOf("/ports?"));
                }
            }
        }
        assertThat(seen).isEqualTo(made);
    }

    private static List<String> ids(String path) {
        return cloud.api().get("network", path).json().path("ports").findValuesAsText("id");
    }

    @Test
    void aBulkRequestMakesAllOrNothing() {
        var network = cloud.network();
        cloud.subnet(network, "10.20.0.0/24");
        var good = Json.object("network_id", id(network), "name", cloud.name("bulk"));
        var bad = Json.object("network_id", id(network), "fixed_ips", List.of(Map.of("ip_address", "10.99.0.1")));

        var reply = cloud.api().post("network", "/ports", Json.object("ports", List.of(good, bad)));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(ids("/ports?name=" + cloud.name("bulk"))).isEmpty();
    }

    @Test
    void malformedWishesAreRefusedInNeutronsWords() {
        refused(post("/networks", "network", Json.object("foo", 1)), 400, "HTTPBadRequest");
        refused(post("/ports", "port", Json.object()), 400, "HTTPBadRequest");
        refused(cloud.api().get("network", "/networks/nope"), 404, "NetworkNotFound");
        refused(cloud.api().get("network", "/nonexistent"), 404, "HTTPNotFound");
        refused(post("/networks", "network", Json.object("shared", true)), 403, "PolicyNotAuthorized");
    }

    @Test
    void theQuotaSaysWhatIsUsed() {
        var path = "/quotas/" + cloud.api().projectId() + "/details";
        int before = cloud.api()
                .get("network", path)
                .json()
                .path("quota")
                .path("network")
                .path("used")
                .asInt();

        cloud.network();

        assertThat(cloud.api()
                        .get("network", path)
                        .json()
                        .path("quota")
                        .path("network")
                        .path("used")
                        .asInt())
                .isEqualTo(before + 1);
    }

    @Test
    void portSecurityStaysOnWhileGroupsOrSharedAddressesNeedIt() {
        var network = cloud.network();
        cloud.subnet(network, "10.20.0.0/24");
        var port = cloud.make(
                "network",
                "/ports",
                "port",
                Json.object(
                        "network_id",
                        id(network),
                        "allowed_address_pairs",
                        List.of(Map.of("ip_address", "10.20.0.9"))));
        var path = "/ports/" + id(port);
        var off = Json.object("port_security_enabled", false);

        refused(change(path, off), 409, "AddressPairAndPortSecurityRequired");
        off.putArray("allowed_address_pairs");
        refused(change(path, off), 409, "PortSecurityPortHasSecurityGroup");
        off.putArray("security_groups");
        assertThat(change(path, off).status()).isEqualTo(200);
        refused(
                change(path, Json.object("security_groups", port.path("security_groups"))),
                400,
                "PortSecurityAndIPRequiredForSecurityGroups");
    }

    private static Reply change(String path, ObjectNode fields) {
        return cloud.api().put("network", path, Json.object("port", fields));
    }
}
