package io.orrery.provisioner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/**
 * What somebody of the same project sees and does by hand, by plain API calls, on the emulated cloud or a genuine one. A
 * path begins with the service as the catalogue calls it, {@code /network/ports}; whatever a cloud refuses fails the test.
 */
final class ByHand implements AutoCloseable {

    static final String COMPUTE = "/compute";
    static final String NETWORK = "/network";
    static final String IMAGE = "/image";
    static final String VOLUME = "/block-storage";
    static final String BALANCER = "/load-balancer";

    /** Things that have names, of one kind; floating IPs bear theirs as description. */
    private record Sort(String kind, String path, String list) {

        String nameOf(JsonNode thing) {
            return thing.path(kind.equals("floatingip") ? "description" : "name")
                    .asText();
        }
    }

    private static final List<Sort> SORTS = List.of(
            new Sort("server", COMPUTE + "/servers", "servers"),
            new Sort("server-group", COMPUTE + "/os-server-groups", "server_groups"),
            new Sort("network", NETWORK + "/networks", "networks"),
            new Sort("subnet", NETWORK + "/subnets", "subnets"),
            new Sort("router", NETWORK + "/routers", "routers"),
            new Sort("port", NETWORK + "/ports", "ports"),
            new Sort("security-group", NETWORK + "/security-groups", "security_groups"),
            new Sort("floatingip", NETWORK + "/floatingips", "floatingips"),
            new Sort("volume", VOLUME + "/volumes", "volumes"));

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String authUrl;
    private final String token;
    private final JsonNode session;
    private final Deque<String> made = new ArrayDeque<>();

    /** With the password that the clouds.yaml holds. */
    ByHand(CloudUnderTest cloud) {
        var auth = read(cloud).path("clouds").path(cloud.name()).path("auth");
        authUrl = auth.path("auth_url").asText();
        var signedIn = accepted(exchange(HttpRequest.newBuilder(URI.create(authUrl + "/auth/tokens"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(passwordOf(auth).toString()))
                .build()));
        token = signedIn.headers().firstValue("X-Subject-Token").orElseThrow();
        session = read(signedIn.body()).path("token");
    }

    private static JsonNode passwordOf(JsonNode auth) {
        Object domain = Map.of("name", "Default");
        var user = Map.of(
                "name", auth.path("username").asText(),
                "password", auth.path("password").asText(),
                "domain", domain);
        var project = Map.of("name", auth.path("project_name").asText(), "domain", domain);
        return JSON.valueToTree(Map.of(
                "auth",
                Map.of(
                        "identity", Map.of("methods", List.of("password"), "password", Map.of("user", user)),
                        "scope", Map.of("project", project))));
    }

    /** Keystone's path of the user. */
    String user() {
        return "/identity/users/" + session.at("/user/id").asText();
    }

    /** Its id. */
    String project() {
        return session.at("/project/id").asText();
    }

    JsonNode get(String path) {
        return send("GET", path, "");
    }

    /** The id of what was made; {@link #undo} deletes it. */
    String make(String path, String body) {
        var answer = send("POST", path, body);
        var thing = answer.has("id") ? answer : answer.elements().next();
        var id = thing.path("id").asText();
        made.push(path + "/" + id);
        return id;
    }

    JsonNode put(String path, String body) {
        return send("PUT", path, body);
    }

    void post(String path, String body) {
        send("POST", path, body);
    }

    void upload(String path, String content) {
        accepted(exchange(request(path)
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofString(content))
                .build()));
    }

    void delete(String path) {
        send("DELETE", path, "");
    }

    String idOf(String path, String name) {
        return get(path + "?name=" + name).elements().next().at("/0/id").asText();
    }

    /** Gives a server another flavor, and confirms it. */
    void resize(String serverId, String flavorId) {
        var server = COMPUTE + "/servers/" + serverId;
        post(server + "/action", "{\"resize\": {\"flavorRef\": \"%s\"}}".formatted(flavorId));
        untilStatus(server, "VERIFY_RESIZE");
        post(server + "/action", "{\"confirmResize\": null}");
        untilStatus(server, "ACTIVE");
    }

    private void untilStatus(String server, String status) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> get(server).at("/server/status").asText().equals(status));
    }

    /** The id of a flavor, of which Nova lists all whatever name it is asked for. */
    String flavor(String name) {
        return StreamSupport.stream(get(COMPUTE + "/flavors").path("flavors").spliterator(), false)
                .filter(flavor -> flavor.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();
    }

    /** Kind and name of all in the project that is called so. */
    List<String> called(String beginning) {
        return Stream.concat(
                        SORTS.stream(),
                        Stream.of(new Sort(
                                "application-credential",
                                user() + "/application_credentials",
                                "application_credentials")))
                .flatMap(sort -> StreamSupport.stream(
                                get(sort.path()).path(sort.list()).spliterator(), false)
                        .map(sort::nameOf)
                        .filter(name -> name.startsWith(beginning))
                        .map(name -> sort.kind() + " " + name))
                .toList();
    }

    /** Access keys of the user's EC2 credentials. */
    List<String> accessKeys() {
        return get(user() + "/credentials/OS-EC2").findValuesAsText("access");
    }

    /** Deletes what was made here, newest first; what is still in use stays for another time. */
    void undo() {
        var left = made.stream()
                .filter(path -> {
                    var status = exchange(request(path).DELETE().build()).statusCode();
                    return status >= 300 && status != 404;
                })
                .collect(Collectors.toCollection(ArrayDeque::new));
        made.clear();
        made.addAll(left);
    }

    private JsonNode send(String verb, String path, String body) {
        var answer = accepted(exchange(request(path)
                .header("Content-Type", "application/json")
                .method(verb, BodyPublishers.ofString(body))
                .build()));
        return answer.body().isEmpty() ? JSON.missingNode() : read(answer.body());
    }

    private HttpRequest.Builder request(String path) {
        var end = path.indexOf('/', 1);
        return HttpRequest.newBuilder(URI.create(url(path.substring(1, end)) + path.substring(end)))
                .timeout(PATIENCE)
                .header("X-Auth-Token", token)
                .header("X-OpenStack-Nova-API-Version", "2.64");
    }

    private String url(String service) {
        if (service.equals("identity")) {
            return authUrl;
        }
        var url = StreamSupport.stream(session.path("catalog").spliterator(), false)
                .filter(entry -> entry.path("type").asText().equals(service))
                .flatMap(entry -> StreamSupport.stream(entry.path("endpoints").spliterator(), false))
                .filter(endpoint -> endpoint.path("interface").asText().equals("public"))
                .map(endpoint -> endpoint.path("url").asText().replaceAll("/$", ""))
                .findFirst()
                .orElseThrow();
        return url.matches(".*/v[0-9.]+(/[^/]+)?") ? url : url + version(service);
    }

    /** Where a catalogue need not name one. */
    private static String version(String service) {
        return service.equals("image") ? "/v2" : "/v2.0";
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<String> accepted(HttpResponse<String> answer) {
        assertThat(answer.statusCode())
                .as(answer.request().method() + " " + answer.uri() + ": " + answer.body())
                .isLessThan(300);
        return answer;
    }

    private static JsonNode read(CloudUnderTest cloud) {
        try {
            return new YAMLMapper().readTree(Files.readString(cloud.cloudsYaml()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
