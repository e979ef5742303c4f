package io.orrery.sandbox.openstack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.model.Json;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;

/**
 * The genuine cloud that OS_CLOUD names, or an emulator of our own. Whatever is made through this is deleted at the
 * end, newest first, so that a genuine project is left as it was.
 */
final class CloudUnderTest implements AutoCloseable {
    private final Optional<OpenStackEmulator> emulator;
    private final CloudEntry entry;
    private final Api api;
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private final String mark = "orrery-test-" + UUID.randomUUID().toString().substring(0, 8);

    CloudUnderTest() {
        var genuine = CloudEntry.fromEnvironment();
        emulator = genuine.isPresent()
                ? Optional.empty()
                : Optional.of(OpenStackEmulator.start(OpenStackSettings.defaults()));
        entry = genuine.orElseGet(() -> CloudEntry.parse(emulator.orElseThrow().cloudsYaml(), "sandbox"));
        api = Api.signIn(entry);
    }

    CloudEntry entry() {
        return entry;
    }

    Api api() {
        return api;
    }

    /** A name that no other run uses. */
    String name(String what) {
        return mark + "-" + what;
    }

    /** Makes something that is deleted at the end; the answer is what stands under the body's only name. */
    ObjectNode make(String type, String path, String singular, ObjectNode fields, String... headers) {
        var reply = api.post(type, path, Json.object(singular, fields), headers);
        if (reply.status() / 100 != 2) {
            throw new AssertionError("POST " + path + ": " + reply.status() + " " + reply.text());
        }
        var made = (ObjectNode) reply.json().path(singular);
        undo.push(() -> delete(type, path + "/" + Json.text(made, made.has("id") ? "id" : "name")));
        return made;
    }

    /** Deletes and waits until it is gone; a conflict is tried again, since what stands in the way may be on its way out. */
    void delete(String type, String path) {
        Awaitility.await(path + " is gone")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    api.delete(type, path);
                    return api.get(type, path).status() == 404;
                });
    }

    void atEnd(Runnable work) {
        undo.push(work);
    }

    ObjectNode network() {
        return make("network", "/networks", "network", Json.object("name", name("network")));
    }

    ObjectNode subnet(ObjectNode network, String cidr) {
        return make(
                "network",
                "/subnets",
                "subnet",
                Json.object("network_id", Json.text(network, "id"), "ip_version", 4, "cidr", cidr));
    }

    String externalNetwork() {
        return api.get("network", "/networks?router:external=true&name=external")
                .json()
                .path("networks")
                .path(0)
                .path("id")
                .asText();
    }

    /** A router to the outside, with this subnet on it. */
    ObjectNode router(ObjectNode subnet) {
        var router = make(
                "network",
                "/routers",
                "router",
                Json.object("name", name("router"), "external_gateway_info", Map.of("network_id", externalNetwork())));
        var path = "/routers/" + Json.text(router, "id");
        var body = Json.object("subnet_id", Json.text(subnet, "id"));
        api.put("network", path + "/add_router_interface", body);
        undo.push(() -> api.put("network", path + "/remove_router_interface", body));
        return router;
    }

    String flavor(String name) {
        for (var flavor : api.get("compute", "/flavors").json().path("flavors")) {
            if (Json.text(flavor, "name").equals(name)) {
                return Json.text(flavor, "id");
            }
        }
        throw new IllegalStateException("No flavor " + name);
    }

    String image() {
        return api.get("image", "/images?name=Ubuntu%2022.04%20LTS")
                .json()
                .path("images")
                .path(0)
                .path("id")
                .asText();
    }

    /** What a small server is asked for with. */
    ObjectNode serverWish(String name, Object networks) {
        return Json.object(
                "name", name(name),
                "flavorRef", flavor("m1.tiny"),
                "imageRef", image(),
                "networks", networks);
    }

    ObjectNode server(ObjectNode wish) {
        return make("compute", "/servers", "server", wish);
    }

    ObjectNode serverOn(String name, ObjectNode network) {
        return server(serverWish(name, List.of(Map.of("uuid", Json.text(network, "id")))));
    }

    /** Waits until a resource has this status; the answer is the resource then. */
    ObjectNode await(String type, String path, String singular, String status) {
        return Awaitility.await(path + " is " + status)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> (ObjectNode) api.get(type, path).json().path(singular), found -> Json.text(found, "status")
                        .equals(status));
    }

    ObjectNode awaitServer(ObjectNode server, String status) {
        return await("compute", "/servers/" + Json.text(server, "id"), "server", status);
    }

    /** Deletes all that was made. */
    void cleanUp() {
        while (!undo.isEmpty()) {
            undo.pop().run();
        }
    }

    @Override
    public void close() {
        cleanUp();
        emulator.ifPresent(OpenStackEmulator::close);
    }
}
