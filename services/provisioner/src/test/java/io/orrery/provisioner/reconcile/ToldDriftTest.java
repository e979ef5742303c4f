package io.orrery.provisioner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.contracts.Phase;
import io.orrery.contracts.Slot;
import io.orrery.provisioner.model.Keys;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of what is not ours to put right, and of what the document says so, a person is told. */
class ToldDriftTest {

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
        byHand.delete(ByHand.NETWORK + "/floatingips/" + works.id(Keys.FLOATING_IP));
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
        byHand.put(ByHand.NETWORK + "/networks/" + works.id(Keys.NETWORK), "{\"network\": {\"name\": \"mine now\"}}");

        works.pass();

        assertThat(works.cloud.inventory().names("network")).contains("mine now");
        var status = works.infrastructure().orElseThrow();
        assertThat(status.phase()).isEqualTo(Phase.DEGRADED);
        assertThat(status.conditions())
                .anyMatch(condition ->
                        condition.type().equals("Drift") && condition.message().contains("name network"));
    }

    private JsonNode ask(String path) {
        return byHand.get(ByHand.NETWORK + path);
    }
}
