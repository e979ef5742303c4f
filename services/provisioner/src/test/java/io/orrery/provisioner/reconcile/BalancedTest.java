package io.orrery.provisioner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.contracts.Certificate;
import io.orrery.contracts.Condition;
import io.orrery.contracts.Foundation;
import io.orrery.contracts.Phase;
import io.orrery.contracts.Resource;
import io.orrery.contracts.Slot;
import io.orrery.provisioner.model.Keys;
import io.orrery.reconciler.loop.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Platforms whose API server's address a load balancer has. */
class BalancedTest {

    private static final String LBAAS = ByHand.BALANCER + "/lbaas";

    static final String DOCUMENT = Works.DOCUMENT
            .replace("attach: [eodata]", "api: {endpoint: octavia}, allow: {api: [192.0.2.0/24]}")
            .replace("server, count: 3", "server, count: 1")
            .replace("agent, count: 2", "agent, count: 1");

    private final Works works = new Works();
    private final ByHand byHand = works.byHand();

    @AfterEach
    void close() {
        works.close();
    }

    @Test
    void leadsTheApiServersAddressToTheServersOnceEverybodyIsLetInWhoMay() {
        works.untilReady(DOCUMENT);

        var balancer = balancer();
        assertThat(balancer.path("provisioning_status").asText()).isEqualTo("ACTIVE");
        assertThat(balancer.path("vip_address").asText()).isEqualTo(foundation().vip());
        assertThat(byHand.get(ByHand.NETWORK + "/floatingips").at("/floatingips/0/port_id"))
                .isEqualTo(balancer.path("vip_port_id"));
        assertThat(addresses(6443)).containsExactlyInAnyOrderElementsOf(servers());
        assertThat(addresses(9345)).containsExactlyInAnyOrderElementsOf(servers());
        assertThat(members(9345)).allSatisfy(member -> {
            assertThat(member.path("monitor_port").asInt()).isEqualTo(6443);
            assertThat(member.path("provisioning_status").asText()).isEqualTo("ACTIVE");
        });
        assertThat(texts(listener(6443).path("allowed_cidrs")))
                .containsExactlyInAnyOrder("192.0.2.0/24", "10.20.0.0/24");
        assertThat(texts(listener(9345).path("allowed_cidrs"))).containsExactly("10.20.0.0/24");
        assertThat(condition("LoadBalancerReady").status()).isEqualTo(Condition.Status.TRUE);
    }

    @Test
    void isMadeInOneCallAndThenLookedAtByOneListForEachKindOfPart() {
        works.untilReady(DOCUMENT);
        assertThat(works.cloud.calls().entrySet())
                .filteredOn(call -> call.getKey().service().equals("load-balancer")
                        && !call.getKey().verb().equals("GET"))
                .singleElement()
                .satisfies(call -> assertThat(call.getValue()).isEqualTo(1));
        works.pass();
        works.cloud.resetCalls();

        assertThat(works.pass()).isInstanceOf(Outcome.Converged.class);

        assertThat(works.cloud.calls()).allSatisfy((call, count) -> {
            assertThat(call.verb()).isEqualTo("GET");
            assertThat(count).isEqualTo(1);
        });
        assertThat(works.cloud.calls().keySet())
                .filteredOn(call -> call.service().equals("load-balancer"))
                .hasSize(4);
    }

    @Test
    void leadsToServersThatComeAndNoMoreToThoseThatGo() {
        works.untilReady(DOCUMENT);
        works.standCluster(Set.of());

        works.wish(DOCUMENT.replace("server, count: 1", "server, count: 3"));
        works.untilInfrastructure(
                status -> status.phase() == Phase.READY && servers().size() == 3);
        assertThat(addresses(6443)).containsExactlyInAnyOrderElementsOf(servers());
        assertThat(addresses(9345)).containsExactlyInAnyOrderElementsOf(servers());

        works.wish(DOCUMENT);
        works.until(() -> retiring().isPresent());
        var leaving = retiring().orElseThrow();
        works.until(() -> !addresses(9345).contains(leaving.address().orElseThrow()));
        assertThat(works.cloud.inventory().names("server")).contains(leaving.name());
    }

    @Test
    void bringsBackWhatSomebodyTookOffOrChanged() {
        works.untilReady(DOCUMENT);
        byHand.delete(LBAAS + "/pools/" + pool(6443) + "/members/"
                + members(6443).getFirst().path("id").asText());
        works.untilReadyAgain();
        assertThat(addresses(6443)).containsExactlyInAnyOrderElementsOf(servers());

        byHand.delete(LBAAS + "/pools/" + pool(9345));
        works.untilReadyAgain();
        assertThat(addresses(9345)).containsExactlyInAnyOrderElementsOf(servers());
        assertThat(listener(9345).path("default_pool_id").asText()).isEqualTo(pool(9345));

        byHand.delete(LBAAS + "/listeners/" + listener(6443).path("id").asText());
        works.untilReadyAgain();
        assertThat(texts(listener(6443).path("allowed_cidrs"))).contains("192.0.2.0/24");

        var monitor = one("healthmonitors").path("id").asText();
        byHand.put(LBAAS + "/healthmonitors/" + monitor, "{\"healthmonitor\": {\"delay\": 600}}");
        works.untilReadyAgain();
        assertThat(byHand.get(LBAAS + "/healthmonitors/" + monitor)
                        .at("/healthmonitor/delay")
                        .asInt())
                .isEqualTo(5);
    }

