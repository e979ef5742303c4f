package io.orrery.cli.legacy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.orrery.sandbox.testkit.BackboneExtension;
import io.orrery.sandbox.testkit.TestBackbone;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine;

/** A genuine ZooKeeper on the one side, and on the other a job-tracker that can read what does not say "broken". */
@ExtendWith(BackboneExtension.class)
class JobsImportCommandIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String root = "/legacy-" + UUID.randomUUID();
    private final List<JsonNode> sent = new ArrayList<>();
    private final StringWriter out = new StringWriter();
    private CuratorFramework zookeeper;
    private HttpServer tracker;
    private String servers;

    @BeforeEach
    void begin(TestBackbone backbone) throws IOException {
        servers = backbone.zookeeper().connectString();
        zookeeper = CuratorFrameworkFactory.newClient(servers, new RetryOneTime(1_000));
        zookeeper.start();
        tracker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        tracker.createContext("/platforms/demo/jobs/import", exchange -> {
            var results = JSON.createObjectNode();
            var nodes = JSON.readTree(exchange.getRequestBody()).path("nodes");
            nodes.forEach(node -> {
                sent.add(node);
                var broken = node.path("text").asText().equals("broken");
                results.withArray("results")
                        .addObject()
                        .put("path", node.path("path").asText())
                        .put("outcome", broken ? "UNREADABLE" : "IMPORTED")
                        .put("reason", broken ? "the body is no JSON" : null);
            });
            var bytes = JSON.writeValueAsBytes(results);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        tracker.start();
    }

    @AfterEach
    void end() {
        zookeeper.close();
        tracker.stop(0);
    }

    @Test
    void sendsEveryJobAndReportsWhatCouldNotBeRead() throws Exception {
        put("/done/anna@example.org/j-1", "{\"job_id\": \"j-1\"}");
        put("/done/bob/j-2", "broken");
        put("/ongoing/bob/j-3", "{\"job_id\": \"j-3\"}");
        put("/ongoing/nobody", "");

        assertThat(run()).isEqualTo(1);

        assertThat(sent)
                .extracting(node -> node.path("path").asText())
                .containsExactly(
                        root + "/done/anna@example.org/j-1", root + "/done/bob/j-2", root + "/ongoing/bob/j-3");
        assertThat(sent.getFirst().path("text").asText()).isEqualTo("{\"job_id\": \"j-1\"}");
        assertThat(out.toString())
                .contains(root + "/done/bob/j-2: the body is no JSON")
                .contains("2 imported, 0 already there, 1 unreadable");
        assertThat(zookeeper.getChildren().forPath(root + "/done/bob")).containsExactly("j-2");
    }

    @Test
    void sendsManyJobsInParts() throws Exception {
        for (var i = 0; i < 450; i++) {
            put("/done/anna/j-" + i, "{}");
        }

        assertThat(run()).isZero();

        assertThat(sent).hasSize(450);
        assertThat(out.toString()).contains("450 imported");
    }

    @Test
    void anEmptyTreeIsNoError() {
        assertThat(run()).isZero();

        assertThat(out.toString()).contains("0 imported");
    }

    private int run() {
        var offset = tracker.getAddress().getPort() - 8084;
        var line = new CommandLine(new JobsImportCommand()).setOut(new PrintWriter(out));
        return line.execute(
                "--from", "zk://" + servers + root, "--platform", "demo", "--port-offset", String.valueOf(offset));
    }

    private void put(String path, String text) throws Exception {
        zookeeper.create().creatingParentsIfNeeded().forPath(root + path, text.getBytes(UTF_8));
    }
}
