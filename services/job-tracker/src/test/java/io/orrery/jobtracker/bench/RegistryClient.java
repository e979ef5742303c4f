package io.orrery.jobtracker.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Asks as openEO's driver does: signed in once, and then with the same few questions. Answers are JSON, unread. */
final class RegistryClient implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String BASIC = "\"job_id\",\"user_id\",\"created\",\"status\",\"updated\"";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI address;
    private final String backend;
    private final String bearer;

    /** @throws IOException also if the client is not let in */
    RegistryClient(URI address, String id, String secret, String backend) throws IOException, InterruptedException {
        this.address = address;
        this.backend = backend;
        var form = "grant_type=client_credentials&client_id=%s&client_secret=%s&scope=openid"
                .formatted(URLEncoder.encode(id, UTF_8), URLEncoder.encode(secret, UTF_8));
        var request = HttpRequest.newBuilder(address.resolve("/issuer/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
        this.bearer = "Bearer "
                + JSON.readTree(answer(request, 200)).path("access_token").textValue();
    }

    /** The job as its owner sees it: all that there is of it. */
    byte[] whole(String jobId, String user) throws IOException, InterruptedException {
        return search("/jobs/search", """
                {"query":{"bool":{"filter":[{"term":{"backend_id":"%s"}},{"term":{"job_id":"%s"}},
                 {"term":{"user_id":"%s"}}]}},"_source":["*",%s]}""".formatted(backend, jobId, user, BASIC));
    }

    /** Whether there is such a job, and what has become of it. */
    byte[] byId(String jobId) throws IOException, InterruptedException {
        return search("/jobs/search", """
                {"query":{"bool":{"filter":[{"term":{"backend_id":"%s"}},{"term":{"job_id":"%s"}}]}},
                 "_source":[%s]}""".formatted(backend, jobId, BASIC));
    }

    /** A user's newest jobs. */
    byte[] firstPage(String user, int size) throws IOException, InterruptedException {
        return search("/jobs/search/paginated?size=" + size, ofUser(user));
    }

    /** All jobs of a user. */
    byte[] all(String user) throws IOException, InterruptedException {
        return search("/jobs/search", ofUser(user));
    }

    private String ofUser(String user) {
        return """
                {"query":{"bool":{"filter":[{"term":{"backend_id":"%s"}},{"term":{"user_id":"%s"}}]}},
                 "_source":["title",%s]}""".formatted(backend, user, BASIC);
    }

    /** What a round of openEO's tracker begins with: jobs that have an application and are not over. */
    byte[] active() throws IOException, InterruptedException {
        return search("/jobs/search", """
                {"query":{"bool":{"filter":[{"term":{"backend_id":"%s"}},
                  {"terms":{"status":["created","queued","running"]}},
                  {"range":{"created":{"gte":"now-90d"}}},{"range":{"updated":{"gte":"now-14d"}}}],
                 "must":{"exists":{"field":"application_id"}}}},
                 "_source":["application_id","job_options","dependencies","dependency_usage",
                  "results_metadata_uri","title",%s]}""".formatted(backend, BASIC));
    }

    void post(String document) throws IOException, InterruptedException {
        answer(request("/jobs").POST(BodyPublishers.ofString(document)), 201);
    }

    void patch(String jobId, String patch) throws IOException, InterruptedException {
        answer(request("/jobs/" + jobId).method("PATCH", BodyPublishers.ofString(patch)), 200);
    }

    /** The documents in an answer to a search. */
    static JsonNode jobs(byte[] answer) throws IOException {
        var read = JSON.readTree(answer);
        return read.isArray() ? read : read.path("jobs");
    }

    private byte[] search(String path, String query) throws IOException, InterruptedException {
        return answer(request(path).POST(BodyPublishers.ofString(query)), 200);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + "/registry" + path))
                .header("Authorization", bearer)
                .header("Content-Type", "application/json");
    }

    private byte[] answer(HttpRequest.Builder request, int expected) throws IOException, InterruptedException {
        var answer = http.send(request.build(), BodyHandlers.ofByteArray());
        if (answer.statusCode() != expected) {
            throw new IOException(answer + ": " + new String(answer.body(), UTF_8));
        }
        return answer.body();
    }

    @Override
    public void close() {
        http.close();
    }
}
