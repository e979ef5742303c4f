package io.orrery.sandbox.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.model.Json;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Load balancers of the emulator; they hold a port, so that their network stays as long as they do. */
class BalancerTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String TYPE = "load-balancer";
    private static final String LBAAS = "/v2.0/lbaas/";
    private static final String PATH = LBAAS + "loadbalancers";

    @Test
    void holdsItsNetworkUntilItIsGone() {
        try (var cloud = OpenStackEmulator.start(OpenStackSettings.defaults())) {
            var api = Api.signIn(CloudEntry.parse(cloud.cloudsYaml(), "sandbox"));
            var network = made(api.post("network", "/networks", wish("network", "name", "n")), "network");
            api.post(
                    "network",
                    "/subnets",
                    Json.object("subnet", Json.object("network_id", network, "cidr", "10.0.0.0/24", "ip_version", 4)));

            var making = api.post(TYPE, PATH, wish("loadbalancer", "vip_network_id", network));
            assertThat(making.status()).isEqualTo(201);
            var balancer = PATH + "/" + made(making, "loadbalancer");
            assertThat(api.delete(TYPE, balancer).status()).isEqualTo(409);
            await().atMost(DEADLINE).until(() -> api.get(TYPE, balancer).text().contains("ACTIVE"));
            assertThat(api.get(TYPE, PATH).json().path("loadbalancers")).hasSize(1);
            assertThat(api.delete("network", "/networks/" + network).status()).isEqualTo(409);

            assertThat(api.delete(TYPE, balancer + "?cascade=true").status()).isEqualTo(204);
            await().atMost(DEADLINE).until(() -> api.get(TYPE, balancer).status() == 404);
            assertThat(api.delete("network", "/networks/" + network).status()).isEqualTo(204);
        }
    }

    @Test
    void isMadeWithAllThatHangsOnItAndTakesOneChangeAtATime() {
        try (var cloud = OpenStackEmulator.start(OpenStackSettings.defaults())) {
            var api = Api.signIn(CloudEntry.parse(cloud.cloudsYaml(), "sandbox"));
            var port = port(api);
            var tree = Json.object(
                    "name",
                    "b",
                    "vip_port_id",
                    port,
                    "listeners",
                    List.of(Json.object(
                            "protocol",
                            "TCP",
                            "protocol_port",
                            6443,
                            "allowed_cidrs",
                            List.of("10.0.0.0/24"),
                            "default_pool",
                            Json.object(
                                    "protocol",
                                    "TCP",
                                    "lb_algorithm",
                                    "ROUND_ROBIN",
                                    "healthmonitor",
                                    Json.object("type", "TCP", "delay", 5, "timeout", 3, "max_retries", 2),
                                    "members",
                                    List.of(Json.object("address", "10.0.0.11", "protocol_port", 6443))))));
            var balancer = PATH + "/" + made(api.post(TYPE, PATH, Json.object("loadbalancer", tree)), "loadbalancer");

            var pool = api.get(TYPE, LBAAS + "pools").json().path("pools").path(0);
            var members = LBAAS + "pools/" + Json.text(pool, "id") + "/members";
            assertThat(pool.path("healthmonitor_id").isTextual()).isTrue();
            assertThat(api.get(TYPE, LBAAS + "listeners").json().at("/listeners/0/default_pool_id"))
                    .isEqualTo(pool.path("id"));
            assertThat(api.put(TYPE, members, members("10.0.0.12")).status()).isEqualTo(409);
            await().atMost(DEADLINE).until(() -> api.get(TYPE, balancer).text().contains("\"ACTIVE\""));

            assertThat(api.put(TYPE, members, members("10.0.0.12")).status()).isEqualTo(202);
            assertThat(api.put(TYPE, members, members("10.0.0.13")).status()).isEqualTo(409);
            assertThat(api.get(TYPE, members).json().findValuesAsText("address"))
                    .containsExactly("10.0.0.12");
            await().atMost(DEADLINE).until(() -> api.get(TYPE, balancer).text().contains("\"ACTIVE\""));

            assertThat(api.delete(TYPE, balancer).status()).isEqualTo(400);
            assertThat(api.delete(TYPE, balancer + "?cascade=true").status()).isEqualTo(204);
            await().atMost(DEADLINE).until(() -> api.get(TYPE, balancer).status() == 404);
            assertThat(api.get(TYPE, LBAAS + "listeners").json().path("listeners"))
                    .isEmpty();
            assertThat(api.get(TYPE, LBAAS + "pools").json().path("pools")).isEmpty();
            assertThat(api.get("network", "/ports/" + port).status()).isEqualTo(200);
        }
    }

    @Test
    void refusesASecondListenerOnAPortAndMoreBalancersThanThereMayBe() {
        try (var cloud = OpenStackEmulator.start(OpenStackSettings.defaults())) {
            cloud.quota(TYPE, "loadbalancer", 1);
            var api = Api.signIn(CloudEntry.parse(cloud.cloudsYaml(), "sandbox"));
            var port = port(api);
            var id = made(api.post(TYPE, PATH, wish("loadbalancer", "vip_port_id", port)), "loadbalancer");
            var listener = Json.object(
                    "listener", Json.object("loadbalancer_id", id, "protocol", "TCP", "protocol_port", 6443));
            await().atMost(DEADLINE)
                    .until(() -> api.post(TYPE, LBAAS + "listeners", listener).status() == 201);
            await().atMost(DEADLINE)
                    .until(() -> api.get(TYPE, PATH + "/" + id).text().contains("\"ACTIVE\""));

            var second = api.post(TYPE, LBAAS + "listeners", listener);
            assertThat(second.status()).isEqualTo(409);
            assertThat(second.text()).contains("already using protocol_port 6443");
            assertThat(api.post(TYPE, PATH, wish("loadbalancer", "vip_port_id", port))
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void saysWhatIsNotEmulated() {
        try (var cloud = OpenStackEmulator.start(OpenStackSettings.defaults())) {
            var api = Api.signIn(CloudEntry.parse(cloud.cloudsYaml(), "sandbox"));

            assertThat(api.get(TYPE, LBAAS + "l7policies").status()).isEqualTo(501);
            assertThat(api.get(TYPE, LBAAS + "nothing").status()).isEqualTo(404);
            assertThat(api.post(
                                    TYPE,
                                    PATH,
                                    Json.object(
                                            "loadbalancer",
                                            Json.object("vip_port_id", port(api), "flavor_id", "large")))
                            .status())
                    .isEqualTo(501);
        }
    }

    private static ObjectNode members(String address) {
        return Json.object("members", List.of(Json.object("address", address, "protocol_port", 6443)));
    }

    /** On a network of its own. */
    private static String port(Api api) {
        var network = made(api.post("network", "/networks", wish("network", "name", "n")), "network");
        api.post(
                "network",
                "/subnets",
                Json.object("subnet", Json.object("network_id", network, "cidr", "10.0.0.0/24", "ip_version", 4)));
        return made(api.post("network", "/ports", wish("port", "network_id", network)), "port");
    }

    private static ObjectNode wish(String singular, String field, String value) {
        return Json.object(singular, Json.object(field, value));
    }

    private static String made(Reply reply, String singular) {
        return Json.text(reply.json().path(singular), "id");
    }
}
