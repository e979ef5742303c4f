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
