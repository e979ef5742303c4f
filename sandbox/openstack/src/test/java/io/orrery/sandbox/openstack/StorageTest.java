package io.orrery.sandbox.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.sandbox.openstack.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Glance and Cinder; the same against a genuine cloud when OS_CLOUD is set. */
class StorageTest {
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

    private static String makeImage(String name, String... tags) {
        var reply = cloud.api()
                .post(
                        "image",
                        "/images",
                        Json.object(
                                "name", cloud.name(name),
                                "disk_format", "qcow2",
                                "container_format", "bare",
                                "visibility", "private",
                                "tags", List.of(tags)));
        assertThat(reply.status()).isEqualTo(201);
        var path = "/images/" + Json.text(reply.json(), "id");
        cloud.atEnd(() -> cloud.delete("image", path));
        return path;
    }

    @Test
    void anImageIsActiveOnceItsBytesAreThere() {
        var bytes = "not much of a disk".getBytes(StandardCharsets.UTF_8);
        var path = makeImage("uploaded");
        assertThat(Json.text(cloud.api().get("image", path).json(), "status")).isEqualTo("queued");

        assertThat(cloud.api().upload(path + "/file", bytes).status()).isEqualTo(204);

        var image = cloud.api().get("image", path).json();
        assertThat(Json.text(image, "status")).isEqualTo("active");
        assertThat(image.path("size").asInt()).isEqualTo(bytes.length);
        assertThat(Json.text(image, "os_hash_algo")).isEqualTo("sha512");
        assertThat(cloud.api().get("image", path + "/file").text()).isEqualTo("not much of a disk");
        assertThat(cloud.api().upload(path + "/file", bytes).status()).isEqualTo(409);
    }

    @Test
    void anImageCanBePutOutOfUseAndBack() {
        var path = makeImage("idle");
        assertThat(act(path, "deactivate")).isEqualTo(403);
        cloud.api().upload(path + "/file", new byte[] {1});

        assertThat(act(path, "deactivate")).isEqualTo(204);
        assertThat(Json.text(cloud.api().get("image", path).json(), "status")).isEqualTo("deactivated");
        assertThat(cloud.api().get("image", path + "/file").status()).isEqualTo(403);

        assertThat(act(path, "reactivate")).isEqualTo(204);
        assertThat(Json.text(cloud.api().get("image", path).json(), "status")).isEqualTo("active");
    }

    private static int act(String path, String action) {
        return cloud.api()
                .call("POST", "image", path + "/actions/" + action, null)
                .status();
    }

    @Test
    void imagesAreFilteredByTagAndComeInPages() {
        makeImage("listed-1", "one");
        makeImage("listed-2", "one");
        var tagged = cloud.api().get("image", "/images?tag=one&limit=1").json();

        assertThat(tagged.path("images").size()).isEqualTo(1);
        var next = Json.text(tagged, "next");
        assertThat(next).startsWith("/v2/images?");
        assertThat(cloud.api()
                        .get("image", next.substring("/v2".length()))
                        .json()
                        .path("images")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void glanceRefusesInTheFormThatTheClientAccepts() {
        var plain = cloud.api().get("image", "/images/nope");
        assertThat(plain.header("Content-Type")).startsWith("text/plain");
        var json = cloud.api()
                .get("image", "/images/nope", "Accept", "application/json")
                .json();
        assertThat(Json.text(json, "code")).isEqualTo("404 Not Found");
        assertThat(Json.text(json, "message")).startsWith("No image found with ID nope");

        var reply = cloud.api().get("image", "/images/nope", "Accept", "*/*");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.header("Content-Type")).startsWith("text/html");
        assertThat(reply.text()).contains("No image found with ID nope");
        var publicImage = Json.object("name", cloud.name("public"), "visibility", "public");
        assertThat(cloud.api().post("image", "/images", publicImage).status()).isEqualTo(403);
    }

    @Test
    void aVolumeIsAvailableAfterAWhileAndGoneAWhileAfterItsDeletion() {
        var volume = cloud.make(
                "volumev3",
                "/volumes",
                "volume",
                Json.object("size", 1, "name", cloud.name("volume"), "metadata", Map.of("owner", "test")));
        assertThat(Json.text(volume, "status")).isEqualTo("creating");
        var path = "/volumes/" + Json.text(volume, "id");

        var available = cloud.await("volumev3", path, "volume", "available");

        assertThat(Json.text(available.path("metadata"), "owner")).isEqualTo("test");
        assertThat(cloud.api().delete("volumev3", path).status()).isEqualTo(202);
        cloud.delete("volumev3", path);
    }

    @Test
    void aVolumeWithASnapshotStays() {
        var volume = cloud.make("volumev3", "/volumes", "volume", Json.object("size", 1, "name", cloud.name("kept")));
        var path = "/volumes/" + Json.text(volume, "id");
        cloud.await("volumev3", path, "volume", "available");
        var snapshot =
                cloud.make("volumev3", "/snapshots", "snapshot", Json.object("volume_id", Json.text(volume, "id")));
        cloud.await("volumev3", "/snapshots/" + Json.text(snapshot, "id"), "snapshot", "available");

        var reply = cloud.api().delete("volumev3", path);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.message()).startsWith("Invalid volume: Volume status must be available");
    }

    @Test
    void volumesAboveTheQuotaAreRefusedWith413() {
        var reply = cloud.api().post("volumev3", "/volumes", Json.object("volume", Map.of("size", 1_000_000)));

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.json().has("overLimit")).isTrue();
        assertThat(reply.message()).startsWith("VolumeSizeExceedsAvailableQuota: Requested volume or snapshot exceeds");
    }
}
