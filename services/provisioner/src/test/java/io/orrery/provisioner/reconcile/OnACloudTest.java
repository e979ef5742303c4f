package io.orrery.provisioner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.contracts.Foundation;
import io.orrery.contracts.Phase;
import io.orrery.contracts.S3Keys;
import io.orrery.contracts.Slot;
import io.orrery.provisioner.model.Keys;
import io.orrery.provisioner.s3.S3Buckets;
import io.orrery.reconciler.facts.FactCodec;
import io.orrery.sandbox.openstack.OpenStackSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * A platform's whole life, on the emulated cloud and, where OS_CLOUD names one, on a genuine one: what the cloud holds is
 * asked by plain API calls, and what is changed by hand is changed by them. Each test leaves the platform as it found it.
 */
@TestInstance(Lifecycle.PER_CLASS)
class OnACloudTest {

    private static final String RUN =
            "orrery-test-" + UUID.randomUUID().toString().substring(0, 8);
    private static final String NETWORK_OF_OTHERS = RUN + "-eodata";

    private final CloudUnderTest cloud = CloudUnderTest.chosen(OpenStackSettings.defaults());
    private final Works works = new Works(cloud, genuineBuckets());
    private final ByHand byHand = works.byHand();
    private final List<String> keysBefore = byHand.accessKeys();
    private String networkOfOthers;
    private JsonNode borrowed;

    /** Where the cloud is genuine its S3 is asked; the emulator has none. */
    private Optional<Buckets> genuineBuckets() {
        return cloud.emulator().isPresent()
                ? Optional.empty()
                : Optional.of(new S3Buckets(Path.of("no keys are mounted")));
    }

    @BeforeAll
    void stand() {
        networkOfOthers = byHand.make(
                ByHand.NETWORK + "/networks", "{\"network\": {\"name\": \"%s\"}}".formatted(NETWORK_OF_OTHERS));
        byHand.post(ByHand.NETWORK + "/subnets", """
                {"subnet": {"network_id": "%s", "ip_version": 4, "cidr": "10.97.0.0/24", "name": "%s"}}""".formatted(networkOfOthers, NETWORK_OF_OTHERS));
        borrowed = networkOfOthers();
        works.untilReady(document(2));
        works.standCluster(Set.of());
    }

    @AfterAll
    void removeEverything() {
        try {
            works.untilRemoved();
            byHand.delete(ByHand.NETWORK + "/networks/" + networkOfOthers);
        } finally {
            works.close();
        }
    }

    @Test
    void bootsEveryMachineWithItsMarks() {
        assertThat(works.slots()).hasSize(3).allSatisfy(slot -> {
            var server = server(slot);
            assertThat(server.path("status").asText()).isEqualTo("ACTIVE");
            assertThat(server.path("name").asText()).isEqualTo(slot.name());
            assertThat(server.at("/metadata/orrery.platform").asText()).isEqualTo("demo");
            assertThat(server.at("/metadata/orrery.uid").asText())
                    .isEqualTo(works.uid().toString());
            assertThat(server.at("/metadata/orrery.slot").asText()).isEqualTo(slot.name());
        });
    }

    @Test
    void scalesWorkersFromTwoToFiveToOneAndBack() {
        for (var count : List.of(5, 1, 2)) {
            works.wish(document(count));
            untilReadyWith(1 + count);

            assertThat(byHand.called(mark()))
                    .filteredOn(name -> name.startsWith("server "))
                    .hasSize(1 + count);
        }
    }

    @Test
    void makesTheApiServersPortAnewAtItsAddressWhenSomebodyDeletedIt() {
        var lost = works.id(Keys.VIP);
        // first off the address: a Neutron whose routers have no agent may wait for itself otherwise
        byHand.put(
                ByHand.NETWORK + "/floatingips/" + works.id(Keys.FLOATING_IP), "{\"floatingip\": {\"port_id\": null}}");
        byHand.delete(ByHand.NETWORK + "/ports/" + lost);

        works.until(
                () -> !works.id(Keys.VIP).equals(lost) && !works.id(Keys.VIP).isEmpty());
        works.untilInfrastructure(status -> status.phase() == Phase.READY);

        assertThat(byHand.get(ByHand.NETWORK + "/ports/" + works.id(Keys.VIP))
                        .at("/port/fixed_ips/0/ip_address")
                        .asText())
                .isEqualTo(foundation().vip());
    }

    @Test
    void putsBackWhatSomebodyChangedOfTheSubnetAndTheRouter() {
        var subnet = ByHand.NETWORK + "/subnets/" + works.id(Keys.SUBNET);
        var router = ByHand.NETWORK + "/routers/" + works.id(Keys.ROUTER);
        var before = List.of(settings(subnet), settings(router));
        byHand.put(
                subnet,
                "{\"subnet\": {\"gateway_ip\": null, \"enable_dhcp\": false, \"dns_nameservers\": [\"192.0.2.53\"]}}");
        byHand.put(
                router,
                "{\"router\": {\"routes\": [{\"destination\": \"192.0.2.0/24\", \"nexthop\": \"10.20.0.77\"}]}}");

        works.until(() -> List.of(settings(subnet), settings(router)).equals(before));
    }

    @Test
    void putsBackWhatSomebodyChangedOfAMachinesPortAndOfASecurityGroup() {
        var port = ByHand.NETWORK + "/ports/"
                + works.id(Keys.port(works.slots().getFirst().name(), 0));
        var group = ByHand.NETWORK + "/security-groups/" + works.id(Keys.AGENTS);
        var before = List.of(settings(port), byHand.get(group).at("/security_group/description"));
        byHand.put(port, """
                {"port": {"security_groups": [], "allowed_address_pairs": [], "port_security_enabled": false,
                 "fixed_ips": [{"subnet_id": "%s", "ip_address": "10.20.0.200"}]}}""".formatted(works.id(Keys.SUBNET)));
        byHand.put(group, "{\"security_group\": {\"description\": \"mine now\"}}");

        works.until(() -> List.of(settings(port), byHand.get(group).at("/security_group/description"))
                .equals(before));
    }

