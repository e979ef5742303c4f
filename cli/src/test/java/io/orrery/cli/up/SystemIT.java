package io.orrery.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.cli.Documents;
import io.orrery.cli.Documents.Document;
import io.orrery.cli.rest.Api;
import io.orrery.cli.rest.ApiException;
import io.orrery.cli.rest.Endpoints;
import io.orrery.sandbox.testkit.TestTopics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import software.amazon.awssdk.services.s3.model.Bucket;

/** The whole: five services as processes, the sandbox, one document. The steps are those of a platform's life. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SystemIT {

    private static final int PORT_OFFSET = IntStream.iterate(21_000, offset -> offset + 500)
            .filter(offset -> new Ports(offset, false).taken().isEmpty())
            .findFirst()
            .orElseThrow();
    private static final Duration DEADLINE = Duration.ofMinutes(6);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Api api = new Api();
    private final Endpoints endpoints = new Endpoints("127.0.0.1", PORT_OFFSET);
    private final List<String> said = new CopyOnWriteArrayList<>();
    private LocalOrrery orrery;
    private JsonNode emptyCloud;
    private PlatformView platform;

    @BeforeAll
    void start() throws Exception {
        var screen = new Screen(new PrintWriter(System.out, false, StandardCharsets.UTF_8), false) {
            @Override
            public synchronized void say(String message) {
                said.add(message);
                super.say(message);
            }
        };
        orrery = new LocalOrrery(RunFolder.of(PORT_OFFSET), PORT_OFFSET, screen, Clock.systemUTC());
        orrery.start();
        emptyCloud = inventory();
    }

    @AfterAll
    void stop() {
        orrery.close();
    }

    @Test
    @Order(1)
    void makesAPlatformOfADocument() throws Exception {
        platform = orrery.apply(demo(2), DEADLINE);

        assertThat(servers()).hasSize(5);
        assertThat(readyNodes()).hasSize(5);
        var evidence =
                api.get(endpoints.sparkDeployer(), "/platforms/demo/workloads").path("evidence");
        assertThat(evidence.path("apiVersion").asText()).isEqualTo("1.2.0");
        assertThat(evidence.path("collections").asInt()).isEqualTo(2);
    }

    @Test
    @Order(2)
    void runsABatchJobToItsEnd() throws Exception {
        var job = orrery.runDemoJob(platform, DEADLINE);

        assertThat(StreamSupport.stream(job.path("history").spliterator(), false)
                        .map(entry -> entry.path("status").asText()))
                .containsExactly("created", "queued", "running", "finished");
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(api.get(endpoints.monitoring(), "/platforms/demo/job-events")
                                .findValuesAsText("event"))
                        .containsExactly("JobFinished", "JobStarted", "JobQueued"));
    }

    @Test
    @Order(2)
    void aDriverInAnotherProcessNeedsNothingButWhatRegistryEnvPrints() throws Exception {
        var command = "exec '%s' -cp '%s' io.orrery.cli.Orrery registry demo --env --port-offset=%d"
                .formatted(
                        ProcessHandle.current().info().command().orElseThrow(),
                        System.getProperty("java.class.path"),
                        PORT_OFFSET);
        var environment = shell("eval \"$(" + command + ")\" && env | grep ^OPENEO_EJR_");

        new RegistryClient(environment)
                .create(Map.of("job_id", "j-of-a-shell", "backend_id", "demo", "user_id", "anna"));

        assertThat(api.get(endpoints.jobTracker(), "/platforms/demo/jobs/j-of-a-shell")
                        .path("status")
                        .asText())
                .isEqualTo("created");
    }

    private static String shell(String script) throws IOException {
        var process = new ProcessBuilder("sh", "-c", script)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    @Order(2)
    void limitsTheJobsOfAUserWhereOpenEosDriverLooks() throws Exception {
        var limits = "/platforms/demo/users/anna/limits";

        api.send("PUT", endpoints.jobTracker(), limits, "application/json", "{\"concurrent_pod_limit\": 3}");

        assertThat(api.get(endpoints.jobTracker(), limits)
                        .path("concurrent_pod_limit")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    @Order(3)
    void addsAgentsAndTakesThemAway() throws Exception {
        orrery.apply(demo(4), DEADLINE);
        awaitMachines(7);

        orrery.apply(demo(1), DEADLINE);
        awaitMachines(4);
    }

    /** A cluster that grows or shrinks is Ready all the way. */
    private void awaitMachines(int count) {
        await().atMost(DEADLINE).untilAsserted(() -> {
            assertThat(servers()).hasSize(count);
            assertThat(readyNodes()).hasSize(count);
        });
    }

    /** Each service in turn, while it makes one platform and removes another; the cloud tells whether it went well. */
    @Test
    @Order(4)
    void endsInTheSameStateWhicheverServiceIsKilledDuringTheDeployment() throws Exception {
        var before = counts(inventory());
        var former = "calm";
        orrery.apply(small(former), DEADLINE);
        var undisturbed = counts(inventory());

        for (var service : List.of("provisioner", "cluster", "spark-deployer", "job-tracker", "monitoring")) {
            var name = "without-" + service;
            wishRemoval(former);
            put(small(name));
            await(service).atMost(DEADLINE).until(() -> hasBegun(name));
            kill(service);

            orrery.apply(small(name), DEADLINE);
            awaitRemoval(former);

            assertThat(counts(inventory())).as("with %s killed", service).isEqualTo(undisturbed);
            assertThat(said).anySatisfy(message -> assertThat(message).startsWith(service + " ended"));
            former = name;
        }

        remove(former);
        assertThat(counts(inventory())).isEqualTo(before);
    }

    @Test
    @Order(5)
    void leavesNothingBehind() {
        remove("demo");

        var certificate = api.get(endpoints.provisioner(), "/platforms/demo/certificate");
        assertThat(certificate.path("entries").size()).isGreaterThan(10);
        assertThat(counts(inventory())).isEqualTo(counts(emptyCloud));
        assertThat(status().path("clusters")).isEmpty();
        assertThat(buckets()).isEmpty();
        assertThat(wishes()).isEmpty();
    }

    /** With the given number of agents, and a bucket that goes with the platform. */
    private static Document demo(int agents) {
        var document = Documents.read(RunFolder.home().resolve("examples/demo.yaml"));
        try {
            var tree = JSON.readTree(document.json());
            ((ObjectNode) tree.at("/spec/pools/1")).put("count", agents);
            ((ObjectNode) tree.at("/spec")).putObject("policy").put("keepBucket", false);
            return new Document(document.name(), JSON.writeValueAsString(tree));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One server and one agent, under the given name. */
    private static Document small(String name) {
        try {
            var tree = JSON.readTree(demo(1).json());
            ((ObjectNode) tree.at("/metadata")).put("name", name);
            ((ObjectNode) tree.at("/spec/pools/0")).put("count", 1);
            ((ObjectNode) tree.at("/spec/storage/s3")).put("bucket", name + "-openeo");
            return new Document(name, JSON.writeValueAsString(tree));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void put(Document document) {
        await().atMost(DEADLINE).until(() -> {
            try {
                api.send(
                        "PUT",
                        endpoints.provisioner(),
                        "/platforms/" + document.name(),
                        "application/json",
                        document.json());
                return true;
            } catch (ApiException e) {
                return false;
            }
        });
    }

    /** Whether resources of the platform are being made. */
    private boolean hasBegun(String name) {
        return StreamSupport.stream(inventory().path("network").spliterator(), false)
                .anyMatch(network -> network.path("name").asText().contains("-" + name + "-"));
    }

    private void remove(String name) {
        wishRemoval(name);
        awaitRemoval(name);
    }

    private void wishRemoval(String name) {
        await(name).atMost(DEADLINE).until(() -> {
            try {
                api.send("DELETE", endpoints.provisioner(), "/platforms/" + name);
                return true;
            } catch (ApiException e) {
                return e.status() == 404;
            }
        });
    }

    private void awaitRemoval(String name) {
        await(name)
                .atMost(DEADLINE)
                .ignoreExceptionsInstanceOf(ApiException.class)
                .until(() -> isCertified(name) && isForgotten(name));
    }

    private boolean isCertified(String name) {
        return api.find(endpoints.provisioner(), "/platforms/" + name + "/certificate")
                .isPresent();
    }

    private boolean isForgotten(String name) {
        return api.find(endpoints.provisioner(), "/platforms/" + name).isEmpty();
    }

    private void kill(String service) {
        var pid = orrery.pids().get(service);
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        await().atMost(DEADLINE).until(() -> !orrery.pids().get(service).equals(pid));
    }

    private List<String> servers() {
        return inventory().path("server").findValuesAsText("name").stream()
                .filter(name -> name.contains("-demo-"))
                .toList();
    }

    private List<String> readyNodes() {
        return StreamSupport.stream(
                        api.get(endpoints.cluster(), "/platforms/demo/cluster")
                                .path("nodes")
                                .spliterator(),
                        false)
                .filter(node -> node.path("ready").asBoolean())
                .map(node -> node.path("name").asText())
                .toList();
    }

    /** Without the project's default security group and its four rules, which Neutron makes at the first look. */
    private static Map<String, Integer> counts(JsonNode inventory) {
        var counts = new TreeMap<String, Integer>();
        inventory
                .properties()
                .forEach(kind -> counts.put(kind.getKey(), kind.getValue().size()));
        if (inventory.path("security-group").findValuesAsText("name").contains("default")) {
            counts.merge("security-group", -1, Integer::sum);
            counts.merge("security-group-rule", -4, Integer::sum);
        }
        counts.values().removeIf(count -> count == 0);
        return counts;
    }

    private List<String> buckets() {
        try (var s3 = orrery.s3()) {
            return s3.listBuckets().buckets().stream().map(Bucket::name).toList();
        }
    }

    /** What the topic of platforms holds once it is read to its end: nobody wishes for anything. */
    private Map<String, String> wishes() {
        return new TestTopics(orrery.sandbox().kafka()).table("orrery.platforms");
    }

    private JsonNode inventory() {
        return status().path("inventory");
    }

    private JsonNode status() {
        return api.get(orrery.sandbox().status(), "/_sandbox");
    }
}
