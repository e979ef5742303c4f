package io.orrery.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.orrery.sandbox.kubernetes.http.Fault;
import io.orrery.sandbox.kubernetes.pki.CertificateAuthority;
import io.orrery.sandbox.kubernetes.pki.ClusterPki;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What only the emulated server can do, or can be made to do: who may ask, faults, absence, a short memory. */
class EmulatedServerIT {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    private final ClusterPki pki = ClusterPki.create();
    private final List<KubernetesClient> clients = new ArrayList<>();
    private ApiServer server;
    private Wire wire;

    @BeforeEach
    void start() {
        server = ApiServer.start(ApiServerSettings.with(pki).remembering(50).bookmarkingEvery(Duration.ofMillis(200)));
        wire = with(Clients.admin(server.url(), pki));
    }

    @AfterEach
    void stop() {
        clients.forEach(KubernetesClient::close);
        server.close();
    }

    private Wire with(Config config) {
        var client = new KubernetesClientBuilder().withConfig(config).build();
        clients.add(client);
        return new Wire(client);
    }

    private static String map(String name) {
        return Rules.map(name, "{}");
    }

    @Test
    void nobodyMayAskButForHealthAndVersion() {
        var nobody = with(Clients.nobody(server.url(), pki));
        var refused = nobody.get(MAPS);
        assertThat(refused.code()).isEqualTo(401);
        assertThat(refused.reason()).isEqualTo("Unauthorized");
        for (var path : List.of("/version", "/healthz", "/livez", "/readyz")) {
            assertThat(nobody.get(path).code()).as(path).isEqualTo(200);
        }
    }

    @Test
    void aCertificateOfAnotherAuthorityIsNobodys() {
        var stranger =
                new ClusterPki(pki.serverCa(), CertificateAuthority.create("stranger"), pki.serviceAccountKeyPem());
        assertThat(with(Clients.admin(server.url(), stranger)).get(MAPS).code()).isEqualTo(401);
    }

    @Test
    void aTokenEndsWithItsAccount() {
        var accounts = "/api/v1/namespaces/default/serviceaccounts";
        wire.post(accounts, "{apiVersion: v1, kind: ServiceAccount, metadata: {name: robot}}");
        var token = wire.post(accounts + "/robot/token", "{spec: {expirationSeconds: 3600}}")
                .json()
                .at("/status/token")
                .asText();
        var robot = with(Clients.bearer(server.url(), pki, token));
        assertThat(robot.get(MAPS).code()).isEqualTo(200);
        wire.delete(accounts + "/robot");
        assertThat(robot.get(MAPS).code()).isEqualTo(401);
        assertThat(with(Clients.bearer(server.url(), pki, "no.token.atall"))
                        .get(MAPS)
                        .code())
                .isEqualTo(401);
    }

    @Test
    void isGoneWhilePausedAndForgetsNothing() {
        wire.post(MAPS, map("kept"));
        var url = server.url();
        server.pause();
        assertThatThrownBy(() -> wire.get(MAPS)).isInstanceOf(AssertionError.class);
        server.resume();
        assertThat(server.url()).isEqualTo(url);
        assertThat(wire.get(MAPS + "/kept").code()).isEqualTo(200);
    }

