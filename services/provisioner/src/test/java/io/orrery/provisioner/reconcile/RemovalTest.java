package io.orrery.provisioner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.contracts.Certificate;
import io.orrery.contracts.Condition;
import io.orrery.contracts.InfrastructureStatus;
import io.orrery.contracts.Phase;
import io.orrery.provisioner.model.Keys;
import io.orrery.reconciler.loop.Outcome;
import io.orrery.sandbox.openstack.faults.Effect;
import io.orrery.sandbox.openstack.faults.Matcher;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Leaves nothing of ours, whoever made it for us; touches nothing of others; says what it waits for. */
class RemovalTest {

    private final Works works = new Works();
    private final Controllers controllers = new Controllers(works.byHand());
    private final ByHand hand = works.byHand();

    @BeforeEach
    void foundation() {
        works.wish(Works.DOCUMENT);
        works.untilInfrastructure(status -> status.foundation().isPresent());
    }

    @AfterEach
    void close() {
        works.close();
    }

    @Test
    void sweepsWhatTheControllersOfTheClusterLeft() {
        var left = leaveAllSorts(cluster());

        works.untilRemoved();

        assertThat(certified()).containsAll(left);
        assertThat(standing()).doesNotContainAnyElementsOf(left);
    }

    @Test
    void leavesAloneWhatTheControllersOfOtherClustersMade() {
        var others = leaveAllSorts("orrery-demo-00000000");

        works.untilRemoved();

        assertThat(certified()).doesNotContainAnyElementsOf(others);
        assertThat(standing()).containsAll(others);
    }

    @Test
    void sweepsALoadBalancerThatHoldsAPortOnOurNetwork() {
        var balancer = controllers.loadBalancer(cluster(), network());

        works.untilRemoved();

        assertThat(certified()).contains(balancer);
        assertThat(works.cloud.inventory().of("load-balancer")).isEmpty();
        assertThat(works.ours()).isEmpty();
    }

    @Test
    void looksForNoLoadBalancersWhereTheCredentialMayNotListThem() {
        works.cloud.faults().add(Matcher.every("load-balancer", "GET", "/loadbalancers"), new Effect.Reply(403, false));

        works.untilRemoved();

        assertThat(works.ours()).isEmpty();
    }

    @Test
    void keepsAVolumeThatAPersonMarkedAndNamesIt() {
        var volume = controllers.volume(cluster(), ", \"orrery.io/keep\": \"true\"");

        works.untilRemoved();

        assertThat(standing()).contains(volume);
        assertThat(certificate().abandoned()).contains("volume " + volume + " is kept, as it is marked");
    }

    @Test
    void saysWhatHoldsTheNetworkAndGoesOnOnceItIsGone() {
        var port = hand.make(ByHand.NETWORK + "/ports", """
                {"port": {"name": "mine", "network_id": "%s"}}""".formatted(network()));
        works.wishRemoval();
        works.removeLaterStages();

        works.until(() -> removed().reason().equals("Blocked"));

        assertThat(removed().message()).contains("-subnet is held by port " + port + " (mine)", "req-");
        assertThat(works.pass()).isInstanceOf(Outcome.Failed.class);
        hand.delete(ByHand.NETWORK + "/ports/" + port);
        works.untilInfrastructure(status -> status.phase() == Phase.REMOVED);
        assertThat(works.ours()).isEmpty();
    }

    @ParameterizedTest(name = "{0} to DELETE {1}")
    @CsvSource({
        "409,network,/networks/",
        "409,network,/security-groups/",
        "500,network,/floatingips/",
        "500,network,/routers/",
        "503,compute,/os-server-groups/",
        "409,identity,/application_credentials/"
    })
    void triesADeletionAgainUntilItIsDone(int status, String service, String path) {
        works.cloud.faults().add(Matcher.next(2, service, "DELETE", path), new Effect.Reply(status, false));

        works.untilRemoved();

        assertThat(works.cloud.faults().list()).allMatch(fault -> fault.befallen() == 2);
        assertThat(works.ours()).isEmpty();
    }

