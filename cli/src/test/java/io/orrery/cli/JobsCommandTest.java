package io.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code orrery jobs} against a job-tracker that answers what the test says. */
class JobsCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Deque<String> answers = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private HttpServer tracker;

    @BeforeEach
    void listen() throws IOException {
        tracker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        tracker.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            var bytes = answers.remove().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        tracker.start();
    }

    @AfterEach
    void stop() {
        tracker.stop(0);
    }

    @Test
    void listsJobsAsATableAndSaysThatThereAreMore() {
        answers.add("""
                {"jobs": [
                  {"job_id": "j-1", "status": "finished", "user_id": "anna@example.org", "created": "2026-01-01T11:00:00Z",
                   "updated": "2026-01-01T12:00:00Z", "title": "May"},
                  {"job_id": "j-22", "status": "error", "user_id": "bob"}], "total": 7, "next": "abc"}
                """);

        assertThat(run("list", "demo", "--limit", "2")).isZero();

        assertThat(out.toString().lines())
                .containsExactly(
                        "JOB   STATUS    USER              CREATED               UPDATED               TITLE",
                        "j-1   finished  anna@example.org  2026-01-01T11:00:00Z  2026-01-01T12:00:00Z  May",
                        "j-22  error     bob",
                        "2 of 7 jobs; --all shows them all");
    }

    @Test
    void asksForWhatItIsToldTo() {
        answers.add("{\"jobs\": [], \"total\": 0}");

        run("list", "demo", "--user", "a b@x", "--status", "error,canceled", "--text", "ü", "--since", "2026-01-01");

        assertThat(asked)
                .containsExactly("/platforms/demo/jobs?user=a+b%40x&status=error&status=canceled&text=%C3%BC"
                        + "&createdFrom=2026-01-01&sort=-created&limit=50");
    }

    @Test
    void followsThePagesUntilItHasAll() {
        answers.add("{\"jobs\": [{\"job_id\": \"j-1\"}], \"total\": 2, \"next\": \"x=\"}");
        answers.add("{\"jobs\": [{\"job_id\": \"j-2\"}], \"total\": 2}");

        assertThat(run("list", "demo", "--all", "--json")).isZero();

        assertThat(asked.getLast()).endsWith("limit=1000&after=x%3D");
        assertThat(out.toString()).contains("\"j-1\"", "\"j-2\"", "\"total\" : 2");
    }

    @Test
    void showsAJobWithItsHistoryAndWhoSaidSo() {
        answers.add("""
                {"job_id": "j-1", "status": "error", "user_id": "anna", "usage": {"cpu": {"value": 3.5, "unit": "cpu-seconds"}},
                 "history": [{"status": "queued", "at": "2026-01-01T11:00:00Z", "by": "openeo-demo", "sequence": 1},
                             {"status": "error", "at": "2026-01-01T11:05:00Z", "by": "tracker", "sequence": 2, "reason": "OOMKilled"}]}
                """);

        assertThat(run("show", "demo", "j-1")).isZero();

        assertThat(asked).containsExactly("/platforms/demo/jobs/j-1");
        assertThat(out.toString())
                .contains("job_id   j-1", "usage    cpu 3.5 cpu-seconds")
                .contains("2026-01-01T11:00:00Z  queued  by openeo-demo")
                .contains("2026-01-01T11:05:00Z  error   by tracker      OOMKilled");
    }

    @Test
    void givesTheTerminalNoCommandsThatOthersWrote() {
        answers.add("{\"jobs\": [{\"job_id\": \"j-1\", \"title\": \"red \\u001b[31m\\u202e\\n\"}], \"total\": 1}");

        run("list", "demo");

        assertThat(out.toString()).doesNotContain("\u001b", "\u202e").contains("red");
    }

    @Test
    void asksWhichCommandIsMeant() {
        assertThat(Orrery.commandLine().setErr(new PrintWriter(err, true)).execute("jobs"))
                .isEqualTo(2);

        assertThat(err.toString()).contains("list", "show");
    }

    private int run(String... words) {
        var offset = tracker.getAddress().getPort() - 8084;
        var arguments = new ArrayList<>(List.of("jobs"));
        arguments.addAll(List.of(words));
        arguments.add("--port-offset=" + offset);
        return Orrery.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }
}