    @Test
    void informersGoOnAfterAPause() {
        try (var informer = wire.client().configMaps().inNamespace("default").inform()) {
            server.pause();
            server.resume();
            wire.post(MAPS, map("late"));
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(informer.getIndexer().list())
                            .extracting(found -> found.getMetadata().getName())
                            .contains("late"));
        }
    }

    @Test
    void faultsHitTheCallsTheyAreMeantFor() {
        server.faults().add("create", "configmaps", 1, new Fault.ServerError());
        server.faults().add("get", "/kept$", 1, new Fault.TooManyRequests(7));
        assertThat(wire.get(MAPS).code()).isEqualTo(200);
        assertThat(wire.post(MAPS, map("kept")).code()).isEqualTo(500);
        assertThat(wire.post(MAPS, map("kept")).code()).isEqualTo(201);
        var many = wire.get(MAPS + "/kept");
        assertThat(many.code()).isEqualTo(429);
        assertThat(many.json().at("/details/retryAfterSeconds").asInt()).isEqualTo(7);
        assertThat(wire.get(MAPS + "/kept").code()).isEqualTo(200);
    }

    @Test
    void aLostAnswerLeavesTheObjectAndADroppedCallDoesNot() {
        server.faults().add("create", "configmaps", 1, new Fault.LostAnswer());
        assertThatThrownBy(() -> wire.post(MAPS, map("made"))).isInstanceOf(AssertionError.class);
        assertThat(wire.get(MAPS + "/made").code()).isEqualTo(200);
        server.faults().add("create", "configmaps", 1, new Fault.Dropped());
        assertThatThrownBy(() -> wire.post(MAPS, map("unmade"))).isInstanceOf(AssertionError.class);
        assertThat(wire.get(MAPS + "/unmade").code()).isEqualTo(404);
    }

    @Test
    void aHangingCallIsNeverAnsweredAndALateOneIs() {
        server.faults().add("list", "configmaps", 1, new Fault.Hanging());
        assertThatThrownBy(() -> wire.within(Duration.ofMillis(500)).get(MAPS)).isInstanceOf(AssertionError.class);
        server.faults().add("list", "configmaps", 1, new Fault.Late(Duration.ofMillis(300)));
        var began = System.nanoTime();
        assertThat(wire.get(MAPS).code()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void countsCallsByVerbAndKindOfPath() {
        server.calls().reset();
        wire.get(MAPS);
        wire.get(MAPS + "/a");
        wire.get(MAPS + "/b");
        assertThat(server.calls().byTemplate())
                .containsEntry("list /api/v1/namespaces/{namespace}/configmaps", 1L)
                .containsEntry("get /api/v1/namespaces/{namespace}/configmaps/{name}", 2L);
        assertThat(server.calls().total()).isEqualTo(3);
    }

    @Test
    void aWatchFromAForgottenRevisionIsToldGone() {
        var revision = wire.post(MAPS, map("one")).revision();
        wire.post(MAPS, map("two"));
        server.compact();
        var events = wire.get(MAPS + "?watch=1&timeoutSeconds=1&resourceVersion=" + revision)
                .events();
        assertThat(events).hasSize(1);
        assertThat(events.getFirst().path("type").asText()).isEqualTo("ERROR");
        assertThat(events.getFirst().at("/object/code").asInt()).isEqualTo(410);
        assertThat(events.getFirst().at("/object/reason").asText()).isEqualTo("Expired");
    }

    @Test
    void aPageOfAForgottenSnapshotIsGoneWithATokenToGoOn() {
        for (var name : List.of("a", "b", "c")) {
            wire.post(MAPS, map(name));
        }
        var first = wire.get(MAPS + "?limit=1").json().at("/metadata/continue").asText();
        wire.post(MAPS, map("d"));
        server.compact();
        var gone = wire.get(MAPS + "?limit=1&continue=" + first);
        assertThat(gone.code()).isEqualTo(410);
        var inconsistent = gone.json().at("/metadata/continue").asText();
        assertThat(wire.get(MAPS + "?continue=" + inconsistent).json().path("items"))
                .hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void remembersOnlySoManyEvents() {
        var revision = wire.post(MAPS, map("one")).revision();
        for (var i = 0; i < 60; i++) {
            wire.patch(MAPS + "/one", Wire.MERGE, "{data: {count: '" + i + "'}}");
        }
        var events = wire.get(MAPS + "?watch=1&timeoutSeconds=1&resourceVersion=" + revision)
                .events();
        assertThat(events.getFirst().path("type").asText()).isEqualTo("ERROR");
    }

    @Test
    void bookmarksTellHowFarAQuietWatchIs() {
        var revision = wire.get(MAPS).revision();
        wire.post("/api/v1/namespaces/default/secrets", "{apiVersion: v1, kind: Secret, metadata: {name: s}}");
        var events = wire.get(MAPS + "?watch=1&timeoutSeconds=1&allowWatchBookmarks=true&resourceVersion=" + revision)
                .events();
        assertThat(events)
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.path("type").asText()).isEqualTo("BOOKMARK"));
        assertThat(events.getLast().at("/object/metadata/resourceVersion").asLong())
                .isGreaterThan(Long.parseLong(revision));
    }

    @Test
    void aBodyOfMoreThanThreeMebibytesIsTooLarge() {
        var text = "x".repeat(3 * 1024 * 1024 + 1);
        assertThat(wire.patch(MAPS + "/large?fieldManager=test", Wire.APPLY, text)
                        .code())
                .isEqualTo(413);
    }

    @Test
    void whatUpstreamHasAndThisServerHasNotIsNotImplemented() {
        wire.post("/api/v1/namespaces/default/pods", Rules.pod("p"));
        assertThat(wire.post("/api/v1/namespaces/default/pods/p/exec?command=ls", "{}")
                        .code())
                .isEqualTo(501);
    }

    @Test
    void showsItselfAsAServiceWithEndpoints() {
        var service = wire.get("/api/v1/namespaces/default/services/kubernetes").json();
        assertThat(service.at("/spec/clusterIP").asText()).isEqualTo("10.43.0.1");
        var slice = wire.get("/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/kubernetes");
        assertThat(slice.json().at("/ports/0/port").asInt())
                .isEqualTo(server.url().getPort());
    }
}
