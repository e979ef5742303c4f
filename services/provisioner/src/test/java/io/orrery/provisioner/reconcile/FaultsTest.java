package io.orrery.provisioner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.contracts.Condition;
import io.orrery.contracts.InfrastructureStatus;
import io.orrery.contracts.Phase;
import io.orrery.reconciler.loop.Outcome;
import io.orrery.sandbox.openstack.faults.Effect;
import io.orrery.sandbox.openstack.faults.Matcher;
import io.orrery.sandbox.openstack.model.Ledger.Entry;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The cloud at its worst: no duplicate, no orphan, a clear word, and recovery without help. */
class FaultsTest {

    private final Works works = new Works();

    @AfterEach
    void close() {
        works.close();
    }

    static Stream<Arguments> lostAnswers() {
        return Stream.of(
                Arguments.of("network", "/networks", "network", new Effect.Reply(500, true)),
                Arguments.of("network", "/routers$", "router", new Effect.Cut(true)),
                Arguments.of("network", "/ports", "port", new Effect.Cut(true)),
                Arguments.of("network", "/floatingips", "floatingip", new Effect.Reply(500, true)),
                Arguments.of("network", "/security-groups", "security-group", new Effect.Truncate()),
                Arguments.of("compute", "/os-server-groups", "server-group", new Effect.Reply(500, true)),
                Arguments.of("compute", "/servers", "server", new Effect.Cut(true)));
    }

    @ParameterizedTest(name = "{1} {3}")
    @MethodSource("lostAnswers")
    void makesNothingTwiceWhenTheAnswerIsLost(String service, String path, String kind, Effect effect) {
        works.cloud.faults().add(Matcher.next(1, service, "POST", path), effect);

        works.untilReady();

        assertThat(works.cloud.faults().list()).allMatch(fault -> fault.befallen() == 1);
        assertThat(madeOurs()).doesNotHaveDuplicates().anyMatch(made -> made.startsWith(kind));
    }

    @ParameterizedTest(name = "{1} {3}")
    @MethodSource("lostAnswers")
    void makesItAgainAMinuteAfterARequestThatDidNotArrive(String service, String path, String kind, Effect ignored) {
        works.cloud.faults().add(Matcher.next(1, service, "POST", path), new Effect.Cut(false));
        works.wish(Works.DOCUMENT);
        works.pass();
        works.clock.advance(Duration.ofSeconds(61));

        works.untilInfrastructure(status -> status.foundation().isPresent());
        works.prepareBootstrap(1);
        works.pass();
        works.clock.advance(Duration.ofSeconds(61));
        works.untilInfrastructure(status -> status.phase() == Phase.READY);

        assertThat(madeOurs()).doesNotHaveDuplicates().anyMatch(made -> made.startsWith(kind));
    }

    @Test
    void findsTheKeysAgainThatItMadeThoughTheyHaveNoName() {
        works.cloud.faults().add(Matcher.next(1, "identity", "POST", "OS-EC2"), new Effect.Cut(true));
        works.wish(Works.DOCUMENT.replace(", credentials: keys}", "}"));

        works.untilInfrastructure(status -> status.foundation().isPresent());

        assertThat(works.cloud.inventory().of("ec2-credential")).hasSize(1);
        works.untilRemoved();
        assertThat(works.cloud.inventory().of("ec2-credential")).isEmpty();
    }

    @Test
    void takesAnEmptyListForASuspicionOnly() {
        works.untilReady();
        var before = works.ours();
        var made = works.cloud.ledger().size();
        works.cloud
                .faults()
                .add(
                        Matcher.every(null, "GET", "(ports|servers/detail|networks|floatingips)$"),
                        new Effect.EmptyList());

        for (int pass = 0; pass < 5; pass++) {
            works.pass();
        }

        works.cloud.faults().clear();
        works.untilInfrastructure(status -> status.phase() == Phase.READY);
        assertThat(works.ours()).isEqualTo(before);
        assertThat(works.cloud.ledger()).hasSize(made);
    }

