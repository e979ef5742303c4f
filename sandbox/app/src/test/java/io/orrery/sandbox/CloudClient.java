package io.orrery.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orrery.sandbox.boot.Site;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Says to the emulated cloud what a client says, without a client library. */
final class CloudClient {
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final URI root;
    private final String token;
    private URI servers;

    CloudClient(URI authUrl) throws IOException, InterruptedException {
        root = authUrl.resolve("/");
        servers = root;
        var login = http.send(
                HttpRequest.newBuilder(URI.create(authUrl + "/auth/tokens"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("""
                                {"auth": {"identity": {"methods": ["password"], "password": {"user":
                                  {"name": "openeo", "domain": {"name": "Default"}, "password": "openeo-secret"}}},
                                 "scope": {"project": {"name": "openeo", "domain": {"name": "Default"}}}}}
                                """))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        token = login.headers().firstValue("X-Subject-Token").orElseThrow(() -> new IOException(login.body()));
    }

    /** Asks for servers by way of another address. */
    void askForServersAt(URI compute) {
        servers = compute;
    }

    String network() throws IOException, InterruptedException {
        var network = post("/network/v2.0/networks", Map.of("network", Map.of("name", "site")))
                .at("/network/id")
                .asText();
        var subnet = post(
                        "/network/v2.0/subnets",
                        Map.of("subnet", Map.of("network_id", network, "ip_version", 4, "cidr", "10.20.0.0/24")))
                .at("/subnet/id")
                .asText();
        var router = post(
                        "/network/v2.0/routers",
                        Map.of(
                                "router",
                                Map.of("name", "site", "external_gateway_info", Map.of("network_id", external()))))
                .at("/router/id")
                .asText();
        put("/network/v2.0/routers/" + router + "/add_router_interface", Map.of("subnet_id", subnet));
        return network;
    }

    private String external() throws IOException, InterruptedException {
        return get("/network/v2.0/networks?name=external").at("/networks/0/id").asText();
    }

    String floatingAddress(String network) throws IOException, InterruptedException {
        var vip = post(
                        "/network/v2.0/ports",
                        Map.of(
                                "port",
                                Map.of(
                                        "network_id",
                                        network,
                                        "fixed_ips",
                                        List.of(Map.of("ip_address", Site.VIP)),
                                        "admin_state_up",
                                        false)))
                .at("/port/id")
                .asText();
        return post(
                        "/network/v2.0/floatingips",
                        Map.of("floatingip", Map.of("floating_network_id", external(), "port_id", vip)))
                .at("/floatingip/floating_ip_address")
                .asText();
    }

    String port(String network) throws IOException, InterruptedException {
        return post(
                        "/network/v2.0/ports",
                        Map.of(
                                "port",
                                Map.of(
                                        "network_id",
                                        network,
                                        "allowed_address_pairs",
                                        List.of(Map.of("ip_address", Site.VIP)))))
                .at("/port/id")
                .asText();
    }

    String server(String name, String port, byte[] userData) throws IOException, InterruptedException {
        var image = get("/image/v2/images").at("/images/0/id").asText();
        var flavor = get("/compute/v2.1/flavors").at("/flavors/0/id").asText();
        return post(
                        servers.resolve("/compute/v2.1/servers"),
                        Map.of(
                                "server",
                                Map.of(
                                        "name",
                                        name,
                                        "imageRef",
                                        image,
                                        "flavorRef",
                                        flavor,
                                        "networks",
                                        List.of(Map.of("port", port)),
                                        "metadata",
                                        Map.of("orrery.platform", "demo"),
                                        "user_data",
                                        Base64.getEncoder().encodeToString(userData))))
                .at("/server/id")
                .asText();
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    JsonNode post(String path, Map<String, ?> body) throws IOException, InterruptedException {
        return post(root.resolve(path), body);
    }

    private JsonNode post(URI target, Map<String, ?> body) throws IOException, InterruptedException {
        return send(request(target).POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body))));
    }

    JsonNode put(String path, Map<String, ?> body) throws IOException, InterruptedException {
        return send(request(path).PUT(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body))));
    }

    void delete(String path) throws IOException, InterruptedException {
        send(request(path).DELETE());
    }

    private HttpRequest.Builder request(String path) {
        return request(root.resolve(path));
    }

    private HttpRequest.Builder request(URI target) {
        return HttpRequest.newBuilder(target).header("X-Auth-Token", token).header("Content-Type", "application/json");
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException(answer.request() + " " + answer.statusCode() + " " + answer.body());
        }
        return json.readTree(answer.body());
    }
}
