package io.orrery.sandbox.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nova; the same against a genuine cloud when OS_CLOUD is set. */
class ComputeTest {
    private static final String VERSION = "OpenStack-API-Version";
    private static CloudUnderTest cloud;

    @BeforeAll
    static void open() {
        cloud = new CloudUnderTest();
    }

    @AfterAll
    static void close() {
        cloud.close();
    }

    @AfterEach
    void cleanUp() {
        cloud.cleanUp();
    }

    private static ObjectNode networkWithSubnet() {
        var network = cloud.network();
        cloud.subnet(network, "10.20.0.0/24");
        return network;
    }

    private static String id(ObjectNode resource) {
        return Json.text(resource, "id");
    }

    private static void refused(Reply reply, int status, String fault, String message) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.json().has(fault)).as(reply.text()).isTrue();
        assertThat(reply.message()).contains(message);
        assertThat(reply.header("X-Compute-Request-Id")).isEqualTo(reply.header("X-Openstack-Request-Id"));
    }

    private static Reply ask(ObjectNode wish, String... headers) {
        return cloud.api().post("compute", "/servers", Json.object("server", wish), headers);
    }

    @Test
    void aServerIsBuiltAndThenActiveWithItsAddresses() {
        var network = networkWithSubnet();
        var wish = cloud.serverWish("one", List.of(Map.of("uuid", id(network))));
        wish.set("metadata", Json.object("role", "node"));
        wish.put("user_data", Base64.getEncoder().encodeToString("#cloud-config\n".getBytes(StandardCharsets.UTF_8)));
        wish.put("config_drive", true);

        var made = cloud.server(wish);
        assertThat(Json.text(made, "adminPass")).isNotEmpty();
        var server = cloud.awaitServer(made, "ACTIVE");

        assertThat(Json.text(server.path("metadata"), "role")).isEqualTo("node");
        assertThat(Json.text(server, "config_drive")).isEqualTo("True");
        assertThat(Json.text(server, "OS-EXT-STS:vm_state")).isEqualTo("active");
        assertThat(Json.text(server, "OS-SRV-USG:launched_at")).isNotEmpty();
        var address = server.path("addresses").path(cloud.name("network")).path(0);
        assertThat(Json.text(address, "OS-EXT-IPS:type")).isEqualTo("fixed");
        assertThat(Json.text(address, "addr")).startsWith("10.20.0.");
        var port = cloud.api()
                .get("network", "/ports?device_id=" + id(server))
                .json()
                .path("ports")
                .path(0);
        assertThat(Json.text(port, "status")).isEqualTo("ACTIVE");
        assertThat(Json.text(port, "device_owner")).isEqualTo("compute:nova");
    }

    @Test
    void aDeletedServerTakesThePortsThatNovaMadeAndLeavesTheOthers() {
        var network = networkWithSubnet();
        var port = cloud.make("network", "/ports", "port", Json.object("network_id", id(network)));
        var server = cloud.awaitServer(
                cloud.server(cloud.serverWish("ports", List.of(Map.of("port", id(port)), Map.of("uuid", id(network))))),
                "ACTIVE");
        assertThat(ports(server)).hasSize(2);
        refused(
                ask(cloud.serverWish("second", List.of(Map.of("port", id(port))))),
                409,
                "conflictingRequest",
                "Port " + id(port) + " is still in use.");

        assertThat(cloud.api().delete("compute", "/servers/" + id(server)).status())
                .isEqualTo(204);
        cloud.delete("compute", "/servers/" + id(server));

        assertThat(ports(server)).isEmpty();
        var left = cloud.api().get("network", "/ports/" + id(port)).json().path("port");
        assertThat(Json.text(left, "device_id")).isEmpty();
        refused(
                cloud.api().get("compute", "/servers/" + id(server)),
                404,
                "itemNotFound",
                "Instance " + id(server) + " could not be found.");
    }

    private static List<String> ports(ObjectNode server) {
        return cloud.api()
                .get("network", "/ports?fields=id&device_id=" + id(server))
                .json()
                .path("ports")
                .findValuesAsText("id");
    }

    @Test
    void malformedWishesAreRefusedInNovasWords() {
        var network = networkWithSubnet();
        var networks = List.of(Map.of("uuid", id(network)));
        var wish = cloud.serverWish("refused", networks);

        refused(ask(wish.deepCopy().put("flavorRef", "nope")), 400, "badRequest", "Flavor nope could not be found.");
        refused(ask(wish.deepCopy().put("foo", 1)), 400, "badRequest", "Additional properties are not allowed");
        refused(ask(wish.deepCopy().put("imageRef", "")), 400, "badRequest", "Missing imageRef attribute");
        refused(ask(wish.deepCopy().put("key_name", "nope")), 400, "badRequest", "Invalid key_name provided.");
        refused(ask(wish.deepCopy().put("tags", "a")), 400, "badRequest", "'tags' was unexpected");
        refused(
                ask(wish.deepCopy().put("user_data", "x".repeat(65_536))),
                400,
                "badRequest",
                "Invalid input for field/attribute user_data.");
        wish.remove("networks");
        refused(ask(wish, VERSION, "compute 2.37"), 400, "badRequest", "'networks' is a required property");
    }

    @Test
    void whatIsAboveTheQuotaIsForbidden() {
        var network = networkWithSubnet();
        var wish = cloud.serverWish("many", List.of(Map.of("uuid", id(network))));
        wish.put("min_count", 100).put("max_count", 100);

        refused(ask(wish), 403, "forbidden", "Quota exceeded for ");
        wish.put("min_count", 5000).put("max_count", 5000);
        refused(ask(wish), 403, "forbidden", "Maximum number of ports exceeded");
    }

    @Test
    void listsAreFilteredByNameStatusAndTagsAndComeInPages() {
        var network = networkWithSubnet();
        var server = cloud.awaitServer(cloud.serverOn("listed-one", network), "ACTIVE");
        cloud.awaitServer(cloud.serverOn("listed-two", network), "ACTIVE");
        var api = cloud.api();
        api.put("compute", "/servers/" + id(server) + "/tags/blue", null, VERSION, "compute 2.26");

        assertThat(names("/servers?name=" + cloud.name("listed"))).hasSize(2);
        assertThat(names("/servers/detail?status=ACTIVE&name=listed-one")).containsExactly(cloud.name("listed-one"));
        assertThat(names("/servers?tags=blue&name=listed", VERSION, "compute 2.26"))
                .containsExactly(cloud.name("listed-one"));
        var page = api.get("compute", "/servers?limit=1&name=listed").json();
        assertThat(page.path("servers").size()).isEqualTo(1);
        var href = Json.text(page.path("servers_links").path(0), "href");
        assertThat(names(href.substring(href.indexOf("/servers?")))).hasSize(1);
        refused(api.get("compute", "/servers?marker=nope"), 400, "badRequest", "marker [nope] not found");
    }

    /** A trap of the genuine Nova: who relies on this filter takes others' servers for their own. */
    @Test
    void theMetadataFilterIsPassedOverForMembers() {
        var network = networkWithSubnet();
        cloud.awaitServer(cloud.serverOn("unmarked", network), "ACTIVE");

        assertThat(names("/servers?name=unmarked&metadata=%7B%22role%22:%22other%22%7D"))
                .hasSize(1);
    }

    private static List<String> names(String path, String... headers) {
        return Json.elements(cloud.api().get("compute", path, headers).json().path("servers")).stream()
                .map(server -> Json.text(server, "name"))
                .toList();
    }

    @Test
    void microversionsAreAnsweredInHeadersAndInWhatIsShown() {
        var network = networkWithSubnet();
        var server = cloud.awaitServer(cloud.serverOn("versions", network), "ACTIVE");
        var path = "/servers/" + id(server);

        var old = cloud.api().get("compute", path);
        assertThat(old.header(VERSION)).isEqualTo("compute 2.1");
        assertThat(old.json().path("server").has("tags")).isFalse();
        assertThat(old.json().path("server").path("flavor").has("id")).isTrue();
        var later = cloud.api().get("compute", path, VERSION, "compute 2.73");
        assertThat(later.header("X-OpenStack-Nova-API-Version")).isEqualTo("2.73");
        assertThat(later.json()
                        .path("server")
                        .path("flavor")
                        .path("original_name")
                        .asText())
                .isEqualTo("m1.tiny");
        assertThat(later.json().path("server").has("locked_reason")).isTrue();
        refused(
                cloud.api().get("compute", path, VERSION, "compute 2.999"),
                406,
                "computeFault",
                "Version 2.999 is not supported by the API. Minimum is 2.1");
    }

    @Test
    void aServerIsStoppedStartedAndLocked() {
        var network = networkWithSubnet();
        var server = cloud.awaitServer(cloud.serverOn("power", network), "ACTIVE");
        var action = "/servers/" + id(server) + "/action";
        var api = cloud.api();

        refused(
                api.post("compute", action, Json.object("os-start", null)),
                409,
                "conflictingRequest",
                "Cannot 'start' instance " + id(server) + " while it is in vm_state active");
        assertThat(api.post("compute", action, Json.object("os-stop", null)).status())
                .isEqualTo(202);
        cloud.awaitServer(server, "SHUTOFF");
        api.post("compute", action, Json.object("os-start", null));
        cloud.awaitServer(server, "ACTIVE");
        refused(
                api.post("compute", action, Json.object("bogus", null)),
                400,
                "badRequest",
                "There is no such action: bogus");
        var history = api.get("compute", "/servers/" + id(server) + "/os-instance-actions")
                .json();
        assertThat(history.path("instanceActions").findValuesAsText("action"))
                .containsExactly("start", "stop", "create");
    }

    @Test
    void metadataIsMergedByPostAndReplacedByPut() {
        var network = networkWithSubnet();
        var server = cloud.awaitServer(cloud.serverOn("metadata", network), "ACTIVE");
        var path = "/servers/" + id(server) + "/metadata";
        var api = cloud.api();

        api.post("compute", path, Json.object("metadata", Map.of("a", "1")));
        api.post("compute", path, Json.object("metadata", Map.of("b", "2")));
        assertThat(api.get("compute", path).json().path("metadata")).isEqualTo(Json.node(Map.of("a", "1", "b", "2")));
        api.put("compute", path, Json.object("metadata", Map.of("c", "3")));
        assertThat(api.get("compute", path).json().path("metadata")).isEqualTo(Json.node(Map.of("c", "3")));
        refused(api.delete("compute", path + "/a"), 404, "itemNotFound", "Metadata item was not found");
    }

    @Test
    void softAntiAffinityIsThereSince215AndThePolicyIsSingularSince264() {
        var soft = Json.object("name", cloud.name("soft"), "policies", List.of("soft-anti-affinity"));
        refused(
                cloud.api().post("compute", "/os-server-groups", Json.object("server_group", soft)),
                400,
                "badRequest",
                "'soft-anti-affinity' is not one of ['anti-affinity', 'affinity']");
        cloud.make("compute", "/os-server-groups", "server_group", soft, VERSION, "compute 2.15");
        var single = cloud.make(
                "compute",
                "/os-server-groups",
                "server_group",
                Json.object("name", cloud.name("single"), "policy", "soft-anti-affinity"),
                VERSION,
                "compute 2.64");
        assertThat(Json.text(single, "policy")).isEqualTo("soft-anti-affinity");
    }

    @Test
    void aPortAndAVolumeArePluggedInAndOut() {
        var network = networkWithSubnet();
        var server = cloud.awaitServer(cloud.serverOn("plugs", network), "ACTIVE");
        var volume = cloud.make("volumev3", "/volumes", "volume", Json.object("size", 1, "name", cloud.name("disk")));
        cloud.await("volumev3", "/volumes/" + id(volume), "volume", "available");
        var attachments = "/servers/" + id(server) + "/os-volume_attachments";
        var api = cloud.api();

        api.post("compute", attachments, Json.object("volumeAttachment", Map.of("volumeId", id(volume))));
        var used = cloud.await("volumev3", "/volumes/" + id(volume), "volume", "in-use");
        assertThat(Json.text(used.path("attachments").path(0), "server_id")).isEqualTo(id(server));
        refused(api.delete("volumev3", "/volumes/" + id(volume)), 400, "badRequest", "Invalid volume: Volume status");
        api.delete("compute", attachments + "/" + id(volume));
        cloud.await("volumev3", "/volumes/" + id(volume), "volume", "available");

        var cards = "/servers/" + id(server) + "/os-interface";
        var card = api.post("compute", cards, Json.object("interfaceAttachment", Map.of("net_id", id(network))));
        assertThat(card.status()).isEqualTo(200);
        assertThat(ports(server)).hasSize(2);
    }

    @Test
    void aSnapshotBecomesAnImageWithItsProperties() {
        var network = networkWithSubnet();
        var server = cloud.awaitServer(cloud.serverOn("builder", network), "ACTIVE");
        var wish = Json.object("name", cloud.name("snapshot"), "metadata", Map.of("recipe", "abc"));

        var reply = cloud.api()
                .post(
                        "compute",
                        "/servers/" + id(server) + "/action",
                        Json.object("createImage", wish),
                        VERSION,
                        "compute 2.45");

        assertThat(reply.status()).isEqualTo(202);
        var path = "/images/" + Json.text(reply.json(), "image_id");
        cloud.atEnd(() -> cloud.delete("image", path));
        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(60))
                .until(() -> Json.text(cloud.api().get("image", path).json(), "status")
                        .equals("active"));
        var image = cloud.api().get("image", path).json();
        assertThat(Json.text(image, "recipe")).isEqualTo("abc");
        assertThat(Json.text(image, "image_type")).isEqualTo("snapshot");
    }

    @Test
    void floatingAddressesAreShownAmongAServersAddresses() {
        var network = cloud.network();
        cloud.router(cloud.subnet(network, "10.20.0.0/24"));
        var server = cloud.awaitServer(cloud.serverOn("reached", network), "ACTIVE");
        var address = cloud.make(
                "network",
                "/floatingips",
                "floatingip",
                Json.object(
                        "floating_network_id",
                        cloud.externalNetwork(),
                        "port_id",
                        ports(server).getFirst()));

        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(cloud.api()
                                .get("compute", "/servers/" + id(server))
                                .json()
                                .path("server")
                                .path("addresses")
                                .findValuesAsText("addr"))
                        .contains(Json.text(address, "floating_ip_address")));
    }

    @Test
    void aServerGetsAnotherFlavorForGoodOnlyOnceThatIsConfirmed() {
        var server = cloud.awaitServer(cloud.serverOn("grows", networkWithSubnet()), "ACTIVE");
        var actions = "/servers/" + id(server) + "/action";
        var before = Json.text(server.path("flavor"), "id");
        var another = cloud.flavor("eo2.xlarge");
        var resize = Json.object("resize", Map.of("flavorRef", another));
        var api = cloud.api();
        refused(
                api.post("compute", actions, Json.object("resize", Map.of("flavorRef", before))),
                400,
                "badRequest",
                "must change flavor");

        assertThat(api.post("compute", actions, resize).status()).isEqualTo(202);
        var tried = cloud.awaitServer(server, "VERIFY_RESIZE");
        assertThat(Json.text(tried.path("flavor"), "id")).isEqualTo(another);
        assertThat(api.post("compute", actions, Json.object("revertResize", null))
                        .status())
                .isEqualTo(202);
        var reverted = cloud.awaitServer(server, "ACTIVE");
        assertThat(Json.text(reverted.path("flavor"), "id")).isEqualTo(before);

        assertThat(api.post("compute", actions, resize).status()).isEqualTo(202);
        cloud.awaitServer(server, "VERIFY_RESIZE");
        assertThat(api.post("compute", actions, Json.object("confirmResize", null))
                        .status())
                .isEqualTo(204);
        var kept = cloud.awaitServer(server, "ACTIVE");
        assertThat(Json.text(kept.path("flavor"), "id")).isEqualTo(another);
    }
}
