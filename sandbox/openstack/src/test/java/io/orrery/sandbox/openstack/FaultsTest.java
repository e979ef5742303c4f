package io.orrery.sandbox.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.sandbox.openstack.faults.Effect;
import io.orrery.sandbox.openstack.faults.Fate;
import io.orrery.sandbox.openstack.faults.Matcher;
import io.orrery.sandbox.openstack.model.Json;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What can be made to go wrong. Only the emulator can do this, so OS_CLOUD makes no difference here. */
class FaultsTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private OpenStackEmulator emulator;
    private Api api;

    @BeforeEach
    void open() {
        emulator = OpenStackEmulator.start(OpenStackSettings.defaults());
        api = Api.signIn(CloudEntry.parse(emulator.cloudsYaml(), "sandbox"));
    }

    @AfterEach
    void close() {
        emulator.close();
    }

    private Reply makeNetwork(String name) {
        return api.post("network", "/networks", Json.object("network", Map.of("name", name)));
    }

    @Test
    void aThrottledCallNamesTheSecondsToWaitAndTheNextOneGoesThrough() {
        emulator.faults().add(Matcher.next(1, "compute", "GET", "/servers"), new Effect.Throttle(7));

        var reply = api.get("compute", "/servers");

        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.header("Retry-After")).isEqualTo("7");
        assertThat(reply.json().has("overLimit")).isTrue();
        assertThat(api.get("compute", "/servers").status()).isEqualTo(200);
    }

    @Test
    void a500IsAnsweredWithoutTheWorkOrAfterIt() {
        emulator.faults().add(Matcher.next(1, "network", "POST", "/networks"), new Effect.Reply(500, false));
        assertThat(makeNetwork("undone").status()).isEqualTo(500);
        emulator.faults().add(Matcher.next(1, "network", "POST", "/networks"), new Effect.Reply(500, true));
        assertThat(makeNetwork("done").status()).isEqualTo(500);

        assertThat(emulator.inventory().names("network")).contains("done").doesNotContain("undone");
    }

    @Test
    void aConnectionIsCutBeforeTheWorkOrAfterIt() {
        emulator.faults().add(Matcher.next(1, "network", "POST", "/networks"), new Effect.Cut(false));
        assertThatThrownBy(() -> makeNetwork("undone")).isInstanceOf(UncheckedIOException.class);
        emulator.faults().add(Matcher.next(1, "network", "POST", "/networks"), new Effect.Cut(true));
        assertThatThrownBy(() -> makeNetwork("done")).isInstanceOf(UncheckedIOException.class);

        assertThat(emulator.inventory().names("network")).contains("done").doesNotContain("undone");
    }

    @Test
    void aTruncatedAnswerEndsInTheMiddle() {
        emulator.faults().add(Matcher.next(1, "network", "GET", "/networks"), new Effect.Truncate());

        assertThatThrownBy(() -> api.get("network", "/networks")).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void anEmptyListIsALieThatLooksTrue() {
        emulator.faults().add(Matcher.next(1, "network", "GET", "/networks"), new Effect.EmptyList());

        var reply = api.get("network", "/networks");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json()).isEqualTo(Json.object("networks", List.of()));
        assertThat(api.get("network", "/networks").json().path("networks").size())
                .isEqualTo(2);
    }

    @Test
    void aHangingCallIsNeverAnswered() throws Exception {
        emulator.faults().add(Matcher.next(1, "compute", "GET", "/flavors"), new Effect.Hang(false));
        var request = HttpRequest.newBuilder(URI.create(api.endpoint("compute") + "/flavors"))
                .header("X-Auth-Token", api.token())
                .timeout(Duration.ofMillis(500))
                .build();

        try (var http = HttpClient.newHttpClient()) {
            assertThatThrownBy(() -> http.send(request, BodyHandlers.ofString()))
                    .isInstanceOf(HttpTimeoutException.class);
        }
    }

    @Test
    void aDelayComesOnTopOfEverything() {
        emulator.faults().add(Matcher.next(1, "network", "GET", null), new Effect.Delay(Duration.ofMillis(300)));
        var begin = System.nanoTime();

        assertThat(api.get("network", "/networks").status()).isEqualTo(200);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void aServiceThatIsDownAnswersAsItsProxyDoesUntilTheFaultIsLifted() {
        var id = emulator.faults().down("network");
        assertThat(api.get("network", "/networks").status()).isEqualTo(503);
        assertThat(api.get("compute", "/servers").status()).isEqualTo(200);

        emulator.faults().lift(id);

        assertThat(api.get("network", "/networks").status()).isEqualTo(200);
    }

    @Test
    void diceOfTheSameSeedFallTheSameWay() {
        var match = new Matcher("network", "GET", null, 0, 0.5, 42);
        var first = statuses(match);
        emulator.faults().clear();

        assertThat(first).contains(200, 500);
        assertThat(statuses(match)).isEqualTo(first);
    }

    private List<Integer> statuses(Matcher match) {
        emulator.faults().add(match, new Effect.Reply(500, false));
        return java.util.stream.IntStream.range(0, 20)
                .mapToObj(unused -> api.get("network", "/networks").status())
                .toList();
    }

    private String makeServer(String name) {
        var flavor =
                api.get("compute", "/flavors").json().path("flavors").path(0).path("id");
        var image = api.get("image", "/images").json().path("images").path(0).path("id");
        var wish = Json.object("name", name, "flavorRef", flavor, "imageRef", image);
        var reply = api.post("compute", "/servers", Json.object("server", wish));
        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
        return Json.text(reply.json().path("server"), "id");
    }

    private JsonNode server(String id) {
        return api.get("compute", "/servers/" + id).json().path("server");
    }

    private JsonNode awaitStatus(String id, String status) {
        return Awaitility.await().atMost(DEADLINE).until(() -> server(id), found -> Json.text(found, "status")
                .equals(status));
    }

    @Test
    void aServerFatedToErrorShowsItsFault() {
        emulator.faults().add(new Fate("doomed", 1, Fate.End.ERROR, "No disk left", null));

        var server = awaitStatus(makeServer("doomed"), "ERROR");

        assertThat(Json.text(server.path("fault"), "message")).isEqualTo("No disk left");
        awaitStatus(makeServer("doomed"), "ACTIVE");
    }

    @Test
    void aServerFatedToVanishIsGoneWithoutARequest() {
        emulator.faults().add(new Fate("lost", 1, Fate.End.VANISH, null, Duration.ofMillis(100)));

        var id = makeServer("lost");

        Awaitility.await()
                .atMost(DEADLINE)
                .until(() -> api.get("compute", "/servers/" + id).status() == 404);
        assertThat(emulator.ledger()).anyMatch(made -> made.id().equals(id));
    }

    @Test
    void aServerFatedToBuildForeverStaysThereAndOneFatedToShutoffGoesOff() {
        emulator.faults().add(new Fate("stuck", 1, Fate.End.BUILD, null, null));
        emulator.faults().add(new Fate("tired", 1, Fate.End.SHUTOFF, null, null));
        var stuck = makeServer("stuck");

        awaitStatus(makeServer("tired"), "SHUTOFF");

        assertThat(Json.text(server(stuck), "status")).isEqualTo("BUILD");
        Awaitility.await().atMost(DEADLINE).until(() -> Json.text(server(stuck), "OS-EXT-STS:task_state")
                .equals("spawning"));
    }

    @Test
    void faultsAreOrderedOverHttpAsWell() throws Exception {
        var fault = Json.object(
                "match", Map.of("service", "image", "verb", "GET", "path", "/images", "times", 1),
                "effect", Map.of("kind", "reply", "status", 500, "done", false));
        assertThat(control("POST", "/_faults", fault).statusCode()).isEqualTo(201);
        assertThat(control("GET", "/_faults", null).body()).contains("\"kind\":\"reply\"");

        assertThat(api.get("image", "/images").status()).isEqualTo(500);
        assertThat(api.get("image", "/images").status()).isEqualTo(200);

        assertThat(control("DELETE", "/_faults", null).statusCode()).isEqualTo(204);
        assertThat(control("POST", "/_faults", Json.object("match", Map.of())).statusCode())
                .isEqualTo(400);
        assertThat(control("GET", "/_inventory", null).body()).contains("Ubuntu 22.04 LTS");
        assertThat(control("GET", "/_calls", null).body()).contains("\"/v2/images\"");
        assertThat(control("GET", "/_ledger", null).body()).contains("\"external\"");
    }

    private java.net.http.HttpResponse<String> control(String verb, String path, JsonNode body) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString());
            return http.send(
                    HttpRequest.newBuilder(URI.create(emulator.root() + path))
                            .method(verb, publisher)
                            .build(),
                    BodyHandlers.ofString());
        }
    }
}
