package io.orrery.provisioner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.contracts.Phase;
import io.orrery.contracts.Slot;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Machines as the cloud got them. */
class MachinesTest {

    private static final String CONTROL = "{name: control, role: server, count: 3, flavor: eo1.large}";
    private static final String WORKERS = "{name: workers, role: agent, count: 2, flavor: eo1.large}";

    private final Works works = new Works();
    private final ByHand byHand = works.byHand();

    @AfterEach
    void close() {
        works.close();
    }

    @Test
    void bearTheirMarksFromTheBeginningAndAPortOnEveryNetwork() {
        works.untilReady();

        for (var slot : works.slots()) {
            var server = server(slot);
            assertThat(server.at("/metadata/orrery.platform").asText()).isEqualTo("demo");
            assertThat(server.at("/metadata/orrery.uid").asText())
                    .isEqualTo(works.uid().toString());
            assertThat(server.at("/metadata/orrery.slot").asText()).isEqualTo(slot.name());
            assertThat(server.path("addresses").size()).isEqualTo(2);
            assertThat(server.path("addresses").has("eodata")).isTrue();
        }
    }

    @Test
    void areSpreadEvenlyOverTheZones() {
        ready(
                CONTROL.replace("}", ", zones: [nova, nova-b, nova-c]}"),
                WORKERS.replace("count: 2", "count: 4").replace("}", ", zones: [nova-b, nova-c]}"));

        assertThat(zones("control")).isEqualTo(Map.of("nova", 1L, "nova-b", 1L, "nova-c", 1L));
        assertThat(zones("workers")).isEqualTo(Map.of("nova-b", 2L, "nova-c", 2L));
    }

    @Test
    void haveADataVolumeOfTheTypeThatThePoolWants() {
        ready(CONTROL, WORKERS.replace("}", ", volume: {size: 7, type: __DEFAULT__}}"));

        for (var slot : slots("workers")) {
            assertThat(server(slot).path("image").path("id").asText()).isNotEmpty();
            assertThat(server(slot).path("os-extended-volumes:volumes_attached"))
                    .hasSize(1);
        }
        assertThat(works.cloud.inventory().of("volume")).hasSize(2);
        works.untilRemoved();
        works.until(() -> works.cloud.inventory().of("volume").isEmpty());
    }

    @Test
    void bootFromAVolumeInPlaceOfTheFlavorsDisk() {
        ready(CONTROL, WORKERS.replace("}", ", volume: {size: 40, use: boot}}"));

        for (var slot : slots("workers")) {
            assertThat(server(slot).path("image").asText()).isEmpty();
            assertThat(server(slot).path("os-extended-volumes:volumes_attached"))
                    .hasSize(1);
        }
    }

    @Test
    void readTheirUserDataFromADriveWhereThePoolSaysSo() {
        ready(CONTROL, WORKERS.replace("}", ", configDrive: true}"));

        assertThat(slots("workers")).allMatch(slot -> works.cloud
                .machine(slot.serverId().orElseThrow())
                .orElseThrow()
                .configDrive());
        assertThat(slots("control")).noneMatch(slot -> works.cloud
                .machine(slot.serverId().orElseThrow())
                .orElseThrow()
                .configDrive());
    }

    @Test
    void areKeptApartByAServerGroupForEachPool() {
        ready(CONTROL.replace("}", ", spread: anti-affinity}"), WORKERS.replace("}", ", spread: none}"));

        var groups = byHand.get(ByHand.COMPUTE + "/os-server-groups").path("server_groups");

        assertThat(groups).hasSize(1);
        assertThat(groups.at("/0/policy").asText()).isEqualTo("anti-affinity");
        assertThat(StreamSupport.stream(groups.at("/0/members").spliterator(), false)
                        .map(JsonNode::asText))
                .containsExactlyInAnyOrderElementsOf(slots("control").stream()
                        .map(slot -> slot.serverId().orElseThrow())
                        .toList());
    }

    @Test
    void areNamedInTheirSlotsBeforeTheFirstOneIsMade() {
        works.untilReady();

        var made = works.cloud.ledger().stream()
                .filter(entry -> entry.kind().equals("server"))
                .map(entry -> entry.name())
                .sorted(Comparator.naturalOrder());
        assertThat(made)
                .containsExactlyElementsOf(
                        works.slots().stream().map(Slot::name).sorted().toList());
        assertThat(works.slots()).allMatch(slot -> slot.design().isPresent());
    }

    private void ready(String control, String workers) {
        works.wish(Works.DOCUMENT.replace(CONTROL, control).replace(WORKERS, workers));
        works.untilInfrastructure(status -> status.foundation().isPresent());
        works.prepareBootstrap(1);
        works.untilInfrastructure(status -> status.phase() == Phase.READY);
    }

    private List<Slot> slots(String pool) {
        return works.slots().stream().filter(slot -> slot.pool().equals(pool)).toList();
    }

    private Map<String, Long> zones(String pool) {
        return slots(pool).stream()
                .collect(Collectors.groupingBy(
                        slot -> server(slot).path("OS-EXT-AZ:availability_zone").asText(), Collectors.counting()));
    }

    private JsonNode server(Slot slot) {
        return byHand.get(ByHand.COMPUTE + "/servers/" + slot.serverId().orElseThrow())
                .path("server");
    }
}
