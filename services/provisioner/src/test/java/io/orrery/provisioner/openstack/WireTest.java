package io.orrery.provisioner.openstack;

import static io.orrery.provisioner.openstack.RawServer.answer;
import static io.orrery.provisioner.openstack.RawServer.hang;
import static io.orrery.provisioner.openstack.RawServer.raw;
import static io.orrery.provisioner.openstack.RawServer.reset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orrery.provisioner.openstack.OpenStackClouds.Manners;
import io.orrery.provisioner.openstack.RawServer.Fate;
import io.orrery.provisioner.reconcile.AdjustableClock;
import io.orrery.provisioner.reconcile.CloudException;
import io.orrery.provisioner.reconcile.CloudException.Sort;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WireTest {

    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AdjustableClock clock = new AdjustableClock();
    private RawServer server = new RawServer();

    @AfterEach
    void close() {
        server.close();
    }

    static Stream<Arguments> brokenAnswers() {
        return Stream.of(
                Arguments.of("the connection is reset after the request was sent", reset()),
                Arguments.of("the connection is closed without an answer", raw("")),
                Arguments.of("the body is shorter than its length", raw(HEAD + "Content-Length: 100\r\n\r\n{\"a\":")),
                Arguments.of(
                        "a chunk breaks off", raw(HEAD + "Transfer-Encoding: chunked\r\n\r\n40\r\n{\"networks\": [")),
                Arguments.of(
                        "a chunk has no length",
                        raw(HEAD + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\nzz\r\nfoo\r\n0\r\n\r\n")),
                Arguments.of("it is no HTTP", raw("SSH-2.0-OpenSSH_9.2\r\n")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenAnswers")
    void asksOnceMoreWhenTheAnswerToAQuestionIsBroken(String about, Fate fate) {
        server(fate);

        assertThat(wire().send(get()).text()).isEqualTo("{}");
        assertThat(server.requests()).hasSize(2);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenAnswers")
    void neverRepeatsACreateThatMayHaveBeenDone(String about, Fate fate) {
        server(fate);

        var failure = failure(post());

        assertThat(failure.sort()).isEqualTo(Sort.UNSURE);
        assertThat(failure.perhapsDone()).isTrue();
        assertThat(failure.reason()).isEqualTo("CloudSilent");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void asksOnceMoreAfterA500() {
        server(answer("500 Internal Server Error", "{}"), answer("502 Bad Gateway", "<html>"));

        assertThat(wire().send(get()).status()).isEqualTo(200);
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void handsA500OnAfterTheThirdTime() {
        server(answer("500 E", ""), answer("500 E", ""), answer("500 E", ""));

        assertThat(wire().send(get()).status()).isEqualTo(500);
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void repeatsNoCreateAfterA500() {
        server(answer("500 Internal Server Error", "{}"));

        assertThat(wire().send(post()).status()).isEqualTo(500);
        assertThat(server.requests()).hasSize(1);
    }

    static Stream<Arguments> hangs() {
        return Stream.of(
                Arguments.of("before the head", hang("")),
                Arguments.of("in the head", hang("HTTP/1.1 200 OK\r\nContent-")),
                Arguments.of("in the body", hang(HEAD + "Content-Length: 100\r\n\r\n{")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hangs")
    void givesUpACallThatHangsAndDoesNotWaitForASecondOne(String about, Fate fate) {
        server(fate);

        var failure = catchThrowableOfType(
                CloudException.class, () -> wire(quick(Duration.ofMillis(300))).send(get()));

        assertThat(failure.sort()).isEqualTo(Sort.UNSURE);
        assertThat(failure).hasMessageContaining("no whole answer within PT0.3S");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void namesTheIdByWhichACallWithoutAnAnswerIsFoundInTheCloudsLogs() {
        server(reset());

        var failure = failure(post());

        var sent = Pattern.compile("(?i)x-openstack-request-id: (req-[-0-9a-f]{36})")
                .matcher(server.requests().getFirst());
        assertThat(sent.find()).isTrue();
        assertThat(failure.requestId()).contains(sent.group(1));
        assertThat(failure).hasMessageContaining(sent.group(1));
    }

    @Test
    void saysThatNothingWasSentWhereNobodyListens() {
        server.close();

        var failure = failure(post());

        assertThat(failure.sort()).isEqualTo(Sort.UNREACHABLE);
        assertThat(failure.perhapsDone()).isFalse();
        assertThat(failure.reason()).isEqualTo("CloudUnreachable");
        assertThat(failure).hasMessageContaining("127.0.0.1");
    }

    @Test
    void leavesAServiceAloneAfterFiveFailuresUntilOneCallHasTriedIt() {
        var manners = new Manners(Duration.ofSeconds(5), Duration.ofSeconds(30), 16)
                .with(1000, Duration.ofMillis(1), Duration.ofMillis(500));
        server(IntStream.range(0, 5).mapToObj(i -> answer("500 E", "")).toArray(Fate[]::new));
        var wire = wire(manners);
        IntStream.range(0, 5).forEach(i -> wire.send(post()));

        var failure = catchThrowableOfType(CloudException.class, () -> wire.send(post()));

        assertThat(failure.reason()).isEqualTo("CircuitOpen");
        assertThat(failure.sort()).isEqualTo(Sort.UNREACHABLE);
        assertThat(failure).hasMessageContaining("POST /servers was answered with 500");
        assertThat(server.requests()).hasSize(5);
        assertThat(gauge("orrery.cloud.circuit.open")).isEqualTo(1);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptionsInstanceOf(CloudException.class)
                .until(() -> wire.send(get()).status() == 200);
        assertThat(server.requests()).hasSize(6);
        assertThat(gauge("orrery.cloud.circuit.open")).isZero();
    }

    @Test
    void asksNobodyAnythingBeforeTheTimeThatAThrottlingServiceNames() {
        server(answer("429 Too Many Requests", "{}", "Retry-After: 30"));
        var wire = wire();
        assertThat(wire.send(get()).status()).isEqualTo(429);

        var failure = catchThrowableOfType(CloudException.class, () -> wire.send(get()));

        assertThat(failure.sort()).isEqualTo(Sort.BUSY);
        assertThat(failure.retryAfter().orElseThrow()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30));
        assertThat(server.requests()).hasSize(1);
        clock.advance(Duration.ofSeconds(31));
        assertThat(wire.send(get()).status()).isEqualTo(200);
    }

    @Test
    void countsEveryCallByServiceVerbAndStatus() {
        server(answer("500 E", ""), raw(HEAD + "Content-Length: 100\r\n\r\n{"));
        wire().send(get());

        assertThat(meters.get("orrery.cloud.calls")
                        .tags("cloud", "test", "service", "compute", "verb", "GET")
                        .counters())
                .extracting(counter -> counter.getId().getTag("status") + ": " + counter.count())
                .containsExactlyInAnyOrder("500: 1.0", "silent: 1.0", "200: 1.0");
    }

    private double gauge(String name) {
        return meters.get(name).gauge().value();
    }

    private void server(Fate... fates) {
        server.close();
        server = new RawServer(fates);
    }

    private CloudException failure(Call call) {
        return catchThrowableOfType(CloudException.class, () -> wire().send(call));
    }

    private Wire wire() {
        return wire(quick(Duration.ofSeconds(30)));
    }

    private static Manners quick(Duration patience) {
        return new Manners(Duration.ofSeconds(5), patience, 16).with(1000, Duration.ofMillis(1), Duration.ofMinutes(1));
    }

    private Wire wire(Manners manners) {
        var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return new Wire(client, new Traffic("test", manners, clock, meters), manners, clock);
    }

    private Call get() {
        return call("GET", Optional.empty());
    }

    private Call post() {
        return call("POST", Optional.of("{\"server\": {}}"));
    }

    private Call call(String verb, Optional<String> body) {
        URI uri = server.uri("/servers");
        return new Call("compute", verb, uri, Map.of(), body);
    }
}
