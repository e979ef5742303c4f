package io.orrery.provisioner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformName;
import io.orrery.reconciler.loop.Outcome;
import io.orrery.sandbox.openstack.OpenStackSettings;
import io.orrery.sandbox.openstack.model.Quotas;
import java.time.Duration;
import java.util.List;
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
