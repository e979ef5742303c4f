package io.orrery.provisioner.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orrery.provisioner.openstack.CloudEntry.Services;
import io.orrery.provisioner.openstack.CloudEntry.Tls;
import io.orrery.provisioner.openstack.Credential.ApplicationCredential;
import io.orrery.provisioner.openstack.Credential.Domain;
import io.orrery.provisioner.openstack.Credential.Password;
import io.orrery.provisioner.openstack.Credential.Person;
import io.orrery.provisioner.openstack.Credential.Scope;
import io.orrery.provisioner.openstack.Credential.TokenOfOther;
import io.orrery.provisioner.openstack.OpenStackClouds.Manners;
import io.orrery.provisioner.reconcile.AdjustableClock;
import io.orrery.provisioner.reconcile.CloudException;
import io.orrery.provisioner.reconcile.CloudException.Sort;
import io.orrery.sandbox.openstack.OpenStackEmulator;
import io.orrery.sandbox.openstack.OpenStackSettings;
import io.orrery.sandbox.openstack.faults.Effect;
import io.orrery.sandbox.openstack.faults.Matcher;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One token, however many ask, and no account that is locked because of us. */
class TokensTest {

    private static final Duration LIFE = Duration.ofHours(1);

    private final AdjustableClock clock = new AdjustableClock();
    private OpenStackEmulator cloud =
            OpenStackEmulator.start(OpenStackSettings.defaults().withTokenLife(LIFE));

    @AfterEach
    void close() {
        cloud.close();
    }

    @Test
    void signsInOnceForAllThreads() {
        var tokens = tokens(password("openeo-secret"));

        assertThat(atOnce(50, () -> tokens.current().getId()))
                .hasSize(50)
                .containsOnly(tokens.current().getId());
        assertThat(signIns()).isEqualTo(1);
    }

    @Test
    void sharesTheFailureAmongAllWhoWaitedForIt() {
        cloud.faults().add(Matcher.every("identity", "POST", "/auth/tokens"), new Effect.Delay(Duration.ofMillis(200)));
        var tokens = tokens(password("wrong"));

        var failures = atOnce(20, () -> failure(tokens).reason());

        assertThat(failures).hasSize(20).containsOnly("CredentialRefused");
        assertThat(signIns()).isEqualTo(1);
    }

    @Test
    void renewsTheTokenBeforeItEnds() {
        var tokens = tokens(password("openeo-secret"));
        var first = tokens.current().getId();
        clock.advance(LIFE.multipliedBy(7).dividedBy(10));
        assertThat(tokens.current().getId()).isEqualTo(first);

        clock.advance(LIFE.multipliedBy(2).dividedBy(10));

        assertThat(tokens.current().getId()).isNotEqualTo(first);
        assertThat(signIns()).isEqualTo(2);
    }

    @Test
    void goesOnWithTheTokenThatIsStillGoodWhileKeystoneIsDown() {
        var tokens = tokens(password("openeo-secret"));
        var first = tokens.current().getId();
        clock.advance(LIFE.multipliedBy(9).dividedBy(10));
        var down = cloud.faults().down("identity");
        assertThat(tokens.current().getId()).isEqualTo(first);

        cloud.faults().lift(down);
        clock.advance(Duration.ofSeconds(31));

        assertThat(tokens.current().getId()).isNotEqualTo(first);
    }

    @Test
    void signsInAnewAfterTheTokenHasEnded() {
        var tokens = tokens(password("openeo-secret"));
        var first = tokens.current().getId();
        clock.advance(LIFE.plusMinutes(1));

        assertThat(tokens.current().getId()).isNotEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(ints = {-180, 180})
    void doesNotMindACloudWhoseClockIsWrong(int minutes) {
        cloud.close();
        cloud = OpenStackEmulator.start(OpenStackSettings.defaults()
                .withTokenLife(LIFE)
                .withClock(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(minutes))));
        var tokens = tokens(password("openeo-secret"));
        IntStream.range(0, 10).forEach(i -> tokens.current());
        assertThat(signIns()).isEqualTo(1);

        clock.advance(LIFE.multipliedBy(9).dividedBy(10));

        tokens.current();
        assertThat(signIns()).isEqualTo(2);
    }

