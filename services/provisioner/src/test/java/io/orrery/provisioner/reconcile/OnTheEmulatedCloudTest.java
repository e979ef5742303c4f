package io.orrery.provisioner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.contracts.Certificate;
import io.orrery.contracts.Phase;
import io.orrery.contracts.Resource;
import io.orrery.contracts.Slot;
import io.orrery.reconciler.loop.Outcome;
import io.orrery.sandbox.openstack.faults.Effect;
import io.orrery.sandbox.openstack.faults.Matcher;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From document to machines and back, on the wire. */
class OnTheEmulatedCloudTest {

    private final Works works = new Works();

    @AfterEach
    void close() {
        works.close();
    }

    @Test
    void tellsTheFoundationWithNamedSlotsBeforeAnyMachine() {
        works.wish(Works.DOCUMENT);

        works.untilInfrastructure(status -> status.foundation().isPresent());

        assertThat(works.slots()).hasSize(5).allMatch(slot -> slot.state() == Slot.State.PLANNED);
        assertThat(works.cloud.inventory().of("server")).isEmpty();
        assertThat(works.buckets.buckets).containsOnlyKeys("demo-openeo");
        assertThat(works.infrastructure().orElseThrow().phase()).isEqualTo(Phase.WAITING);
    }

    @Test
    void fillsTheSlotsOnceThereIsUserData() {
        works.untilReady();

        assertThat(works.slots()).hasSize(5).allMatch(slot -> slot.state() == Slot.State.ACTIVE);
        assertThat(works.cloud.inventory().names("server"))
                .containsExactlyInAnyOrderElementsOf(
                        works.slots().stream().map(Slot::name).toList());
    }

    @Test
    void makesEachThingWithLittleMoreThanOneCall() {
        var before = works.cloud.ledger().size();

        works.untilReady();

        var made = works.cloud.ledger().size() - before;
        var calls = works.cloud.calls().entrySet().stream()
                .filter(call -> !call.getKey().verb().equals("GET")
                        && !call.getKey().service().equals("identity"))
                .mapToLong(Map.Entry::getValue)
                .sum();
        assertThat(made).isGreaterThan(20);
        assertThat(calls / (double) made).isLessThanOrEqualTo(1.3);
    }

    @Test
    void looksAtAProjectWithOneListForEachKind() {
        works.untilReady();
        works.cloud.resetCalls();

        works.pass();

        assertThat(works.cloud.calls()).allSatisfy((call, count) -> {
            assertThat(call.verb()).isEqualTo("GET");
            assertThat(count).isEqualTo(1);
        });
        assertThat(works.cloud.calls()).hasSizeLessThanOrEqualTo(12);
    }

    @Test
    void keepsABucketThatStoodBefore() {
        works.buckets.create(null, "demo-openeo");
        works.untilReady();
        works.wish(Works.DOCUMENT + "  policy: {keepBucket: false}\n");

        works.untilRemoved();

        assertThat(works.buckets.buckets).containsKey("demo-openeo");
    }

    @Test
    void removesItsOwnBucketOnlyIfTheDocumentSaysSo() {
        works.untilReady();
        works.wish(Works.DOCUMENT + "  policy: {keepBucket: false}\n");

        works.untilRemoved();

        assertThat(works.buckets.buckets).isEmpty();
    }

    @Test
    void certifiesTheAbsenceOfAllThatItMadeAndNamesWhatItLeft() {
        works.untilReady();
        var made = works.infrastructure().orElseThrow().resources().stream()
                .filter(line -> !line.kind().equals("bucket"))
                .flatMap(line -> line.id().stream())
                .toList();

        works.untilRemoved();

        var certificate = works.infrastructure().orElseThrow().certificate().orElseThrow();
        assertThat(certificate.entries()).extracting(Certificate.Entry::id).containsExactlyInAnyOrderElementsOf(made);
        assertThat(certificate.abandoned())
                .containsExactlyInAnyOrder(
                        "bucket demo-openeo is kept with all that is in it", "a volume of which nobody knows");
        assertThat(works.buckets.buckets.get("demo-openeo").keySet())
                .anyMatch(key -> key.endsWith("/certificate.json"));
    }

    @Test
    void removesNothingBeforeAllOtherStagesHave() {
        works.untilReady();
        var before = works.ours();
        works.wishRemoval();

        var outcome = works.pass();

        assertThat(outcome).isInstanceOf(Outcome.Waiting.class);
        assertThat(works.infrastructure().orElseThrow().phase()).isEqualTo(Phase.REMOVING);
        assertThat(works.ours()).isEqualTo(before);
    }

    @Test
    void answersTheRemovalOfAPlatformThatItNeverBegan() {
        works.wish(Works.DOCUMENT);

        works.untilRemoved();

        assertThat(works.infrastructure().orElseThrow().certificate()).isPresent();
        assertThat(works.ours()).isEmpty();
    }

    @Test
    void makesItsOwnKeysForTheBucketWhereTheDocumentNamesNone() {
        works.wish(Works.DOCUMENT.replace(", credentials: keys}", "}") + "  policy: {keepBucket: false}\n");
        works.untilInfrastructure(status -> status.foundation().isPresent());

        var foundation = works.infrastructure().orElseThrow().foundation().orElseThrow();
        var told = foundation.bucket().orElseThrow().credentials();
        var opened = new String(works.sealer.open(works.uid(), told), StandardCharsets.UTF_8);
        assertThat(works.cloud.inventory().names("ec2-credential")).hasSize(1).allMatch(opened::contains);

        works.untilRemoved();
        assertThat(works.cloud.inventory().of("ec2-credential")).isEmpty();
        assertThat(works.buckets.buckets).isEmpty();
    }

    @Test
    void certifiesOnlyWhatItHasAskedForAlsoAfterARestartInTheMiddle() {
        works.untilReady();
        works.cloud.faults().add(Matcher.every("network", "GET", "/networks/."), new Effect.Reply(500, false));
        works.wishRemoval();
        works.removeLaterStages();
        works.until(() -> works.infrastructure().orElseThrow().resources().stream()
                .anyMatch(line -> line.state() == Resource.State.ABSENT));
        works.clock.advance(Duration.ofHours(1));
        var later = works.clock.instant();
        works.restart();
        works.cloud.faults().clear();

        works.untilInfrastructure(status -> status.phase() == Phase.REMOVED);

        assertThat(works.infrastructure()
                        .orElseThrow()
                        .certificate()
                        .orElseThrow()
                        .entries())
                .isNotEmpty()
                .allMatch(entry -> !entry.verified().isBefore(later));
    }

    @Test
    void leavesNothingBehind() {
        works.untilReady();

        works.untilRemoved();

        assertThat(works.ours()).isEmpty();
        assertThat(works.facts.about(Works.DEMO).platform()).isEmpty();
    }
}
