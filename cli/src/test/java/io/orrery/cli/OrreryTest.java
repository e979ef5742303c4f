package io.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line against a provisioner that answers what the test says. */
class OrreryTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private HttpServer provisioner;
    private int status = 200;
    private String answer = "{}";
    private String asked = "";

    @BeforeEach
    void listen() throws IOException {
        provisioner = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provisioner.createContext("/", exchange -> {
            asked = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            var bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        provisioner.start();
    }

    @AfterEach
    void stop() {
        provisioner.stop(0);
    }

    @Test
    void showsEachStageAndWhatItIsDoing() {
        answer = """
                {"platform": "demo", "generation": 2, "stages": {"cluster": {"phase": "Progressing", "observedGeneration": 2,
                 "conditions": [{"type": "A", "status": "TRUE", "message": "fine"},
                                {"type": "B", "status": "FALSE", "message": "3 of 5 nodes are ready"}]}}}
                """;

        assertThat(run("get", "demo")).isZero();

        assertThat(asked).isEqualTo("GET /platforms/demo");
        assertThat(out.toString())
                .contains("cluster         Progressing  3 of 5 nodes are ready")
                .contains("infrastructure  -");
    }

    @Test
    void showsAPlanAsATable() throws Exception {
        answer = """
                {"changes": [{"path": "spec.pools[workers].count", "from": 2, "to": 4, "changeClass": "live"}],
                 "changeClass": "live",
                 "steps": [{"step": "create server orrery-demo-1", "changeClass": "live"}],
                 "quota": [{"of": "cores", "before": 10, "after": 14, "most": 80},
                           {"of": "ports", "before": 12, "after": 16}],
                 "problems": []}
                """;
        var file = Files.writeString(folder.resolve("p.yaml"), "metadata: {name: demo}\n");

        assertThat(run("plan", "-f", file.toString())).isZero();

        assertThat(asked).isEqualTo("POST /platforms/demo/plan");
        assertThat(out.toString().lines().map(line -> line.strip().replaceAll(" +", " ")))
                .containsExactly(
                        "Changes of the document (live)",
                        "live spec.pools[workers].count 2 -> 4",
                        "Steps on the cloud",
                        "1 live create server orrery-demo-1",
                        "Quota before after of",
                        "cores 10 14 80",
                        "ports 12 16 -");
    }

    @Test
    void failsOnAPlanThatWouldNotWork() throws Exception {
        answer = """
                {"changes": [], "steps": [], "quota": [],
                 "problems": [{"reason": "QuotaShort", "message": "cores: 40 more wanted, 28 free of 64: 12 short"}]}
                """;
        var file = Files.writeString(folder.resolve("p.yaml"), "metadata: {name: demo}\n");

        assertThat(run("plan", "-f", file.toString())).isEqualTo(1);

        assertThat(out.toString()).contains("QuotaShort: cores: 40 more wanted, 28 free of 64: 12 short");
        assertThat(run("plan", "--json", "-f", file.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("\"problems\"");
    }

    @Test
    void tellsEveryErrorOfARefusedDocument() throws Exception {
        status = 400;
        answer = """
                {"title": "Bad document", "detail": "2 errors", "errors": [
                 {"pointer": "/spec/pools", "code": "missing", "message": "a server pool is needed"},
                 {"pointer": "/spec/network/cidr", "code": "syntax", "message": "is no CIDR"}]}
                """;
        var file = Files.writeString(folder.resolve("p.yaml"), "metadata: {name: demo}\n");

        assertThat(run("apply", "-f", file.toString())).isEqualTo(1);

        assertThat(err.toString())
                .contains("/spec/pools  a server pool is needed", "/spec/network/cidr  is no CIDR")
                .doesNotContain("Exception");
    }

    @Test
    void saysThatNobodyAnswersAndHowToStart() {
        provisioner.stop(0);

        assertThat(run("get")).isEqualTo(1);

        assertThat(err.toString()).contains("does not answer", "./orrery up").doesNotContain("Exception");
    }

    @Test
    void asksForTheRemovalWithWhatIsToBeSkipped() {
        assertThat(run("destroy", "demo", "--force", "--skip", "observability,tracking"))
                .isZero();

        assertThat(asked).isEqualTo("DELETE /platforms/demo?force=true&skip=observability&skip=tracking");
    }

    @ParameterizedTest
    @CsvSource({"pause, pause, paused", "resume, resume, resumed", "confirm, confirm-mass-change, written off"})
    void tellsTheProvisionerWhatIsSaidAboutRepairAndWhatThatMeans(String command, String call, String meaning) {
        assertThat(run(command, "demo")).isZero();

        assertThat(asked).isEqualTo("POST /platforms/demo/" + call);
        assertThat(out.toString()).startsWith("demo: ").contains(meaning);
    }

    @Test
    void showsHowItIsUsedWhenTheWordsAreOff() {
        assertThat(run("destory")).isEqualTo(2);

        assertThat(err.toString()).contains("destroy");
    }

    private int run(String... words) {
        var offset = provisioner.getAddress().getPort() - 8081;
        var arguments = new ArrayList<>(List.of(words));
        if (!words[0].equals("destory")) {
            arguments.add("--port-offset=" + offset);
        }
        return Orrery.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }
}
