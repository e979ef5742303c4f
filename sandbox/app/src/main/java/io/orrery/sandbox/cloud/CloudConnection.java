package io.orrery.sandbox.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A project of a genuine cloud, signed in to. */
final class CloudConnection implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The first version in which a server says what its flavor gives it. */
    private static final String FLAVOR_SHOWN = "compute 2.47";

    private record Session(String token, JsonNode catalog) {}

    private final CloudEntry entry;
    private final HttpClient http;
    private volatile Session session;

    private CloudConnection(CloudEntry entry, HttpClient http) {
        this.entry = entry;
        this.http = http;
    }

    /** @throws CloudException if the cloud does not let us in */
    static CloudConnection open(CloudEntry entry) {
        var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(10));
        entry.caFile().map(CloudConnection::trusting).ifPresent(client::sslContext);
        var connection = new CloudConnection(entry, client.build());
        try {
            connection.signIn();
            return connection;
        } catch (CloudException e) {
            connection.close();
            throw e;
        }
    }

    HttpClient http() {
        return http;
    }

    /** Where Nova is. */
    URI compute() {
        return URI.create(url("compute"));
    }

    /** All servers of the project, with their flavors. */
    List<JsonNode> servers() {
        return pages("compute", "/servers/detail", "servers");
    }

    /** Empty once Nova knows of no such server. */
    Optional<JsonNode> server(String id) {
        var answer = get("compute", "/servers/" + id);
        return answer.statusCode() == 404
                ? Optional.empty()
                : Optional.of(json(answer).path("server"));
    }

    List<JsonNode> ports(String server) {
        return list(json(get("network", "/ports?device_id=" + server)).path("ports"));
    }

    List<JsonNode> floatingIps() {
        return list(json(get("network", "/floatingips")).path("floatingips"));
    }

    void stop(String server) {
        json(send(request("compute", "/servers/" + server + "/action")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"os-stop\": null}"))));
    }

    private List<JsonNode> pages(String service, String path, String member) {
        var all = new ArrayList<JsonNode>();
        List<JsonNode> page;
        var marker = "";
        do {
            page = list(json(get(service, path + "?limit=500" + marker)).path(member));
            all.addAll(page);
            marker =
                    page.isEmpty() ? "" : "&marker=" + page.getLast().path("id").asText();
        } while (page.size() == 500);
        return all;
    }

    private HttpResponse<String> get(String service, String path) {
        return send(request(service, path).GET());
    }

    private HttpRequest.Builder request(String service, String path) {
        return HttpRequest.newBuilder(URI.create(url(service) + path)).header("OpenStack-API-Version", FLAVOR_SHOWN);
    }

    /** With a new token if the one we have is not taken any more. */
    private HttpResponse<String> send(HttpRequest.Builder request) {
        request.timeout(PATIENCE);
        var answer = exchange(request.setHeader("X-Auth-Token", session.token()).build());
        if (answer.statusCode() != 401) {
            return answer;
        }
        signIn();
        return exchange(request.setHeader("X-Auth-Token", session.token()).build());
    }

    private void signIn() {
        var answer = exchange(HttpRequest.newBuilder(URI.create(entry.authUrl() + "/auth/tokens"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(entry.signIn().toString()))
                .build());
        var token = json(answer).path("token");
        session = new Session(answer.headers().firstValue("X-Subject-Token").orElse(""), token.path("catalog"));
    }

    private String url(String service) {
        return list(session.catalog()).stream()
                .filter(found -> found.path("type").asText().equals(service))
                .flatMap(found -> list(found.path("endpoints")).stream())
                .filter(endpoint -> endpoint.path("interface").asText().equals(entry.face()))
                .filter(endpoint -> entry.region()
                        .map(endpoint.path("region").asText()::equals)
                        .orElse(true))
                .map(endpoint -> endpoint.path("url").asText().replaceAll("/+$", ""))
                .map(url -> service.equals("network") && !url.matches(".*/v[0-9.]+") ? url + "/v2.0" : url)
                .findFirst()
                .orElseThrow(() -> new CloudException("the catalog of " + entry + " has no " + service));
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new CloudException(entry + " does not answer at " + request.uri() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloudException("interrupted", e);
        }
    }

    private JsonNode json(HttpResponse<String> answer) {
        if (answer.statusCode() / 100 != 2) {
            throw new CloudException("%s answered %s %s with %d: %s"
                    .formatted(
                            entry,
                            answer.request().method(),
                            answer.uri().getPath(),
                            answer.statusCode(),
                            answer.body()));
        }
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new CloudException(entry + " did not answer in JSON: " + answer.uri(), e);
        }
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static SSLContext trusting(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("ca" + store.size(), certificate);
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new CloudException("the CA file " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
