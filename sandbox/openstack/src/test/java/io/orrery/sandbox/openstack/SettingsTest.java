package io.orrery.sandbox.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.sandbox.openstack.http.Call;
import io.orrery.sandbox.openstack.model.Json;
import io.orrery.sandbox.openstack.model.Quotas;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What the emulator is told at its start, and what it tells of itself. */
class SettingsTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private interface Story {
        void tell(OpenStackEmulator emulator, Api api);
    }

    private static void with(UnaryOperator<OpenStackSettings> change, Story story) {
        try (var emulator = OpenStackEmulator.start(change.apply(OpenStackSettings.defaults()))) {
            story.tell(emulator, Api.signIn(CloudEntry.parse(emulator.cloudsYaml(), "sandbox")));
        }
    }

    private static Reply makeNetwork(Api api, String name) {
        return api.post("network", "/networks", Json.object("network", Map.of("name", name)));
    }

    @Test
    void tokensExpire() {
        with(settings -> settings.withTokenLife(Duration.ofSeconds(2)), (emulator, api) -> {
            assertThat(api.get("network", "/networks").status()).isEqualTo(200);
            Awaitility.await()
                    .atMost(DEADLINE)
                    .until(() -> api.get("network", "/networks").status() == 401);
        });
    }

    @Test
    void allTokensCanBeRevokedAtOnce() {
        with(settings -> settings, (emulator, api) -> {
            emulator.revokeAllTokens();
            assertThat(api.get("compute", "/servers").status()).isEqualTo(401);
        });
    }

    @Test
    void quotasOfTheNetworkAreKept() {
        with(settings -> settings.withQuotas(Quotas.usual().withNetwork("network", 1)), (emulator, api) -> {
            assertThat(makeNetwork(api, "one").status()).isEqualTo(201);
            var reply = makeNetwork(api, "two");
            assertThat(reply.status()).isEqualTo(409);
            assertThat(reply.message()).isEqualTo("Quota exceeded for resources: ['network'].");
        });
    }

    @Test
    void aPoolOfFloatingIpsRunsDry() {
        with(settings -> settings.withFloatingRange("127.99.0.0/30"), (emulator, api) -> {
            var external = Json.text(
                    api.get("network", "/networks?name=external")
                            .json()
                            .path("networks")
                            .path(0),
                    "id");
            var wish = Json.object("floatingip", Map.of("floating_network_id", external));
            assertThat(api.post("network", "/floatingips", wish).status()).isEqualTo(201);
            var reply = api.post("network", "/floatingips", wish);
            assertThat(reply.status()).isEqualTo(409);
            assertThat(Json.text(reply.json().path("NeutronError"), "type")).isEqualTo("IpAddressGenerationFailure");
        });
    }

    @Test
    void antiAffinityReachesAsFarAsThereAreHosts() {
        with(settings -> settings.withHosts(1), (emulator, api) -> {
            var group = api.post(
                            "compute",
                            "/os-server-groups",
                            Json.object("server_group", Map.of("name", "apart", "policies", List.of("anti-affinity"))))
                    .json()
                    .path("server_group");
            var flavor = api.get("compute", "/flavors")
                    .json()
                    .path("flavors")
                    .path(0)
                    .path("id");
            var image =
                    api.get("image", "/images").json().path("images").path(0).path("id");
            for (var name : List.of("first", "second")) {
                var body = Json.object(
                        "server",
                        Json.object("name", name, "flavorRef", flavor, "imageRef", image),
                        "os:scheduler_hints",
                        Map.of("group", Json.text(group, "id")));
                assertThat(api.post("compute", "/servers", body).status()).isEqualTo(202);
            }
            Awaitility.await().atMost(DEADLINE).untilAsserted(() -> assertThat(api.get("compute", "/servers/detail")
                            .json()
                            .path("servers")
                            .findValuesAsText("status"))
                    .containsExactlyInAnyOrder("ACTIVE", "ERROR"));
        });
    }

    @Test
    void theObjectStoreStandsInTheCatalogueWhereOneIsGiven() {
        with(
                settings -> settings.withS3(URI.create("http://127.0.0.1:9000")),
                (emulator, api) -> assertThat(api.endpoint("s3")).isEqualTo("http://127.0.0.1:9000"));
    }

    @Test
    void callsAreCountedByTheirTemplate() {
        with(settings -> settings, (emulator, api) -> {
            emulator.resetCalls();
            api.get("network", "/networks/one");
            api.get("network", "/networks/two");

            assertThat(emulator.calls()).isEqualTo(Map.of(new Call("network", "GET", "/v2.0/networks/{id}", 404), 2L));
        });
    }

    @Test
    void theLedgerRemembersWhatIsGone() {
        with(settings -> settings, (emulator, api) -> {
            var id = Json.text(makeNetwork(api, "gone").json().path("network"), "id");
            api.delete("network", "/networks/" + id);

            assertThat(emulator.inventory().names("network")).doesNotContain("gone");
            assertThat(emulator.ledger()).anyMatch(entry -> entry.id().equals(id));
        });
    }

    @Test
    void whatIsNotEmulatedIsSaidToBeSo() {
        with(settings -> settings, (emulator, api) -> {
            assertThat(api.get("network", "/trunks").status()).isEqualTo(501);
            assertThat(api.get("network", "/no-such-thing").status()).isEqualTo(404);
            assertThat(api.get("compute", "/no-such-thing").status()).isEqualTo(404);
            assertThat(api.get("volumev3", "/backups").status()).isEqualTo(501);
            assertThat(api.call("PATCH", "network", "/networks", Json.object()).status())
                    .isEqualTo(405);
        });
    }

    @Test
    void projectsDoNotSeeEachOther() {
        with(settings -> settings, (emulator, api) -> {
            makeNetwork(api, "mine");
            var admin = CloudEntry.parse(emulator.cloudsYaml(), "sandbox-admin");

            assertThat(Api.signIn(admin).get("compute", "/servers").status()).isEqualTo(200);
            assertThat(Api.signIn(admin)
                            .get("network", "/networks?name=mine")
                            .json()
                            .path("networks")
                            .size())
                    .isEqualTo(1);
        });
    }

    @Test
    void quotasCanBeChangedWhileItRuns() {
        with(settings -> settings.withQuotas(Quotas.usual().withNetwork("network", 1)), (emulator, api) -> {
            makeNetwork(api, "one");
            assertThat(makeNetwork(api, "two").status()).isEqualTo(409);
            emulator.quota("network", "network", 2);
            assertThat(makeNetwork(api, "two").status()).isEqualTo(201);

            var admin = Api.signIn(CloudEntry.parse(emulator.cloudsYaml(), "sandbox-admin"));
            var path = "/os-quota-sets/" + api.projectId();
            assertThat(admin.put("compute", path, Json.object("quota_set", Map.of("cores", 7)))
                            .status())
                    .isEqualTo(200);
            assertThat(admin.put("compute", path, Json.object("quota_set", Map.of("bogus", 7)))
                            .status())
                    .isEqualTo(400);
            assertThat(admin.put("volumev3", path, Json.object("quota_set", Map.of("volumes___DEFAULT__", 0)))
                            .status())
                    .isEqualTo(200);
            assertThat(api.get("compute", "/limits")
                            .json()
                            .path("limits")
                            .path("absolute")
                            .path("maxTotalCores")
                            .asInt())
                    .isEqualTo(7);
            var volume = api.post("volumev3", "/volumes", Json.object("volume", Map.of("size", 1)));
            assertThat(volume.status()).isEqualTo(413);
            assertThat(volume.message()).contains("exceeded for quota 'volumes___DEFAULT__'");
        });
    }

    @Test
    void theAdministratorSeesHowManyAddressesAreLeft() {
        with(settings -> settings.withFloatingRange("127.99.0.0/29"), (emulator, api) -> {
            var external = Json.text(
                    api.get("network", "/networks?name=external")
                            .json()
                            .path("networks")
                            .path(0),
                    "id");
            api.post("network", "/floatingips", Json.object("floatingip", Map.of("floating_network_id", external)));

            var seen = Api.signIn(CloudEntry.parse(emulator.cloudsYaml(), "sandbox-admin"))
                    .get("network", "/network-ip-availabilities?network_id=" + external)
                    .json()
                    .path("network_ip_availabilities");

            assertThat(seen).hasSize(1);
            assertThat(seen.path(0).path("total_ips").asInt()).isEqualTo(5);
            assertThat(seen.path(0).path("used_ips").asInt()).isEqualTo(1);
        });
    }
}
