package io.orrery.jobtracker;

import static io.orrery.jobtracker.Samples.job;
import static io.orrery.jobtracker.Samples.json;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.orrery.contracts.PlatformName;
import io.orrery.contracts.TrackingStatus;
import io.orrery.contracts.Uid;
import io.orrery.jobtracker.registry.Caller;
import io.orrery.jobtracker.registry.Registry;
import io.orrery.reconciler.facts.FactTables;
import io.orrery.sandbox.testkit.BackboneExtension;
import io.orrery.sandbox.testkit.BackboneResource;
import io.orrery.sandbox.testkit.TestBackbone;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What people ask about jobs, over HTTP. */
@ExtendWith(BackboneExtension.class)
@QuarkusTest
@QuarkusTestResource(BackboneResource.class)
@QuarkusTestResource(KeysResource.class)
class JobsForPeopleIT {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final PlatformName platform =
            new PlatformName("p" + UUID.randomUUID().toString().substring(0, 8));
    private final Caller caller = new Caller("openeo-" + platform, Set.of(platform.value()));
    private final HttpClient browser = HttpClient.newHttpClient();

    @Inject
    FactTables facts;

    @Inject
    Registry registry;

    @Inject
    Event<ShutdownDelayInitiatedEvent> stops;

    @TestHTTPResource("/")
    URI service;

    @BeforeEach
    void aPlatform(TestBackbone backbone) {
        await().atMost(DEADLINE).until(() -> given().get("/q/health/ready").statusCode() == 200);
        TestFacts.tell(backbone, Samples.platform(platform, new Uid(UUID.randomUUID())));
        await().atMost(DEADLINE).until(() -> facts.about(platform)
                .tracking()
                .flatMap(TrackingStatus::registry)
                .isPresent());
    }

    @AfterEach
    void leave() {
        browser.shutdownNow();
    }

    @Test
    void findsJobsByUserStatusTextAndTimeInPagesAndInTheOrderAskedFor() {
        create("a", "anna@example.org", "Snow", "2026-01-01T10:00:00Z");
        create("b", "anna@example.org", "Rain", "2026-01-02T10:00:00Z");
        create("c", "bob", "Snowfall", "2026-01-03T10:00:00Z");
        registry.patch(caller, id("b"), json("{\"status\": \"queued\"}"));

        assertFound("?user=anna%40example.org", "b", "a");
        assertFound("?status=queued&status=running", "b");
        assertFound("?text=snow&sort=created", "a", "c");
        assertFound("?createdFrom=2026-01-02&createdTo=2026-01-03", "b");
        var first = given().get("/platforms/{name}/jobs?limit=2", platform.value())
                .then()
                .statusCode(200)
                .body("jobs.job_id", contains(id("c"), id("b")))
                .body("total", equalTo(3))
                .extract();
        String next = first.path("next");
        given().get("/platforms/{name}/jobs?limit=2&after={next}", platform.value(), next)
                .then()
                .statusCode(200)
                .body("jobs.job_id", contains(id("a")))
                .body("", not(hasKey("next")));
    }

    @Test
    void saysWhatIsWrongWithAQuestion() {
        for (var question : List.of("?status=lost", "?createdFrom=soon", "?sort=colour", "?limit=0", "?after=%3F")) {
            given().get("/platforms/" + platform + "/jobs" + question)
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json");
        }
        given().get("/platforms/unheard-of/jobs").then().statusCode(404);
        given().get("/platforms/{name}/jobs/{id}", platform.value(), "j-none")
                .then()
                .statusCode(404);
    }

    @Test
    void streamsEventsOfAPlatformAndGoesOnAfterTheLastThatWasSeen() {
        var live = listen("/jobs/stream?platform=" + platform, "");
        await().atMost(DEADLINE).until(() -> live.contains(":listening"));
        create("a", "anna", "Snow", "2026-01-01T10:00:00Z");
        registry.patch(caller, id("a"), json("{\"status\": \"queued\"}"));
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(live)
                .contains("event:JobQueued")
                .anyMatch(line -> line.startsWith("id:"))
                .anyMatch(line -> line.startsWith("data:{") && line.contains(id("a"))));
        var seen =
                live.stream().filter(line -> line.startsWith("id:")).findFirst().orElseThrow();