    @Test
    void takesAShortListForASuspicionOnly() {
        works.untilReady();
        var before = works.ours();
        var made = works.cloud.ledger().size();
        works.cloud.faults().add(Matcher.next(4, "compute", "GET", "servers/detail$"), new Effect.EmptyList());

        for (int pass = 0; pass < 5; pass++) {
            works.pass();
        }

        assertThat(works.infrastructure().orElseThrow().phase()).isEqualTo(Phase.READY);
        assertThat(works.ours()).isEqualTo(before);
        assertThat(works.cloud.ledger()).hasSize(made);
    }

    @Test
    void makesNothingBesideSomebodysThingThatHasTheName() {
        var uid = works.foretell(Works.DOCUMENT);
        var name = "orrery-demo-" + uid.shortForm() + "-network";
        var byHand = works.byHand();
        var theirs = byHand.make(ByHand.NETWORK + "/networks", "{\"network\": {\"name\": \"" + name + "\"}}");

        works.untilInfrastructure(status -> status.phase() == Phase.FAILED);

        assertThat(works.infrastructure().orElseThrow().conditions())
                .anyMatch(condition -> condition.reason().equals("NameTaken")
                        && condition.message().contains(theirs));
        byHand.put(ByHand.NETWORK + "/networks/" + theirs, "{\"network\": {\"name\": \"theirs\"}}");
        works.untilInfrastructure(status -> status.foundation().isPresent());
        works.untilRemoved();
        assertThat(works.cloud.inventory().names("network")).contains("theirs");
    }

    @Test
    void triesAgainAfterAConflict() {
        works.cloud.faults().add(Matcher.next(2, "network", "POST", null), new Effect.Reply(409, false));
        works.cloud.faults().add(Matcher.next(1, "compute", "POST", "/servers"), new Effect.Reply(409, false));

        works.untilReady();

        assertThat(works.cloud.faults().list()).allMatch(fault -> fault.befallen() > 0);
        assertThat(madeOurs()).doesNotHaveDuplicates();
    }

    @Test
    void saysWhatNovaSaysOfItsQuotaWhereThatCannotBeAskedForBefore() {
        works.cloud.quota("compute", "instances", 4);
        works.cloud.faults().add(Matcher.every(null, "GET", "(/limits|/quotas/.*)$"), new Effect.Reply(403, false));
        works.wish(Works.DOCUMENT);
        works.untilInfrastructure(status -> status.foundation().isPresent());
        works.prepareBootstrap(1);

        works.untilInfrastructure(status -> status.phase() == Phase.FAILED);

        var conditions = works.infrastructure().orElseThrow().conditions().toString();
        assertThat(conditions).contains("QuotaExceeded", "Quota exceeded for instances", "req-");
        assertThat(works.cloud.inventory().of("server")).hasSize(4);
    }

    @Test
    void waitsAsLongAsTheCloudAsksItTo() {
        works.cloud.faults().add(Matcher.next(1, "network", "POST", "/networks"), new Effect.Throttle(2));
        works.wish(Works.DOCUMENT);

        var outcome = works.pass();

        assertThat(outcome).isEqualTo(new Outcome.Progressing(Duration.ofSeconds(2)));
        works.untilInfrastructure(status -> status.foundation().isPresent());
        assertThat(madeOurs()).doesNotHaveDuplicates();
    }

    @Test
    void goesOnByItselfAfterAServiceWasDown() {
        var down = works.cloud.faults().down("network");
        works.wish(Works.DOCUMENT);
        assertThat(works.pass()).isInstanceOfAny(Outcome.Failed.class, Outcome.Unreachable.class);
        assertThat(works.infrastructure().orElseThrow().phase()).isEqualTo(Phase.FAILED);

        works.cloud.faults().lift(down);

        works.untilInfrastructure(status -> status.foundation().isPresent());
    }

