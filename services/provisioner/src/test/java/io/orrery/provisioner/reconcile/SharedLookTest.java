package io.orrery.provisioner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Slot;
import io.orrery.reconciler.loop.Outcome;
import io.orrery.sandbox.openstack.OpenStackSettings;
import io.orrery.sandbox.openstack.faults.Fate;
import io.orrery.sandbox.openstack.model.Quotas;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several platforms in one project. */
class SharedLookTest {

    private static final List<PlatformName> PLATFORMS =
            List.of(PlatformName.of("one"), PlatformName.of("two"), PlatformName.of("three"));

    private final Works works =
            new Works(OpenStackSettings.defaults().withQuotas(Quotas.usual().withNetwork("security_group_rule", -1)));

    @AfterEach
    void close() {
        works.close();
    }

    @Test
    void isTakenOnceForAllThatStandAndAnewForOneThatChanges() {
        works.leisure = Duration.ofSeconds(15);
        works.restart();
        for (var platform : PLATFORMS) {
            works.name = platform;
            works.wish(document(platform, 1));
            works.untilInfrastructure(status -> status.foundation().isPresent());
            works.prepareBootstrap(1);
            works.untilInfrastructure(status -> status.phase() == Phase.READY);
        }
        works.clock.advance(Duration.ofSeconds(20));
        works.cloud.resetCalls();

        for (var platform : PLATFORMS) {
            works.name = platform;
            assertThat(works.pass()).isInstanceOf(Outcome.Converged.class);
        }

        assertThat(works.cloud.calls()).allSatisfy((call, count) -> {
            assertThat(call.verb()).isEqualTo("GET");
            assertThat(count).isEqualTo(1);
        });
        assertThat(works.cloud.calls()).hasSizeLessThanOrEqualTo(12);

        works.wish(document(works.name, 2));
        works.untilInfrastructure(status -> status.slots().size() == 3 && status.phase() == Phase.READY);
        assertThat(works.cloud.calls().entrySet())
                .anyMatch(call -> call.getKey().path().endsWith("servers/detail") && call.getValue() > 1);
    }

    @Test
    void listsServersAloneWhileMachinesBootAndAllOnceOneHasDone() {
        works.leisure = Duration.ofHours(1);
        works.restart();
        works.cloud.faults().add(new Fate("workers", 1, Fate.End.BUILD, null, null));
        works.wish(document(Works.DEMO, 1));
        works.untilInfrastructure(status -> status.foundation().isPresent());
        works.prepareBootstrap(1);
        works.untilInfrastructure(status -> status.slots().stream()
                .map(Slot::state)
                .collect(Collectors.toSet())
                .equals(Set.of(Slot.State.ACTIVE, Slot.State.BUILDING)));
        works.cloud.resetCalls();

        for (var pass = 0; pass < 10; pass++) {
            works.pass();
        }

        assertThat(lists()).isEqualTo(Map.of("/servers/detail", 10L));
        works.cloud.fail(
                works.slots().stream()
                        .filter(slot -> slot.state() == Slot.State.BUILDING)
                        .findFirst()
                        .flatMap(Slot::serverId)
                        .orElseThrow(),
                "no host");
        works.pass();
        assertThat(lists())
                .containsEntry("/servers/detail", 12L)
                .containsEntry("/os-server-groups", 1L)
                .containsEntry("/networks", 1L)
                .containsEntry("/subnets", 1L)
                .containsEntry("/routers", 1L)
                .containsEntry("/ports", 1L)
                .containsEntry("/floatingips", 1L)
                .containsEntry("/security-groups", 1L);
    }

    /** How often each list of the project was asked for, by the end of its path. */
    private Map<String, Long> lists() {
        return works.cloud.calls().entrySet().stream()
                .filter(call -> call.getKey().verb().equals("GET")
                        && Set.of("compute", "network").contains(call.getKey().service()))
                .collect(Collectors.toMap(
                        call -> call.getKey().path().replaceFirst("^/v2[.0-9]*", ""), Map.Entry::getValue));
    }

    @Test
    void goesOnToTheLastPageOfAList() {
        works.cloud.quota("network", "network", 600);
        var byHand = works.byHand();
        for (int i = 0; i < 501; i++) {
            byHand.post(ByHand.NETWORK + "/networks", "{\"network\": {\"name\": \"n%d\"}}".formatted(i));
        }
        var last = byHand.get(ByHand.NETWORK + "/networks?limit=1000").findValuesAsText("name").stream()
                .filter(name -> name.startsWith("n"))
                .reduce((one, next) -> next)
                .orElseThrow();
        works.wish(Works.DOCUMENT.replace("attach: [eodata]", "attach: [" + last + "]"));

        works.untilInfrastructure(status -> status.foundation().isPresent());

        works.cloud.resetCalls();
        works.pass();
        assertThat(works.cloud.calls().entrySet())
                .filteredOn(call -> call.getKey().path().endsWith("/networks"))
                .singleElement()
                .satisfies(call -> assertThat(call.getValue()).isEqualTo(2));
    }

    private static String document(PlatformName platform, int agents) {
        return Works.DOCUMENT
                .replace("name: demo", "name: " + platform)
                .replace("server, count: 3", "server, count: 1")
                .replace("agent, count: 2", "agent, count: " + agents);
    }
}