        registry.patch(caller, id("a"), json("{\"status\": \"running\"}"));
        registry.patch(caller, id("a"), json("{\"status\": \"finished\"}"));
        await().atMost(DEADLINE).until(() -> live.contains("event:JobFinished"));
        var again = listen("/jobs/stream?platform=" + platform, seen.substring(3));

        await().atMost(DEADLINE).until(() -> again.contains("event:JobFinished"));
        assertThat(again.stream().filter(line -> line.startsWith("event:")))
                .containsExactly("event:JobStarted", "event:JobFinished");
    }

    @Test
    void streamsEndWhenTheServiceBeginsToStop() {
        var lines = listen("/jobs/stream?platform=" + platform, "");
        await().atMost(DEADLINE).until(() -> lines.contains(":listening"));

        stops.fire(new ShutdownDelayInitiatedEvent());

        await().atMost(DEADLINE).until(() -> lines.contains("ended"));
    }

    @Test
    void aStreamInWhichNothingHappensIsKeptAliveAndOthersPlatformsStayOut() {
        var other = listen("/jobs/stream?platform=another", "");
        await().atMost(DEADLINE).until(() -> other.contains(":listening"));
        create("a", "anna", "Snow", "2026-01-01T10:00:00Z");
        registry.patch(caller, id("a"), json("{\"status\": \"queued\"}"));

        await().atMost(DEADLINE)
                .until(() -> other.stream().filter(":nothing new"::equals).count() >= 2);

        assertThat(other).noneMatch(line -> line.startsWith("event:"));
    }

    @Test
    void showsSetsAndRemovesTheLimitOfAUser() {
        for (var user : List.of("anna@example.org", "a%2Fb", "%C3%BC")) {
            var path = "/platforms/" + platform + "/users/" + user + "-" + platform + "/limits";
            limits().get(path).then().statusCode(200).body("", not(hasKey("concurrent_pod_limit")));
            limits().body("{\"concurrent_pod_limit\": 5}")
                    .put(path)
                    .then()
                    .statusCode(200)
                    .body("concurrent_pod_limit", equalTo(5));
            limits().get(path).then().body("concurrent_pod_limit", equalTo(5));
            limits().delete(path).then().statusCode(204);
            limits().get(path).then().body("", not(hasKey("concurrent_pod_limit")));
        }
    }

    @Test
    void refusesWhatIsNoLimitAndWhoIsNoUser() {
        var path = "/platforms/" + platform + "/users/anna/limits";
        for (var body : List.of(
                "{\"concurrent_pod_limit\": -1}",
                "{\"concurrent_pod_limit\": 1.5}",
                "{\"concurrent_pod_limit\": \"5\"}",
                "{\"concurrent_pod_limit\": 99999999999}",
                "{\"limit\": 5}",
                "{}",
                "5")) {
            limits().body(body).put(path).then().statusCode(400).contentType("application/problem+json");
        }
        limits().get("/platforms/" + platform + "/users/%2Fanna/limits").then().statusCode(400);
        limits().get("/platforms/unheard-of/users/anna/limits").then().statusCode(404);
    }

    private static RequestSpecification limits() {
        return given().urlEncodingEnabled(false).contentType(ContentType.JSON);
    }

    @Test
    void refusesALastEventIdThatIsNone() {
        given().header("Last-Event-ID", "first")
                .get("/jobs/stream")
                .then()
                .statusCode(400)
                .body(containsString("Last-Event-ID"));
    }

    private void assertFound(String question, String... jobs) {
        given().urlEncodingEnabled(false)
                .get("/platforms/" + platform + "/jobs" + question)
                .then()
                .statusCode(200)
                .body(
                        "jobs.job_id",
                        contains(List.of(jobs).stream().map(this::id).toArray()))
                .body("total", equalTo(jobs.length));
    }

    private void create(String name, String user, String title, String created) {
        registry.create(
                caller,
                job(id(name), platform.value(), user).put("title", title).put("created", created));
    }

    private String id(String name) {
        return "j-" + platform + "-" + name;
    }

    /** The lines of a stream, as they come. */
    private Queue<String> listen(String path, String lastEventId) {
        var request = HttpRequest.newBuilder(service.resolve(path)).header("Accept", "text/event-stream");
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        var lines = new ConcurrentLinkedQueue<String>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                browser.send(request.build(), BodyHandlers.ofLines()).body().forEach(lines::add);
                lines.add("ended");
            } catch (IOException | UncheckedIOException e) {
                lines.add("ended: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return lines;
    }
}
