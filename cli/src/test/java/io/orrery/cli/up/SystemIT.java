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
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** The whole: five services as processes, the sandbox, one document. The steps are those of a platform's life. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SystemIT {

    private static final int PORT_OFFSET = 21_000;
    private static final Duration DEADLINE = Duration.ofMinutes(6);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Api api = new Api();
    private final Endpoints endpoints = new Endpoints("127.0.0.1", PORT_OFFSET);
    private final List<String> said = new ArrayList<>();
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
    @Order(3)
    void addsAgentsAndTakesThemAway() throws Exception {
        orrery.apply(demo(4), DEADLINE);
        assertThat(servers()).hasSize(7);
        assertThat(readyNodes()).hasSize(7);

        orrery.apply(demo(1), DEADLINE);
        await().atMost(DEADLINE).untilAsserted(() -> {
            assertThat(servers()).hasSize(4);
            assertThat(readyNodes()).hasSize(4);
        });
    }

    /** Each service in turn, at a moment when it has something to do; the cloud is what tells whether it went well. */
    @Test
    @Order(4)
    void endsInTheSameStateWhicheverServiceIsKilled() throws Exception {
        var agents = 1;
        for (var service : List.of("provisioner", "cluster", "spark-deployer", "job-tracker", "monitoring")) {
            agents = agents == 1 ? 2 : 1;
            put(demo(agents));
            kill(service);

            orrery.apply(demo(agents), DEADLINE);

            var expected = 3 + agents;
            await(service).atMost(DEADLINE).untilAsserted(() -> {
                assertThat(servers()).hasSize(expected);
                assertThat(readyNodes()).hasSize(expected);
            });
            assertThat(said).anySatisfy(message -> assertThat(message).startsWith(service + " ended"));
        }
    }

    @Test
    @Order(5)
    void leavesNothingBehind() {
        api.send("DELETE", endpoints.provisioner(), "/platforms/demo");

        await().atMost(DEADLINE).until(() -> api.find(endpoints.provisioner(), "/platforms/demo/certificate")
                .isPresent());

        var certificate = api.get(endpoints.provisioner(), "/platforms/demo/certificate");
        assertThat(certificate.path("entries").size()).isGreaterThan(10);
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(counts(inventory())).isEqualTo(counts(emptyCloud)));
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(api.find(endpoints.provisioner(), "/platforms/demo"))
                .isEmpty());
        assertThat(status().path("clusters")).isEmpty();
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

    private void put(Document document) {
        await().atMost(DEADLINE).until(() -> {
            try {
                api.send("PUT", endpoints.provisioner(), "/platforms/demo", "application/json", document.json());
                return true;
            } catch (ApiException e) {
                return false;
            }
        });
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

    private JsonNode inventory() {
        return status().path("inventory");
    }

    private JsonNode status() {
        return api.get(orrery.sandbox().status(), "/_sandbox");
    }
}