    @Test
    void takesAPlatformThatStandsForWhatItWasWhileACloudFailsForAMoment() {
        works.untilReady();
        var before = works.infrastructure().orElseThrow();
        works.cloud.faults().add(Matcher.every("compute", "GET", "servers/detail$"), new Effect.Reply(500, false));

        works.pass();

        var told = works.infrastructure().orElseThrow();
        assertThat(told.phase()).isEqualTo(Phase.READY);
        assertThat(told.slots()).isEqualTo(before.slots());
        assertThat(problem(told).status()).isEqualTo(Condition.Status.FALSE);
        assertThat(problem(told).message()).contains("servers/detail", "500", "req-");
        assertThat(told.conditions()).extracting(Condition::type).contains("FoundationReady", "MachinesReady");

        works.clock.advance(Duration.ofSeconds(61));
        works.pass();
        assertThat(works.infrastructure().orElseThrow().phase()).isEqualTo(Phase.DEGRADED);

        works.cloud.faults().clear();
        works.untilInfrastructure(status -> status.phase() == Phase.READY);
        assertThat(problem(works.infrastructure().orElseThrow()).status()).isEqualTo(Condition.Status.TRUE);
    }

    @Test
    void takesTwoMomentsForTwoIfAllWasWellBetween() {
        works.untilReady();
        for (int moment = 0; moment < 2; moment++) {
            var down = works.cloud.faults().down("network");
            works.pass();
            assertThat(works.infrastructure().orElseThrow().phase()).isEqualTo(Phase.READY);
            works.cloud.faults().lift(down);
            works.until(() -> problem(works.infrastructure().orElseThrow()).status() == Condition.Status.TRUE);
            works.clock.advance(Duration.ofSeconds(61));
        }
    }

    @Test
    void findsThePlugInABorrowedRouterAgainWhoseAnswerWasLost() {
        var byHand = works.byHand();
        var router = byHand.make(
                ByHand.NETWORK + "/routers",
                "{\"router\": {\"name\": \"theirs\", \"external_gateway_info\": {\"network_id\": \"%s\"}}}"
                        .formatted(byHand.idOf(ByHand.NETWORK + "/networks", "external")));
        works.cloud.faults().add(Matcher.next(1, "network", "PUT", "add_router_interface"), new Effect.Cut(true));

        works.untilReady(Works.DOCUMENT.replace("attach: [eodata]", "attach: [eodata], borrow: {router: theirs}"));

        assertThat(works.cloud.faults().list()).allMatch(fault -> fault.befallen() == 1);
        works.untilRemoved();
        assertThat(byHand.get(ByHand.NETWORK + "/ports?device_id=" + router + "&device_owner=network:router_interface")
                        .path("ports"))
                .isEmpty();
    }

    @Test
    void namesAllThatCannotBeFoundAtOnce() {
        works.wish(Works.DOCUMENT
                .replace("Ubuntu 22.04 LTS", "Plan 9")
                .replace("agent, count: 2, flavor: eo1.large", "agent, count: 2, flavor: eo9.huge"));

        works.pass();

        var status = works.infrastructure().orElseThrow();
        assertThat(status.phase()).isEqualTo(Phase.FAILED);
        assertThat(status.conditions().getFirst().message())
                .contains("there is no image Plan 9", "there is no flavor eo9.huge");
        assertThat(works.ours()).isEmpty();
    }

    @Test
    void signsInOnceMoreWhenItsTokenIsNotAcceptedAnyMore() {
        works.untilReady();
        works.cloud.faults().add(Matcher.next(1, "network", "GET", "/networks"), new Effect.Reply(401, false));

        assertThat(works.pass()).isInstanceOf(Outcome.Converged.class);
    }

    private static Condition problem(InfrastructureStatus status) {
        return status.conditions().stream()
                .filter(condition -> condition.type().equals("CloudWorks"))
                .findFirst()
                .orElseThrow();
    }

    /** Kind and name of all that was ever made of ours; names are unique, so a duplicate here is a thing made twice. */
    private List<String> madeOurs() {
        return works.cloud.ledger().stream()
                .map(FaultsTest::words)
                .filter(words -> words.contains(" orrery-"))
                .toList();
    }

    /** A floating IP is called by its address; the platform has one. */
    private static String words(Entry entry) {
        return entry.kind() + " " + (entry.kind().equals("floatingip") ? "orrery-address" : entry.name());
    }
}