    @Test
    void opensItToWhomTheDocumentAllowsIt() {
        works.untilReady(DOCUMENT);

        works.wish(DOCUMENT.replace("192.0.2.0/24", "198.51.100.0/24"));
        works.untilReadyAgain();

        assertThat(texts(listener(6443).path("allowed_cidrs")))
                .containsExactlyInAnyOrder("198.51.100.0/24", "10.20.0.0/24");
    }

    @Test
    void keepsTheAddressWhenItIsMadeAnewBecauseItHasFailed() {
        works.untilReady(DOCUMENT);
        var before = foundation();
        var failed = balancer().path("id").asText();
        works.cloud.failBalancer(failed);

        works.until(() -> works.infrastructure().orElseThrow().phase() != Phase.READY);
        works.untilInfrastructure(status -> status.phase() == Phase.READY);

        assertThat(balancer().path("id").asText()).isNotEqualTo(failed);
        assertThat(foundation()).isEqualTo(before);
        assertThat(addresses(6443)).containsExactlyInAnyOrderElementsOf(servers());
    }

    @Test
    void leavesAFailedOneAloneWhereTheDocumentWantsItToldOnly() {
        works.untilReady(DOCUMENT + "  policy: {drift: report}\n");
        var failed = balancer().path("id").asText();
        works.cloud.failBalancer(failed);

        works.pass();

        assertThat(balancer().path("id").asText()).isEqualTo(failed);
        assertThat(condition("LoadBalancerReady").message()).contains("ERROR").contains(failed);
        assertThat(works.infrastructure().orElseThrow().phase()).isEqualTo(Phase.DEGRADED);
    }

    @Test
    void takesAllOfItAwayAndCertifiesThat() {
        works.untilReady(DOCUMENT);
        var id = balancer().path("id").asText();

        works.untilRemoved();

        assertThat(works.ours()).isEmpty();
        assertThat(works.infrastructure()
                        .orElseThrow()
                        .certificate()
                        .orElseThrow()
                        .entries())
                .extracting(Certificate.Entry::id)
                .contains(id);
    }

    @Test
    void makesNothingWhereTheCloudHasNoLoadBalancers() {
        works.cloudsYaml(
                works.cloud.cloudsYaml().replace("    auth:", "    load_balancer_service_type: none\n    auth:"));
        works.wish(DOCUMENT);

        works.pass();

        assertThat(works.infrastructure().orElseThrow().phase()).isEqualTo(Phase.FAILED);
        assertThat(works.infrastructure().orElseThrow().conditions())
                .anyMatch(condition -> condition.reason().equals("LoadBalancersMissing"));
        assertThat(works.preview(DOCUMENT).problems())
                .anyMatch(problem -> problem.reason().equals("LoadBalancersMissing"));
        assertThat(works.ours()).isEmpty();
    }

    @Test
    void makesNothingWhereThereIsNoRoomForOneMore() {
        works.cloud.quota("load-balancer", "loadbalancer", 0);
        works.wish(DOCUMENT);

        works.pass();

        assertThat(condition("Preflight").message()).isEqualTo("load balancers: 1 more wanted, 0 free of 0: 1 short");
        assertThat(works.ours()).isEmpty();
    }

    @Test
    void isInThePlan() {
        assertThat(works.preview(DOCUMENT).steps())
                .extracting(Preview.Line::step)
                .contains("create load balancer orrery-demo-00000000-api");
        works.untilReady(DOCUMENT);

        assertThat(works.preview(DOCUMENT).steps()).isEmpty();
        assertThat(works.preview(DOCUMENT.replace("endpoint: octavia", "endpoint: vip"))
                        .problems())
                .anyMatch(problem -> problem.message().startsWith("spec.network.api.endpoint cannot be changed"));
    }

    private Foundation foundation() {
        return works.infrastructure().orElseThrow().foundation().orElseThrow();
    }

    private Condition condition(String type) {
        return works.infrastructure().orElseThrow().conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    /** Addresses of those that are to stay. */
    private Set<String> servers() {
        return works.slots().stream()
                .filter(slot -> slot.role() == Slot.Role.SERVER)
                .flatMap(slot -> slot.address().stream())
                .collect(Collectors.toSet());
    }

    private Optional<Slot> retiring() {
        return works.slots().stream()
                .filter(slot -> slot.state() == Slot.State.RETIRING)
                .findFirst();
    }

    private JsonNode balancer() {
        return one("loadbalancers");
    }

    private JsonNode one(String plural) {
        return byHand.get(LBAAS + "/" + plural).path(plural).path(0);
    }

    private JsonNode listener(int port) {
        return byHand.get(LBAAS + "/listeners?protocol_port=" + port).at("/listeners/0");
    }

    private String pool(int port) {
        var name = works.infrastructure().orElseThrow().resources().stream()
                        .filter(line -> line.key().equals(Keys.BALANCER))
                        .map(Resource::name)
                        .findFirst()
                        .orElseThrow()
                + "-" + port;
        return byHand.idOf(LBAAS + "/pools", name);
    }

    private List<JsonNode> members(int port) {
        var members = byHand.get(LBAAS + "/pools/" + pool(port) + "/members").path("members");
        return StreamSupport.stream(members.spliterator(), false).toList();
    }

    private List<String> addresses(int port) {
        return members(port).stream()
                .map(member -> member.path("address").asText())
                .toList();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
