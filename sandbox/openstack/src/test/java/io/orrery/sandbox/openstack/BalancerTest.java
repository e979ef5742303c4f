package io.orrery.sandbox.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.model.Json;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Load balancers of the emulator; they hold a port, so that their network stays as long as they do. */
class BalancerTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String TYPE = "load-balancer";
    private static final String PATH = "/v2.0/lbaas/loadbalancers";

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
    void saysWhatIsNotEmulated() {
        try (var cloud = OpenStackEmulator.start(OpenStackSettings.defaults())) {
            var api = Api.signIn(CloudEntry.parse(cloud.cloudsYaml(), "sandbox"));

            assertThat(api.get(TYPE, "/v2.0/lbaas/listeners").status()).isEqualTo(501);
            assertThat(api.get(TYPE, "/v2.0/lbaas/nothing").status()).isEqualTo(404);
        }
    }

    private static ObjectNode wish(String singular, String field, String value) {
        return Json.object(singular, Json.object(field, value));
    }

    private static String made(Reply reply, String singular) {
        return Json.text(reply.json().path(singular), "id");
    }
}