    @ParameterizedTest(name = "{0} though DELETE {1} was done")
    @CsvSource({"404,/networks/", "500,/routers/", "409,/floatingips/"})
    void takesForGoneWhatIsGoneWhateverTheAnswerWas(int status, String path) {
        works.cloud.faults().add(Matcher.next(1, "network", "DELETE", path), new Effect.Reply(status, true));

        works.untilRemoved();

        assertThat(works.cloud.faults().list()).allMatch(fault -> fault.befallen() == 1);
        assertThat(works.ours()).isEmpty();
    }

    @Test
    void staysInRemovalAsLongAsADeletionStaysInUse() {
        works.cloud.faults().add(Matcher.every("network", "DELETE", "/networks/"), new Effect.Reply(409, false));
        works.wishRemoval();
        works.removeLaterStages();

        works.until(() -> removed().reason().equals("Blocked")
                && works.ours().stream().allMatch(ours -> ours.startsWith("network")));

        assertThat(removed().message()).contains("-network", "409");
        works.cloud.faults().clear();
        works.untilInfrastructure(status -> status.phase() == Phase.REMOVED);
        assertThat(works.ours()).isEmpty();
    }

    @Test
    void triesToFileTheCertificateForTenMinutesAndSaysThenThatItIsNot() {
        works.buckets.down("S3 gave no answer");
        works.wishRemoval();
        works.removeLaterStages();
        works.until(() -> removed().reason().equals("CloudSilent"));
        assertThat(works.ours()).isEmpty();

        works.clock.advance(Duration.ofMinutes(11));
        works.untilInfrastructure(status -> status.phase() == Phase.REMOVED);

        assertThat(removed().message()).contains("the certificate is not in S3", "S3 gave no answer");
    }

    @Test
    void filesTheCertificateOnceS3IsBack() {
        works.buckets.down("S3 gave no answer");
        works.wishRemoval();
        works.removeLaterStages();
        works.until(() -> removed().reason().equals("CloudSilent"));

        works.buckets.up();
        works.untilInfrastructure(status -> status.phase() == Phase.REMOVED);

        assertThat(works.buckets.buckets.get("demo-openeo").keySet())
                .anyMatch(key -> key.endsWith("/certificate.json"));
    }

    @Test
    void keepsCertificatesInTheArchiveForThirtyDays() {
        works.buckets.create(null, "archive");
        works.keepCertificatesIn(new Archive.Place(null, "", "archive", "archive-keys"));
        works.untilRemoved();
        assertThat(works.buckets.buckets.get("archive")).hasSize(1);
        assertThat(works.buckets.buckets.get("demo-openeo")).isEmpty();

        works.clock.advance(Duration.ofDays(29));
        works.pass();
        assertThat(works.infrastructure()).isPresent();

        works.clock.advance(Duration.ofDays(2));
        works.pass();
        assertThat(works.infrastructure()).isEmpty();
        assertThat(works.buckets.buckets.get("archive")).isEmpty();
    }

    private List<String> leaveAllSorts(String cluster) {
        var copied = controllers.volume(cluster, "");
        return List.of(
                copied,
                controllers.snapshot(cluster, copied),
                controllers.volume(cluster, ""),
                controllers.securityGroup(cluster),
                controllers.floatingIp(cluster));
    }

    private String cluster() {
        return Keys.name(Works.DEMO, works.uid(), "x").replaceFirst("-x$", "");
    }

    private String network() {
        return works.infrastructure().orElseThrow().foundation().orElseThrow().networkId();
    }

    private Condition removed() {
        return works.infrastructure()
                .map(InfrastructureStatus::conditions)
                .flatMap(all -> all.stream()
                        .filter(condition -> condition.type().equals("Removed"))
                        .findFirst())
                .orElseGet(() -> Condition.fails("Removed", "Unknown", "", works.clock.instant()));
    }

    private Certificate certificate() {
        return works.infrastructure().orElseThrow().certificate().orElseThrow();
    }

    private List<String> certified() {
        return certificate().entries().stream().map(Certificate.Entry::id).toList();
    }

    private List<String> standing() {
        return works.cloud.inventory().kinds().values().stream()
                .flatMap(List::stream)
                .map(item -> item.id())
                .toList();
    }
}