    @Test
    void doesNotTryAWrongPasswordAgainForMinutes() {
        var tokens = tokens(password("wrong"));

        var first = failure(tokens);

        assertThat(first.sort()).isEqualTo(Sort.UNAUTHORIZED);
        assertThat(first.reason()).isEqualTo("CredentialRefused");
        assertThat(first)
                .hasMessageContaining("does not accept the password of openeo")
                .hasMessageContaining("The request you have made requires authentication.")
                .hasMessageContaining("req-")
                .hasMessageNotContaining("wrong");
        clock.advance(Duration.ofMinutes(4));
        IntStream.range(0, 20).forEach(i -> assertThat(failure(tokens)).hasMessageContaining("not tried again before"));
        assertThat(signIns()).isEqualTo(1);

        clock.advance(Duration.ofMinutes(2));

        assertThat(failure(tokens).reason()).isEqualTo("CredentialRefused");
        assertThat(signIns()).isEqualTo(2);
    }

    /** Keystone answers with 404, which must not be taken for the absence of whatever the call was about. */
    @Test
    void saysThatAnApplicationCredentialIsRefusedWhichWasDeleted() {
        var tokens = tokens(ApplicationCredential.byId("0123456789abcdef0123456789abcdef", "secret"));

        var failure = failure(tokens);

        assertThat(failure.sort()).isEqualTo(Sort.UNAUTHORIZED);
        assertThat(failure.reason()).isEqualTo("CredentialRefused");
    }

    @Test
    void signsInWithAnApplicationCredential() {
        var connection = connection(tokens(password("openeo-secret")));
        var body = JsonNodeFactory.instance.objectNode();
        body.putObject("application_credential").put("name", "robot").put("secret", "s3cret");
        var made = connection.json(
                "POST", "identity", connection.user() + "/application_credentials", Map.of(), Optional.of(body));
        var id = made.path("application_credential").path("id").asText();

        assertThat(tokens(ApplicationCredential.byId(id, "s3cret")).current().getId())
                .isNotEmpty();
        assertThat(tokens(ApplicationCredential.byName("robot", person("openeo"), "s3cret"))
                        .current()
                        .getId())
                .isNotEmpty();
    }

    @Test
    void takesATokenFromElsewhereAsLongAsItLasts() {
        var foreign = tokens(password("openeo-secret")).current().getId();
        var tokens = tokens(
                new TokenOfOther(foreign, new Scope.Project(Optional.empty(), Optional.of("openeo"), Domain.USUAL)));

        assertThat(tokens.current().getProject().getName()).isEqualTo("openeo");
        clock.advance(LIFE.multipliedBy(9).dividedBy(10));
        tokens.current();
        assertThat(signIns()).isEqualTo(2);
    }

    @Test
    void signsInOnceMoreWhenItsTokenWasRevokedInTheMiddleOfThings() {
        var connection = connection(tokens(password("openeo-secret")));
        networks(connection);
        cloud.revokeAllTokens();

        assertThat(atOnce(20, () -> networks(connection))).hasSize(20);
        assertThat(signIns()).isEqualTo(2);
    }

    @Test
    void signsInOnceMoreWhenItsTokenEndedOnTheCloudsSideOnly() {
        cloud.close();
        var theirs = new AdjustableClock();
        cloud = OpenStackEmulator.start(
                OpenStackSettings.defaults().withTokenLife(LIFE).withClock(theirs));
        var connection = connection(tokens(password("openeo-secret")));
        networks(connection);
        theirs.advance(LIFE.plusMinutes(1));

        networks(connection);

        assertThat(signIns()).isEqualTo(2);
    }

