package io.orrery.jobtracker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Topics;
import io.orrery.contracts.TrackingStatus;
import io.orrery.contracts.Uid;
import io.orrery.jobtracker.registry.JobCodec;
import io.orrery.reconciler.facts.FactCodec;
import io.orrery.reconciler.facts.FactTables;
import io.orrery.reconciler.seal.Sealer;
import io.orrery.sandbox.testkit.TestBackbone;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A client of the registry as openEO's driver is one: it knows a URL and its credentials, and signs in at the issuer. */
final class Driver {

    /** What the registry has answered. */
    record Answer(int status, HttpHeaders headers, String text) {

        JsonNode json() {
            return JobCodec.readDocument(("{\"it\":" + text + "}").getBytes(UTF_8))
                    .get("it");
        }

        /** The reason of a refusal. */
        String message() {
            return json().path("message").asText();
        }
    }

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicInteger jobs = new AtomicInteger();
    private final URI base;
    private final String backend;
    private final String clientId;
    private final String clientSecret;
    private final String token;

    private Driver(URI base, String backend, String credentials) throws IOException, InterruptedException {
        this.base = base;
        this.backend = backend;
        var parts = credentials.split(":", 2);
        this.clientId = parts[0];
        this.clientSecret = parts[1];
        this.token = token().path("access_token").asText();
    }

    /** Makes a platform, and waits until its registry is there. */
    static Driver ofNewPlatform(URI base, TestBackbone backbone, FactTables facts, Sealer sealer)
            throws IOException, InterruptedException {
        var platform = new PlatformName("p" + UUID.randomUUID().toString().substring(0, 8));
        var uid = new Uid(UUID.randomUUID());
        tell(backbone, platform, uid);
        await().atMost(DEADLINE).until(() -> facts.about(platform)
                .tracking()
                .flatMap(TrackingStatus::registry)
                .isPresent());
        var registry = facts.about(platform)
                .tracking()
                .flatMap(TrackingStatus::registry)
                .orElseThrow();
        return new Driver(
                base, registry.backendId(), new String(sealer.open(uid, registry.clientCredentials()), UTF_8));
    }

    private static void tell(TestBackbone backbone, PlatformName platform, Uid uid) {
        var fact = Samples.platform(platform, uid);
        Map<String, Object> config =
                Map.of("bootstrap.servers", backbone.kafka().bootstrapServers());
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            var message = new ProducerRecord<>(Topics.of(fact).name(), platform.value(), FactCodec.write(fact));
            message.headers().add("ce_type", fact.typeSince(Optional.empty()).getBytes(UTF_8));
            message.headers().add("ce_id", UUID.randomUUID().toString().getBytes(UTF_8));
            var sent = producer.send(message);
            producer.flush();
            assertThat(sent).isDone();
        }
    }

    String backend() {
        return backend;
    }

    String bearer() {
        return "Bearer " + token;
    }

    /** The issuer's answer to the client-credentials grant, found as the driver finds it. */
    JsonNode token() throws IOException, InterruptedException {
        var discovered =
                send(request("/issuer/.well-known/openid-configuration").GET());
        // The issuer's name has the port that is configured, and tests listen on a free one.
        var endpoint = URI.create(discovered.json().path("token_endpoint").asText());
        var form = "grant_type=client_credentials&client_id=" + encoded(clientId) + "&client_secret="
                + encoded(clientSecret) + "&scope=openid";
        var answer = send(request(endpoint.getPath())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    /** A document of a job that no other test has, as the web app posts it. */
    ObjectNode newJob() {
        return newJob("anna@example.org");
    }

    ObjectNode newJob(String user) {
        return Samples.job("j-" + backend + "-" + jobs.incrementAndGet(), backend, "anna")
                .put("user_id", user);
    }

    /** The id of a job that has been created. */
    String created() throws IOException, InterruptedException {
        return created(newJob());
    }

    String created(ObjectNode document) throws IOException, InterruptedException {
        assertThat(post("/jobs", document.toString()).status()).isEqualTo(201);
        return document.path("job_id").asText();
    }

    Answer health() throws IOException, InterruptedException {
        return send(request("/registry/health").GET());
    }

    Answer post(String path, String body) throws IOException, InterruptedException {
        return send("POST", path, BodyPublishers.ofString(body));
    }

    Answer patch(String jobId, String body) throws IOException, InterruptedException {
        return send("PATCH", "/jobs/" + encoded(jobId), BodyPublishers.ofString(body));
    }

    Answer delete(String jobId) throws IOException, InterruptedException {
        return send("DELETE", "/jobs/" + encoded(jobId), BodyPublishers.noBody());
    }

    Answer send(String method, String path, BodyPublisher body) throws IOException, InterruptedException {
        return send(request("/registry" + path)
                .header("Authorization", bearer())
                .header("Content-Type", "application/json")
                .method(method, body));
    }

    Answer sendWith(Optional<String> authorization, String method, String path, String body)
            throws IOException, InterruptedException {
        var request = request("/registry" + path).method(method, BodyPublishers.ofString(body));
        authorization.ifPresent(it -> request.header("Authorization", it));
        return send(request);
    }

    /** A GET of anything this service serves. */
    Answer get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    /** The documents found by a query, which is written with single quotes. */
    JsonNode found(String query, String... source) throws IOException, InterruptedException {
        var body = Samples.json(("{'query':" + query + "}").replace('\'', '"'));
        if (source.length > 0) {
            var names = body.putArray("_source");
            for (var name : source) {
                names.add(name);
            }
        }
        var answer = post("/jobs/search", body.toString());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    /** The job as a search with "*" shows it; fails if there is none. */
    JsonNode job(String jobId) throws IOException, InterruptedException {
        return byId(jobId).path(0);
    }

    JsonNode byId(String jobId) throws IOException, InterruptedException {
        var body = Samples.json("{\"query\":{\"bool\":{\"filter\":[]}},\"_source\":[\"*\",\"job_id\"]}");
        var filter = body.withArray("/query/bool/filter");
        filter.addObject().putObject("term").put("backend_id", backend);
        filter.addObject().putObject("term").put("job_id", jobId);
        var answer = post("/jobs/search", body.toString());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + base.getAuthority() + path))
                .timeout(DEADLINE);
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = http.send(request.build(), BodyHandlers.ofString(UTF_8));
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