    @Test
    void tellsOfAMachineThatSomebodyResizedUntilItIsResizedBack() {
        var machine = works.slots().getLast();
        var flavor = machine.design().orElseThrow().flavorId();
        byHand.resize(machine.serverId().orElseThrow(), byHand.flavor("eo2.xlarge"));

        works.untilInfrastructure(status -> status.conditions().stream().anyMatch(condition -> condition
                .message()
                .contains("resize machine " + machine.name() + " back to flavor " + flavor)));

        byHand.resize(machine.serverId().orElseThrow(), flavor);
        works.untilInfrastructure(status -> status.phase() == Phase.READY);
        assertThat(works.slots()).contains(machine);
    }

    /** All of a thing but when and how often it was changed. */
    private ObjectNode settings(String path) {
        var thing = (ObjectNode) byHand.get(path).elements().next();
        return thing.without(List.of("updated_at", "revision_number", "status"));
    }

    @Test
    void replacesAMachineThatSomebodyDeleted() {
        var lost = works.slots().stream()
                .filter(slot -> slot.role() == Slot.Role.AGENT)
                .findFirst()
                .orElseThrow();
        byHand.delete(ByHand.COMPUTE + "/servers/" + lost.serverId().orElseThrow());

        untilReadyWith(3);

        assertThat(works.slots()).extracting(Slot::name).doesNotContain(lost.name());
    }

    @Test
    void leavesANetworkOfOthersAsItIsThoughEveryMachineHasAPortOnIt() {
        works.pass();

        assertThat(works.slots()).allSatisfy(slot -> assertThat(
                        byHand.get(ByHand.NETWORK + "/ports/" + works.id(Keys.port(slot.name(), 1)))
                                .at("/port/network_id")
                                .asText())
                .isEqualTo(networkOfOthers));
        assertThat(networkOfOthers()).isEqualTo(borrowed);
    }

    @Test
    void makesABucketAndTellsKeysThatOpenIt() throws IOException {
        var bucket = foundation().bucket().orElseThrow();
        var keys = FactCodec.read(works.sealer.open(works.uid(), bucket.credentials()), S3Keys.class);
        var place = new Buckets.Place(bucket.endpoint(), bucket.region(), keys);

        works.store().put(place, bucket.name(), "a/probe", new byte[] {1});

        assertThat(works.store().exists(place, bucket.name())).isTrue();
        assertThat(byHand.accessKeys()).contains(keys.accessKey());
    }

    @Test
    void leavesNothingBehind() {
        var another = new Works(cloud, genuineBuckets());
        another.untilReady(document(1).replace("bucket: \"" + RUN, "bucket: \"" + RUN + "-2"));
        var mark = "orrery-demo-" + another.uid().shortForm();
        assertThat(byHand.called(mark)).hasSizeGreaterThan(10);

        another.untilRemoved();

        assertThat(byHand.called(mark)).isEmpty();
        assertThat(byHand.accessKeys()).hasSize(keysBefore.size() + 1);
        assertThat(another.infrastructure().orElseThrow().certificate()).isPresent();
        assertThat(networkOfOthers()).isEqualTo(borrowed);
    }

    private String document(int workers) {
        return """
                metadata: {name: demo}
                spec:
                  cloud: {name: "%s"}
                  image: {name: "Ubuntu 22.04 LTS"}
                  network: {attach: ["%s"]}
                  pools:
                    - {name: control, role: server, count: 1, flavor: eo1.large}
                    - {name: workers, role: agent, count: %d, flavor: eo1.large}
                  storage: {s3: {bucket: "%s"%s}}
                  openeo:
                    host: openeo.example.org
                    collections: {inline: [{id: ONE}]}
                  policy: {keepBucket: false}
                """.formatted(cloud.name(), NETWORK_OF_OTHERS, workers, RUN, s3Endpoint());
    }

    /** A genuine cloud's catalogue says where its S3 is. */
    private String s3Endpoint() {
        return cloud.emulator().isPresent() ? ", endpoint: \"http://s3.example.org\"" : "";
    }

    /** With the cluster service letting every machine go that is to go. */
    private void untilReadyWith(int machines) {
        works.until(() -> {
            var retiring = works.slots().stream()
                    .filter(slot -> slot.state() == Slot.State.RETIRING)
                    .map(Slot::name)
                    .toList();
            if (!retiring.isEmpty()) {
                works.standCluster(Set.copyOf(retiring));
            }
            return works.slots().size() == machines
                    && works.slots().stream().allMatch(slot -> slot.state() == Slot.State.ACTIVE)
                    && works.infrastructure().orElseThrow().phase() == Phase.READY
                    && byHand.called(mark()).stream()
                                    .filter(name -> name.startsWith("server "))
                                    .count()
                            == machines;
        });
    }

    private JsonNode server(Slot slot) {
        return byHand.get(ByHand.COMPUTE + "/servers/" + slot.serverId().orElseThrow())
                .path("server");
    }

    /** Without the time of its last change, which a port on it may move. */
    private JsonNode networkOfOthers() {
        var network = (ObjectNode)
                byHand.get(ByHand.NETWORK + "/networks/" + networkOfOthers).path("network");
        return network.without(List.of("updated_at", "revision_number"));
    }

    private Foundation foundation() {
        return works.infrastructure().orElseThrow().foundation().orElseThrow();
    }

    private String mark() {
        return "orrery-demo-" + works.uid().shortForm();
    }
}
