package io.orrery.provisioner.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.contracts.Foundation;
import io.orrery.contracts.InfrastructureStatus;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Resource;
import io.orrery.contracts.Uid;
import io.orrery.provisioner.model.Keys;
import io.orrery.sandbox.openstack.faults.Effect;
import io.orrery.sandbox.openstack.faults.Matcher;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** EC2 credentials bear no mark: whose they are is known by the ledgers alone. */
class SigningKeysTest {

    private static final String KIND = "ec2-credential";

    private final Works works = new Works();
    private final ByHand hand = works.byHand();

    @AfterEach
    void close() {
        works.close();
    }

    @Test
    void thoseOfAnotherPlatformAreNotTakenWhenTheOwnOnesDidNotComeToBe() {
        works.cloud.faults().add(Matcher.next(1, "identity", "POST", "OS-EC2"), new Effect.Cut(false));
        works.wish(Works.DOCUMENT.replace(", credentials: keys}", "}"));
        works.pass();
        hand.post(hand.user() + "/credentials/OS-EC2", "{\"tenant_id\": \"%s\"}".formatted(hand.project()));
        var others = works.cloud.inventory().of(KIND).getFirst().id();
        tellThatItIsOfAnother(others);

        works.pass();
        assertThat(mine()).isEmpty();
        works.clock.advance(Duration.ofSeconds(61));
        works.untilInfrastructure(status -> status.foundation().isPresent());

        assertThat(mine()).hasValueSatisfying(id -> assertThat(id).isNotEqualTo(others));
        works.untilRemoved();
        assertThat(works.cloud.inventory().of(KIND)).hasSize(1).allMatch(item -> item.id()
                .equals(others));
    }

    @Test
    void areMadeAnewAndToldWhenSomebodyRevokedThem() {
        works.wish(Works.DOCUMENT.replace(", credentials: keys}", "}"));
        works.untilInfrastructure(status -> status.foundation().isPresent());
        var first = mine().orElseThrow();
        var sealed = bucket().credentials();
        hand.delete(hand.user() + "/credentials/OS-EC2/" + first);
        works.clock.advance(Duration.ofMinutes(6));

        works.until(() -> !bucket().credentials().equals(sealed));

        var told = new String(works.sealer.open(works.uid(), bucket().credentials()), UTF_8);
        assertThat(works.cloud.inventory().of(KIND))
                .hasSize(1)
                .allMatch(item -> !item.id().equals(first) && told.contains(item.id()));
        works.untilRemoved();
        assertThat(works.cloud.inventory().of(KIND)).isEmpty();
    }

    private Foundation.Bucket bucket() {
        return works.infrastructure()
                .flatMap(InfrastructureStatus::foundation)
                .flatMap(Foundation::bucket)
                .orElseThrow();
    }

    private Optional<String> mine() {
        return works.infrastructure().stream()
                .flatMap(status -> status.resources().stream())
                .filter(line -> line.key().equals(Keys.EC2_CREDENTIAL))
                .flatMap(line -> line.id().stream())
                .findFirst();
    }

    private void tellThatItIsOfAnother(String id) {
        works.teller.tell(new InfrastructureStatus(
                PlatformName.of("other"),
                new Uid(UUID.randomUUID()),
                1,
                Phase.READY,
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(Resource.intended("ec2 credential", Keys.EC2_CREDENTIAL, "beside")
                        .seen(id)),
                Optional.empty(),
                List.of(),
                InfrastructureStatus.Upkeep.NONE));
    }
}
