package io.orrery.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.orrery.sandbox.kubernetes.pki.ClusterPki;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Logs, proxies, bindings and evictions, with a kubelet and a web server of the test's own behind the API server. */
class NodeTrafficIT {
    private static final String NAMESPACE = "/api/v1/namespaces/default";

    private final ClusterPki pki = ClusterPki.create();
    private final Vertx vertx = Vertx.vertx();
    private ApiServer server;
    private KubernetesClient client;
    private Wire wire;

    @BeforeEach
    void start() {
        server = ApiServer.start(ApiServerSettings.with(pki));
        client = new KubernetesClientBuilder()
                .withConfig(Clients.admin(server.url(), pki))
                .build();
        wire = new Wire(client);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private HttpServer listening(HttpServerOptions options) {
        return vertx.createHttpServer(options.setHost("127.0.0.1").setPort(0))
                .requestHandler(request -> request.body().onSuccess(body -> request.response()
                        .setStatusCode(request.path().endsWith("/teapot") ? 418 : 200)
                        .putHeader("X-Test", String.valueOf(request.getHeader("X-Test")))
                        .end(request.method() + " " + request.uri() + " " + body)))
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private HttpServerOptions tls() {
        var identity = pki.serverCa().issueServer("kubelet", List.of("127.0.0.1"), Duration.ofDays(1));
        return new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertValue(Buffer.buffer(identity.certificatePem()))
                        .setKeyValue(Buffer.buffer(identity.keyPem())));
    }

    private void node(int kubeletPort) {
        wire.post("/api/v1/nodes", "{apiVersion: v1, kind: Node, metadata: {name: n}}");
        wire.patch("/api/v1/nodes/n/status", Wire.MERGE, """
                {status: {addresses: [{type: InternalIP, address: 127.0.0.1}],
                 daemonEndpoints: {kubeletEndpoint: {Port: %d}}}}""".formatted(kubeletPort));
    }

    private Wire.Reply bind(String pod) {
        return wire.post(
                NAMESPACE + "/pods/" + pod + "/binding",
                "{apiVersion: v1, kind: Binding, metadata: {name: " + pod + "}, target: {kind: Node, name: n}}");
    }

    private void service(int port) {
        wire.post(
                NAMESPACE + "/services",
                "{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {ports: [{name: http, port: 80}]}}");
        wire.post("/apis/discovery.k8s.io/v1/namespaces/default/endpointslices", """
                {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, addressType: IPv4,
                 metadata: {name: web-1, labels: {kubernetes.io/service-name: web}},
                 endpoints: [{addresses: [127.0.0.1], conditions: {ready: true}}],
                 ports: [{name: http, port: %d, protocol: TCP}]}""".formatted(port));
    }

    @Test
    void logsComeFromTheKubeletOfThePodsNode() {
        var kubelet = listening(tls());
        node(kubelet.actualPort());
        wire.post(NAMESPACE + "/pods", Rules.pod("p"));
        bind("p");
        var log = wire.get(NAMESPACE + "/pods/p/log?tailLines=5");
        assertThat(log.code()).isEqualTo(200);
        assertThat(log.text()).isEqualTo("GET /containerLogs/default/p/main?tailLines=5 ");
        assertThat(client.pods().inNamespace("default").withName("p").getLog()).startsWith("GET /containerLogs");
    }

    @Test
    void aKubeletThatCannotBeReachedIsAnInternalError() {
        node(1);
        wire.post(NAMESPACE + "/pods", Rules.pod("p"));
        bind("p");
        assertThat(wire.get(NAMESPACE + "/pods/p/log").code()).isEqualTo(500);
    }

    @Test
    void aPodIsBoundOnce() {
        node(1);
        wire.post(NAMESPACE + "/pods", Rules.pod("p"));
        assertThat(bind("p").code()).isEqualTo(201);
        assertThat(bind("p").code()).isEqualTo(409);
        var found = wire.get(NAMESPACE + "/pods?fieldSelector=spec.nodeName%3Dn");
        assertThat(found.json().path("items")).hasSize(1);
    }

    @Test
    void aBoundPodStaysUntilItsKubeletHasEndedIt() {
        node(1);
        wire.post(NAMESPACE + "/pods", Rules.pod("p"));
        bind("p");
        var marked = wire.delete(NAMESPACE + "/pods/p").json();
        assertThat(marked.at("/metadata/deletionGracePeriodSeconds").asInt()).isEqualTo(30);
        assertThat(wire.get(NAMESPACE + "/pods/p").code()).isEqualTo(200);
        wire.delete(NAMESPACE + "/pods/p", "{gracePeriodSeconds: 0}");
        assertThat(wire.get(NAMESPACE + "/pods/p").code()).isEqualTo(404);
    }

    @Test
    void aServicesEndpointAnswersBehindTheProxy() {
        service(listening(new HttpServerOptions()).actualPort());
        var reply = wire.post(NAMESPACE + "/services/web:http/proxy/some/path?q=a%2Fb", "{a: b}");
        assertThat(reply.code()).isEqualTo(200);
        assertThat(reply.text()).isEqualTo("POST /some/path?q=a%2Fb {\"a\":\"b\"}");
        assertThat(wire.get(NAMESPACE + "/services/web/proxy/teapot").code()).isEqualTo(418);
        assertThat(wire.get(NAMESPACE + "/services/http:web:80/proxy/").text()).isEqualTo("GET / ");
    }

    @Test
    void anEndpointThatDoesNotAnswerIsUnavailable() {
        service(1);
        var reply = wire.get(NAMESPACE + "/services/web/proxy/");
        assertThat(reply.code()).isEqualTo(503);
        assertThat(reply.json().path("message").asText()).startsWith("error trying to reach service");
    }

    private void podAt(String address) {
        wire.post(NAMESPACE + "/pods", Rules.pod("p"));
        wire.patch(NAMESPACE + "/pods/p/status", Wire.MERGE, "{status: {podIP: " + address + "}}");
    }

    @Test
    void aPortOfAPodIsForwardedBothWays() throws Exception {
        podAt("127.0.0.1");
        var port = listening(new HttpServerOptions()).actualPort();
        var large = "x".repeat(1_000_000);

        try (var forward = client.pods().inNamespace("default").withName("p").portForward(port);
                var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + forward.getLocalPort() + "/some/path"))
                    .POST(BodyPublishers.ofString(large))
                    .build();
            assertThat(http.send(request, BodyHandlers.ofString()).body()).isEqualTo("POST /some/path " + large);
            assertThat(forward.getServerThrowables()).isEmpty();
        }
    }

    @Test
    void aPortWithNobodyBehindItEndsTheConnectionAndSaysWhy() throws Exception {
        podAt("127.0.0.1");

        try (var forward = client.pods().inNamespace("default").withName("p").portForward(1);
                var socket = new Socket(InetAddress.getLoopbackAddress(), forward.getLocalPort())) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            await().untilAsserted(() -> assertThat(forward.getServerThrowables())
                    .anyMatch(error -> error.getMessage().contains("error forwarding port 1 to pod p")));
        }
    }

    @Test
    void portsAreForwardedOverWebSocketsOnlyAndOfPodsThatHaveAnAddress() {
        var path = NAMESPACE + "/pods/p/portforward?ports=80";
        assertThat(wire.get(path).code()).isEqualTo(404);
        wire.post(NAMESPACE + "/pods", Rules.pod("p"));
        assertThat(wire.get(path).json().path("message").asText()).contains("does not have a host assigned");
        wire.patch(NAMESPACE + "/pods/p/status", Wire.MERGE, "{status: {podIP: 127.0.0.1}}");
        assertThat(wire.get(path).code()).isEqualTo(400);
        assertThat(wire.get(path).json().path("message").asText()).isEqualTo("Upgrade request required");
    }

    @Test
    void aDisruptionBudgetHoldsEvictionsBack() {
        node(1);
        wire.post(
                NAMESPACE + "/pods",
                "{apiVersion: v1, kind: Pod, metadata: {name: p, labels: {app: a}},"
                        + " spec: {containers: [{name: c, image: x}]}}");
        wire.patch(
                NAMESPACE + "/pods/p/status",
                Wire.MERGE,
                "{status: {phase: Running, conditions: [{type: Ready, status: 'True'}]}}");
        var budgets = "/apis/policy/v1/namespaces/default/poddisruptionbudgets";
        wire.post(
                budgets,
                "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: b},"
                        + " spec: {minAvailable: 1, selector: {matchLabels: {app: a}}}}");
        allow(budgets, 0);
        var eviction = "{apiVersion: policy/v1, kind: Eviction, metadata: {name: p}}";
        var refused = wire.post(NAMESPACE + "/pods/p/eviction", eviction);
        assertThat(refused.code()).isEqualTo(429);
        assertThat(refused.json().at("/details/causes/0/reason").asText()).isEqualTo("DisruptionBudget");
        allow(budgets, 1);
        assertThat(wire.post(NAMESPACE + "/pods/p/eviction", eviction).code()).isEqualTo(201);
        assertThat(wire.get(NAMESPACE + "/pods/p").code()).isEqualTo(404);
    }

    private void allow(String budgets, int disruptions) {
        wire.patch(
                budgets + "/b/status",
                Wire.MERGE,
                "{status: {observedGeneration: 1, disruptionsAllowed: " + disruptions + "}}");
    }
}
