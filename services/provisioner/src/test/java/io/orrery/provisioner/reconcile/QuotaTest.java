package io.orrery.provisioner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.contracts.Condition;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Slot;
import io.orrery.reconciler.loop.Outcome;
import io.orrery.sandbox.openstack.OpenStackSettings;
import io.orrery.sandbox.openstack.model.Quotas;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing is begun that there is no room for, and it goes on by itself once there is. */
class QuotaTest {

    /** Three servers, and two agents with a volume each, on machines of 2 cores and 8 GiB. */
    private static final String DOCUMENT = Works.DOCUMENT.replace(
            "agent, count: 2, flavor: eo1.large", "agent, count: 2, flavor: eo1.large, volume: {size: 10}");

    private Works works = new Works();

    @AfterEach
    void close() {
        works.close();
    }

    /** What is needed, with what the project has before: the default security group and its four rules. */
    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "compute, instances, 5, instances",
        "compute, cores, 10, cores",
        "compute, ram, 40960, MiB of RAM",
        "compute, server_groups, 2, server groups",
        "compute, server_group_members, 3, members of the server group of control",
        "volume, volumes, 2, volumes",
        "volume, gigabytes, 20, GiB of volumes",
        "volume, per_volume_gigabytes, 10, GiB of a volume",
        "volume, volumes___DEFAULT__, 2, volumes of type __DEFAULT__",
        "volume, gigabytes___DEFAULT__, 20, GiB of volumes of type __DEFAULT__",
        "network, network, 1, networks",
        "network, subnet, 1, subnets",
        "network, port, 13, ports",
        "network, router, 1, routers",
        "network, floatingip, 1, floating IPs",
        "network, security_group, 3, security groups",
        "network, security_group_rule, 46, security group rules",
    })
    void makesNothingWhenOneIsShortAndAllOnceThereIsOneMore(String service, String name, int needed, String words) {
        works.cloud.quota(service, name, needed - 1);
        works.wish(DOCUMENT);

        var outcome = works.pass();

        var preflight = preflight();
        assertThat(preflight.reason()).isEqualTo("QuotaShort");
        assertThat(preflight.message()).startsWith(words + ": ").endsWith(": 1 short");
        assertThat(outcome).isEqualTo(new Outcome.Waiting(preflight.message()));
        assertThat(works.infrastructure().orElseThrow().phase()).isEqualTo(Phase.FAILED);
        assertThat(works.ours()).isEmpty();
        assertThat(works.buckets.buckets).isEmpty();

        works.cloud.quota(service, name, needed);

        works.untilReady(DOCUMENT);
        assertThat(works.infrastructure().orElseThrow().conditions())
                .noneMatch(condition -> condition.type().equals("Preflight"));
    }

    @Test
    void saysAllThatIsShortAtOnceAndByHowMuch() {
        works.close();
        works = new Works(OpenStackSettings.defaults()
                .withQuotas(Quotas.usual()
                        .withCompute("cores", 8)
                        .withCompute("ram", -1)
                        .withNetwork("router", 0)));
        works.wish(Works.DOCUMENT);

        works.pass();

        assertThat(preflight().message())
                .isEqualTo("cores: 10 more wanted, 8 free of 8: 2 short; routers: 1 more wanted, 0 free of 0: 1 short");
    }

    @Test
    void growsNotAtAllRatherThanByHalfAndKeepsWhatStands() {
        works.untilReady();
        var before = works.ours();
        works.cloud.quota("compute", "instances", 6);
        works.wish(Works.DOCUMENT.replace("agent, count: 2", "agent, count: 4"));

        works.pass();

        assertThat(preflight().message()).isEqualTo("instances: 2 more wanted, 1 free of 6: 1 short");
        assertThat(works.infrastructure().orElseThrow().phase()).isEqualTo(Phase.DEGRADED);
        assertThat(works.infrastructure().orElseThrow().foundation()).isPresent();
        assertThat(works.ours()).isEqualTo(before);

        works.cloud.quota("compute", "instances", 7);

        works.untilInfrastructure(status -> status.phase() == Phase.READY);
        assertThat(works.slots()).hasSize(7).allMatch(slot -> slot.state() == Slot.State.ACTIVE);
    }

    @Test
    void repairsWhatStandsThoughThereIsNoRoomToGrow() {
        works.untilReady();
        works.cloud.quota("compute", "instances", 5);
        works.wish(Works.DOCUMENT.replace("agent, count: 2", "agent, count: 3"));
        works.pass();
        var address =
                works.infrastructure().orElseThrow().foundation().orElseThrow().apiAddress();
        var byHand = works.byHand();
        byHand.delete(ByHand.NETWORK + "/floatingips/"
                + byHand.get(ByHand.NETWORK + "/floatingips?floating_ip_address=" + address)
                        .findValue("id")
                        .asText());

        works.until(() -> !works.cloud.inventory().names("floatingip").contains(address)
                && works.cloud.inventory().names("floatingip").size() == 1);

        assertThat(preflight().reason()).isEqualTo("QuotaShort");
    }

    @Test
    void letsMachinesGoThoughOthersHaveNoRoomAndUsesTheirs() {
        works.untilReady();
        works.cloud.quota("compute", "instances", 5);
        works.wish(Works.DOCUMENT.replace("- {name: workers", "- {name: others"));

        works.untilInfrastructure(status -> status.phase() == Phase.READY && status.observedGeneration() == 2);

        assertThat(works.slots())
                .filteredOn(slot -> slot.pool().equals("others"))
                .hasSize(2);
        assertThat(works.cloud.inventory().of("server")).hasSize(5);
    }

    @Test
    void tellsTheSecondOfTwoThatBeginAtOnceWhatTheFirstHasTakenAndGoesOnOnceThereIsRoom() {
        works.cloud.quota("compute", "instances", 6);
        works.wish(Works.DOCUMENT);
        works.pass();
        works.name = PlatformName.of("second");
        works.wish(Works.DOCUMENT.replace("name: demo", "name: second"));
        works.untilInfrastructure(status -> status.foundation().isPresent());
        works.prepareBootstrap(1);
        works.name = Works.DEMO;
        works.untilInfrastructure(status -> status.foundation().isPresent());
        works.prepareBootstrap(1);
        works.untilInfrastructure(status -> status.phase() == Phase.READY);
        works.name = PlatformName.of("second");

        works.pass();

        assertThat(preflight().reason()).isEqualTo("QuotaShort");
        assertThat(preflight().message()).isEqualTo("instances: 5 more wanted, 1 free of 6: 4 short");
        assertThat(works.cloud.inventory().of("server")).hasSize(5);
        works.cloud.quota("compute", "instances", 10);
        works.untilInfrastructure(status -> status.phase() == Phase.READY);
    }

    private Condition preflight() {
        return works.infrastructure().orElseThrow().conditions().stream()
                .filter(condition -> condition.type().equals("Preflight"))
                .findFirst()
                .orElseThrow();
    }
}
