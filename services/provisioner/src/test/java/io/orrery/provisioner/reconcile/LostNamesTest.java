package io.orrery.provisioner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.contracts.Condition;
import io.orrery.contracts.Phase;
import io.orrery.contracts.Resource;
import io.orrery.contracts.Slot;
import io.orrery.provisioner.model.Keys;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A platform that stands is kept in repair though a name in its document no longer leads anywhere. */
class LostNamesTest {

    private static final String GOLDEN = Works.DOCUMENT.replace("Ubuntu 22.04 LTS", "golden");

    private final Works works = new Works();
    private final ByHand byHand = works.byHand();

    @AfterEach
    void close() {
        works.close();
    }

    @Test
    void anImageThatIsGoneStopsNoRepairAndIsTold() {
        var image = image();
        works.untilReady(GOLDEN);
        var machines = works.slots();
        byHand.delete(ByHand.IMAGE + "/images/" + image);
        refetchOffers();

        works.pass();
        repairsTheFoundation();

        assertThat(preflight().reason()).isEqualTo("ImageUnknown");
        assertThat(works.infrastructure().orElseThrow().phase()).isEqualTo(Phase.DEGRADED);
        assertThat(works.slots()).isEqualTo(machines);
    }

    @Test
    void anImageThatGotATwinStopsNoRepairButNewMachinesWaitUntilItIsSaidWhichOne() {
        var image = image();
        works.untilReady(GOLDEN);
        image();
        refetchOffers();
        works.wish(GOLDEN.replace("agent, count: 2", "agent, count: 3"));

        works.pass();
        repairsTheFoundation();

        assertThat(preflight().reason()).isEqualTo("ImageAmbiguous");
        assertThat(preflight().message()).contains(image);
        assertThat(works.cloud.inventory().of("server")).hasSize(5);
        works.wish(GOLDEN.replace("agent, count: 2", "agent, count: 3").replace("golden", image));
        works.untilInfrastructure(status -> status.phase() == Phase.READY && status.observedGeneration() == 3);
        assertThat(works.slots()).hasSize(6).allMatch(slot -> slot.state() == Slot.State.ACTIVE);
    }

    @Test
    void anImageThatWasPublishedAnewReplacesNoMachineAndIsWhatNewOnesAreMadeOf() {
        var former = image();
        works.untilReady(GOLDEN);
        byHand.delete(ByHand.IMAGE + "/images/" + former);
        var heir = image();
        refetchOffers();

        works.pass();
        works.wish(GOLDEN.replace("agent, count: 2", "agent, count: 3"));
        works.untilInfrastructure(status -> status.phase() == Phase.READY && status.observedGeneration() == 2);

        assertThat(works.slots())
                .extracting(slot -> slot.design().orElseThrow().imageId())
                .containsExactly(former, former, former, former, former, heir);
    }

    @Test
    void aFlavorThatIsMisspeltInAChangeReplacesNothingAndStopsNoRepair() {
        works.untilReady();
        var machines = works.slots();
        works.wish(Works.DOCUMENT.replace("agent, count: 2, flavor: eo1.large", "agent, count: 2, flavor: eo1.larg"));

        works.pass();
        repairsTheFoundation();

        assertThat(preflight().message()).contains("did you mean \"eo1.large\"");
        assertThat(works.slots()).isEqualTo(machines);
    }

    @Test
    void aNewPoolOfAnUnknownFlavorStopsNoRepair() {
        works.untilReady();
        works.wish(Works.DOCUMENT.replace(
                "  storage:", "    - {name: more, role: agent, count: 2, flavor: moon}\n  storage:"));

        works.pass();
        repairsTheFoundation();

        assertThat(preflight().reason()).isEqualTo("FlavorUnknown");
        assertThat(works.slots()).hasSize(5);
    }

    @Test
    void networksThatSomebodyRenamedStopNoRepairAndReplaceNoMachine() {
        works.untilReady();
        var machines = works.slots();
        var twin = byHand.make(ByHand.NETWORK + "/networks", "{\"network\": {\"name\": \"eodata\"}}");

        works.pass();
        repairsTheFoundation();

        assertThat(preflight().reason()).isEqualTo("NetworkAmbiguous");
        assertThat(preflight().message()).contains(twin);
        assertThat(works.slots()).isEqualTo(machines);
        byHand.delete(ByHand.NETWORK + "/networks/" + twin);
        works.untilInfrastructure(status -> status.phase() == Phase.READY);
    }

    @Test
    void aSecurityGroupThatGotATwinIsKeptOnThePorts() {
        var group = byHand.make(ByHand.NETWORK + "/security-groups", "{\"security_group\": {\"name\": \"theirs\"}}");
        works.untilReady(
                Works.DOCUMENT.replace("attach: [eodata]", "attach: [eodata], borrow: {securityGroups: [theirs]}"));
        byHand.make(ByHand.NETWORK + "/security-groups", "{\"security_group\": {\"name\": \"theirs\"}}");

        works.pass();
        repairsTheFoundation();

        assertThat(preflight().reason()).isEqualTo("SecurityGroupAmbiguous");
        var port = byHand.get(ByHand.NETWORK + "/ports?name="
                        + works.slots().getFirst().name() + "-port-0")
                .at("/ports/0/security_groups");
        assertThat(port.toString()).contains(group);
    }

    @Test
    void anExternalNetworkThatIsMisspeltIsRememberedThoughSomebodyTookTheRoutersGateway() {
        works.untilReady();
        var machines = works.slots();
        var router = ByHand.NETWORK + "/routers/" + id(Keys.ROUTER);
        var external = gateway(router);
        byHand.delete(ByHand.NETWORK + "/floatingips/" + id(Keys.FLOATING_IP));
        byHand.put(router, "{\"router\": {\"external_gateway_info\": null}}");
        works.wish(Works.DOCUMENT.replace("{attach: [eodata]}", "{attach: [eodata], external: externl}"));
        works.restart();

        works.pass();

        assertThat(gateway(router)).isEqualTo(external);
        assertThat(preflight().reason()).isEqualTo("ExternalNetworkUnknown");
        assertThat(works.slots()).isEqualTo(machines);
    }

    private String gateway(String router) {
        return byHand.get(router).at("/router/external_gateway_info/network_id").asText();
    }

    private String id(String key) {
        return works.infrastructure().orElseThrow().resources().stream()
                .filter(line -> line.key().equals(key))
                .findFirst()
                .flatMap(Resource::id)
                .orElseThrow();
    }

    /** Somebody takes a rule away; it is there again. */
    private void repairsTheFoundation() {
        var name = "orrery-demo-" + works.uid().shortForm() + "-group-servers";
        var path = ByHand.NETWORK + "/security-groups?name=" + name;
        var rules = byHand.get(path).at("/security_groups/0/security_group_rules");
        byHand.delete(
                ByHand.NETWORK + "/security-group-rules/" + rules.at("/5/id").asText());

        works.pass();

        assertThat(byHand.get(path).at("/security_groups/0/security_group_rules"))
                .hasSameSizeAs(rules);
    }

    private void refetchOffers() {
        works.clock.advance(Duration.ofMinutes(6));
    }

    private String image() {
        var id = byHand.make(
                ByHand.IMAGE + "/images",
                "{\"name\": \"golden\", \"disk_format\": \"qcow2\", \"container_format\": \"bare\"}");
        byHand.upload(ByHand.IMAGE + "/images/" + id + "/file", "image");
        return id;
    }

    private Condition preflight() {
        return works.infrastructure().orElseThrow().conditions().stream()
                .filter(condition -> condition.type().equals("Preflight"))
                .findFirst()
                .orElseThrow();
    }
}