    @Test
    void asksForNoStreamOfTokensWhenAServiceAcceptsNone() {
        cloud.faults().add(Matcher.every("network", "GET", "/networks"), new Effect.Reply(401, false));
        var connection = connection(tokens(password("openeo-secret")));

        for (int call = 0; call < 10; call++) {
            var failure = catchThrowableOfType(CloudException.class, () -> networks(connection));
            assertThat(failure.reason()).isEqualTo("TokenRefused");
        }

        assertThat(signIns()).isEqualTo(2);
    }

    @Test
    void signsInAgainAfterKeystoneWasBusy() {
        cloud.faults().add(Matcher.next(1, "identity", "POST", "/auth/tokens"), new Effect.Throttle(3));
        var tokens = tokens(password("openeo-secret"));
        assertThat(failure(tokens).retryAfter()).contains(Duration.ofSeconds(3));

        clock.advance(Duration.ofSeconds(4));

        assertThat(tokens.current().getId()).isNotEmpty();
    }

    @Test
    void wantsAProjectWhereSomethingIsToBeMade() {
        var systemWide = """
                {"token": {"issued_at": "2026-11-22T12:00:00.000000Z", "expires_at": "2026-11-22T13:00:00.000000Z",
                 "system": {"all": true}, "user": {"id": "u1"}, "catalog": []}}""";
        try (var keystone = new RawServer(RawServer.answer("201 Created", systemWide, "X-Subject-Token: t"))) {
            var admin = new Password(person("admin"), "s", new Scope.OfSystem());
            var connection = connection(new Tokens(wire(), keystone.uri("/v3"), admin, clock));

            var failure = catchThrowableOfType(CloudException.class, connection::projectId);

            assertThat(failure.reason()).isEqualTo("ProjectMissing");
        }
    }

    @Test
    void takesAnAnswerThatHoldsNoTokenForNone() {
        var empty = RawServer.answer("201 Created", "{}", "X-Subject-Token: t");
        try (var keystone = new RawServer(empty)) {
            var tokens = new Tokens(wire(), keystone.uri("/v3"), password("s"), clock);

            assertThat(failure(tokens).sort()).isEqualTo(Sort.UNSURE);
        }
    }

    private Object networks(Connection connection) {
        return connection.json("GET", "network", "/networks", Map.of(), Optional.empty());
    }

    private static CloudException failure(Tokens tokens) {
        return catchThrowableOfType(CloudException.class, tokens::current);
    }

    private static Password password(String password) {
        return new Password(
                person("openeo"), password, new Scope.Project(Optional.empty(), Optional.of("openeo"), Domain.USUAL));
    }

    private static Person person(String name) {
        return new Person(Optional.empty(), Optional.of(name), Domain.USUAL);
    }

    private Tokens tokens(Credential credential) {
        return new Tokens(wire(), cloud.authUrl(), credential, clock);
    }

    private Connection connection(Tokens tokens) {
        var entry = new CloudEntry(
                cloud.authUrl(),
                password("openeo-secret"),
                Optional.of("RegionOne"),
                new Tls(true, Optional.empty(), Optional.empty(), Optional.empty()),
                new Services(Map.of()));
        return new Connection(wire(), tokens, new Endpoints(entry));
    }

    private Wire wire() {
        var manners = new Manners(Duration.ofSeconds(5), Duration.ofSeconds(30), 64)
                .with(1000, Duration.ofMillis(1), Duration.ofMillis(10));
        var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return new Wire(client, new Traffic("test", manners, clock, new SimpleMeterRegistry()), manners, clock);
    }

    /** Requests for tokens that have reached Keystone. */
    private long signIns() {
        return cloud.calls().entrySet().stream()
                .filter(call -> call.getKey().service().equals("identity")
                        && call.getKey().path().endsWith("/auth/tokens"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static <T> List<T> atOnce(int times, Supplier<T> what) {
        var running = IntStream.range(0, times)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        what, task -> Thread.ofVirtual().start(task)))
                .toList();
        try {
            return running.stream().map(CompletableFuture::join).toList();
        } catch (CompletionException e) {
            throw new AssertionError(e.getCause());
        }
    }
}
