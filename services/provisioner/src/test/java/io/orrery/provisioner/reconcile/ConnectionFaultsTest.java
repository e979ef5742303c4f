package io.orrery.provisioner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.contracts.Condition;
import io.orrery.contracts.Phase;
import io.orrery.sandbox.openstack.faults.Effect;
import io.orrery.sandbox.openstack.faults.Matcher;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is told about a cloud that cannot be worked with, and that it is worked with again by itself. */
class ConnectionFaultsTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Works works = new Works();

    @AfterEach
    void close() {
        works.close();
    }

    @Test
    void tellsThatThePasswordIsWrongAndDoesNotTryItAgainAndAgain() {
        works.cloudsYaml(works.cloud.cloudsYaml().replace("openeo-secret", "outdated"));
        works.wish(Works.DOCUMENT);

        for (int pass = 0; pass < 10; pass++) {
            works.pass();
        }

        assertThat(phase()).isEqualTo(Phase.FAILED);
        assertThat(problem().reason()).isEqualTo("CredentialRefused");
        assertThat(problem().message())
                .contains("password of openeo", "requires authentication", "req-")
                .doesNotContain("outdated");
        assertThat(signIns()).isEqualTo(1);
        works.cloudsYaml(works.cloud.cloudsYaml());
        works.untilInfrastructure(status -> status.foundation().isPresent());
    }

    @Test
    void keepsWhatStandsWhileTheCredentialIsRefused() {
        works.untilReady();
        var before = works.ours();
        works.cloudsYaml(works.cloud.cloudsYaml().replace("openeo-secret", "outdated"));

        works.pass();

        assertThat(phase()).isEqualTo(Phase.DEGRADED);
        assertThat(works.infrastructure().orElseThrow().foundation()).isPresent();
        works.cloudsYaml(works.cloud.cloudsYaml());
        works.untilInfrastructure(status -> status.phase() == Phase.READY);
        assertThat(works.ours()).isEqualTo(before);
    }

    @Test
    void goesOnWhenTheTokensAreRevokedInTheMiddleOfACreation() throws InterruptedException {
        works.cloud
                .faults()
                .add(Matcher.next(1, "network", "POST", "/networks"), new Effect.Delay(Duration.ofMillis(300)));
        works.wish(Works.DOCUMENT);
        var pass = Thread.ofVirtual().start(works::pass);
        Awaitility.await()
                .atMost(DEADLINE)
                .until(() -> works.cloud.faults().list().getFirst().befallen() == 1);

        works.cloud.revokeAllTokens();

        pass.join();
        works.untilInfrastructure(status -> status.foundation().isPresent());
        assertThat(signIns()).isEqualTo(2);
        assertThat(works.cloud.ledger().stream()
                        .map(entry -> entry.kind() + " " + entry.name())
                        .filter(made -> made.contains(" orrery-")))
                .isNotEmpty()
                .doesNotHaveDuplicates();
    }

    @Test
    void doesNothingInAProjectThatIsNotThePlatformsOwn() {
        works.untilReady();
        var before = works.ours();
        var made = works.cloud.ledger().size();
        var home = works.infrastructure().orElseThrow().upkeep().project().orElseThrow();
        signInElsewhere();

        for (int pass = 0; pass < 4; pass++) {
            works.pass();
        }

        assertThat(phase()).isEqualTo(Phase.DEGRADED);
        assertThat(problem().reason()).isEqualTo("ProjectDiffers");
        assertThat(problem().message()).contains("the platform is in project " + home);
        assertThat(works.cloud.ledger()).hasSize(made);
        works.cloudsYaml(works.cloud.cloudsYaml());
        works.untilInfrastructure(status -> status.phase() == Phase.READY);
        assertThat(works.ours()).isEqualTo(before);
    }

    @Test
    void certifiesNoRemovalInAProjectThatIsNotThePlatformsOwn() {
        works.untilReady();
        signInElsewhere();
        works.wishRemoval();
        works.removeLaterStages();

        for (int pass = 0; pass < 4; pass++) {
            works.pass();
        }

        assertThat(phase()).isEqualTo(Phase.REMOVING);
        assertThat(works.infrastructure().orElseThrow().conditions())
                .anyMatch(condition -> condition.reason().equals("ProjectDiffers"));
        works.cloudsYaml(works.cloud.cloudsYaml());
        works.untilRemoved();
        assertThat(works.ours()).isEmpty();
    }

    @Test
    void namesTheRegionsThatThereAre() {
        works.cloudsYaml(works.cloud.cloudsYaml().replaceAll("(?m)^ *region_name: .*\n", ""));
        works.wish(Works.DOCUMENT.replace("RegionOne", "WAW3-1"));

        works.pass();

        assertThat(problem().reason()).isEqualTo("RegionUnknown");
        assertThat(problem().message()).contains("WAW3-1 is not in the cloud's catalog; it has RegionOne");
    }

    @Test
    void namesTheCloudsThatThereAre() {
        works.wish(Works.DOCUMENT.replace("name: sandbox,", "name: mars,"));

        works.pass();

        assertThat(problem().reason()).isEqualTo("CloudUnknown");
        assertThat(problem().message()).contains("no cloud mars", ".yaml has sandbox, ");
    }

    @Test
    void tellsThatAServiceIsLeftAloneAndTriesItAgainByItself() {
        works.untilReady();
        var before = works.ours();
        var down = works.cloud.faults().down("network");
        works.until(() -> problem().reason().equals("CircuitOpen"));
        assertThat(problem().message()).contains("network", "lastly: GET", "503");

        works.cloud.faults().lift(down);

        works.untilInfrastructure(status -> status.phase() == Phase.READY);
        assertThat(works.ours()).isEqualTo(before);
    }

    @Test
    void takesAnAnswerThatIsHalfAJsonForNone() {
        works.cloud.faults().add(Matcher.next(1, "network", "POST", "/networks"), new Effect.Truncate());
        works.cloud.faults().add(Matcher.next(4, "network", "GET", "/(networks|ports)"), new Effect.Truncate());

        works.untilReady();

        assertThat(works.cloud.faults().list()).allMatch(fault -> fault.befallen() > 0);
    }

    private void signInElsewhere() {
        works.cloudsYaml(
                works.cloud.cloudsYaml().replace(" sandbox:", " former:").replace(" sandbox-admin:", " sandbox:"));
    }

    private Phase phase() {
        return works.infrastructure().orElseThrow().phase();
    }

    private Condition problem() {
        return works.infrastructure().orElseThrow().conditions().stream()
                .filter(condition -> condition.type().equals("CloudWorks"))
                .findFirst()
                .orElseThrow();
    }

    private long signIns() {
        return works.cloud.calls().entrySet().stream()
                .filter(call -> call.getKey().path().endsWith("/auth/tokens"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
