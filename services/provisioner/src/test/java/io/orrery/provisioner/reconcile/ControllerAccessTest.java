package io.orrery.provisioner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.contracts.CloudCredential;
import io.orrery.contracts.Condition;
import io.orrery.contracts.Foundation;
import io.orrery.contracts.InfrastructureStatus;
import io.orrery.contracts.Resource;
import io.orrery.contracts.Sealed;
import io.orrery.provisioner.model.Keys;
import io.orrery.reconciler.facts.FactCodec;
import io.orrery.sandbox.openstack.faults.Effect;
import io.orrery.sandbox.openstack.faults.Matcher;
import io.orrery.sandbox.openstack.model.Ledger.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the cloud controller and Cinder CSI sign in with. */
class ControllerAccessTest {

    private static final String KIND = "application-credential";

    private final Works works = new Works();
    private final ByHand hand = works.byHand();

    @AfterEach
    void close() {
        works.close();
    }

    @Test
    void tellsARestrictedCredentialThatOneCanSignInWith() {
        begin();

        var told = told().orElseThrow();

        assertThat(told.id())
                .isEqualTo(works.cloud.inventory().of(KIND).getFirst().id());
        assertThat(told.region()).contains("RegionOne");
        var listed =
                hand.get(hand.user() + "/application_credentials/" + told.id()).path("application_credential");
        assertThat(listed.path("unrestricted").asBoolean()).isFalse();
        assertThat(listed.path("roles")).hasSize(1);
        assertThat(listed.at("/roles/0/name").asText()).isEqualTo("member");
        signInAs(told);
        works.pass();
        assertThat(conditions()).extracting(Condition::reason).contains("Answering");
    }

    @Test
    void makesOneOnlyThoughTheAnswerIsLostAndKnowsItsSecret() {
        works.cloud.faults().add(Matcher.next(1, "identity", "POST", "/application_credentials"), new Effect.Cut(true));

        begin();

        assertThat(works.cloud.ledger())
                .filteredOn(entry -> entry.kind().equals(KIND))
                .hasSize(1);
        signInAs(told().orElseThrow());
        works.pass();
        assertThat(conditions()).extracting(Condition::reason).contains("Answering");
    }

    @Test
    void makesAnotherWhenSomebodyDeletedItAndTellsThat() {
        begin();
        var first = told().orElseThrow();
        hand.delete(hand.user() + "/application_credentials/" + first.id());
        works.restart();

        works.until(() -> told().filter(told -> !told.id().equals(first.id())).isPresent());

        assertThat(told().orElseThrow().secret()).isNotEqualTo(first.secret());
        works.untilRemoved();
        assertThat(works.cloud.inventory().of(KIND)).isEmpty();
    }

    @Test
    void handsOnTheGivenCredentialWithAWarningWhereThatMayMakeNoOther() {
        var given = hand.make(hand.user() + "/application_credentials", """
                {"application_credential": {"name": "given", "secret": "given-secret"}}""");
        signInAs(new CloudCredential(works.cloud.authUrl(), Optional.empty(), given, "given-secret"));

        begin();

        assertThat(told().orElseThrow().id()).isEqualTo(given);
        assertThat(told().orElseThrow().secret()).isEqualTo("given-secret");
        assertThat(conditions()).anySatisfy(condition -> assertThat(condition.toString())
                .contains("CloudCredential", "NotPermitted", "Orrery's own application credential", "403"));
        works.untilRemoved();
        assertThat(works.cloud.inventory().names(KIND)).containsExactly("given");
        assertThat(works.ours()).isEmpty();
    }

    @Test
    void forgetsNothingThatItMadeWhereItCannotSeeToTheEndWhichCredentialIsItsOwn() {
        hand.make(hand.user() + "/application_credentials", """
                {"application_credential": {"name": "given", "secret": "given-secret"}}""");
        works.cloudsYaml("""
                clouds:
                  sandbox:
                    auth_type: v3applicationcredential
                    region_name: RegionOne
                    auth:
                      auth_url: %s
                      username: openeo
                      user_domain_name: Default
                      application_credential_name: given
                      application_credential_secret: given-secret
                """.formatted(works.cloud.authUrl()));
        works.restart();
        works.wish(Works.DOCUMENT);
        works.cloud
                .faults()
                .add(Matcher.every("identity", "GET", "/application_credentials$"), new Effect.Reply(403, false));

        for (int pass = 0; pass < 3; pass++) {
            works.pass();
        }

        assertThat(works.infrastructure().orElseThrow().resources())
                .extracting(Resource::key)
                .contains(Keys.NETWORK, Keys.ROUTER, Keys.VIP);
        works.cloud.faults().clear();
        works.untilInfrastructure(status -> status.foundation().isPresent());
        assertThat(told().orElseThrow().secret()).isEqualTo("given-secret");
        assertThat(works.cloud.inventory().names("network"))
                .filteredOn(network -> network.startsWith("orrery-"))
                .hasSize(1);
    }

    @Test
    void doesWithoutWhereAPasswordMayMakeNone() {
        works.cloud
                .faults()
                .add(Matcher.every("identity", "POST", "/application_credentials"), new Effect.Reply(403, false));

        begin();

        assertThat(told()).isEmpty();
        assertThat(conditions()).anySatisfy(condition -> assertThat(condition.toString())
                .contains("NotPermitted", "nothing to sign in"));
        assertThat(ledger()).noneMatch(line -> line.state() == Resource.State.PRESENT);
    }

    @Test
    void keepsTheSecretOutOfTheLedgerOnceTheCredentialIsGone() {
        begin();
        assertThat(ledger()).allMatch(line -> line.secret().isPresent());

        works.untilRemoved();

        assertThat(ledger()).isNotEmpty().allMatch(line -> line.secret().isEmpty());
        assertThat(works.cloud.ledger()).extracting(Entry::kind).contains(KIND);
    }

    private void begin() {
        works.wish(Works.DOCUMENT);
        works.untilInfrastructure(status -> status.foundation().isPresent());
    }

    private List<Resource> ledger() {
        return works.infrastructure().orElseThrow().resources().stream()
                .filter(line -> line.key().equals(Keys.APPLICATION_CREDENTIAL))
                .toList();
    }

    private List<Condition> conditions() {
        return works.infrastructure().map(InfrastructureStatus::conditions).orElse(List.of());
    }

    private Optional<CloudCredential> told() {
        return works.infrastructure()
                .flatMap(InfrastructureStatus::foundation)
                .flatMap(Foundation::cloudCredential)
                .map(this::opened);
    }

    private CloudCredential opened(Sealed sealed) {
        try {
            return FactCodec.read(works.sealer.open(works.uid(), sealed), CloudCredential.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void signInAs(CloudCredential login) {
        works.cloudsYaml("""
                clouds:
                  sandbox:
                    auth_type: v3applicationcredential
                    region_name: RegionOne
                    auth:
                      auth_url: %s
                      application_credential_id: %s
                      application_credential_secret: %s
                """.formatted(login.authUrl(), login.id(), login.secret()));
        works.restart();
    }
}
