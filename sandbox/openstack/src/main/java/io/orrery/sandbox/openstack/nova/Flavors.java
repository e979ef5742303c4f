package io.orrery.sandbox.openstack.nova;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.http.Answer;
import io.orrery.sandbox.openstack.http.Page;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.http.Request;
import io.orrery.sandbox.openstack.http.Routes;
import io.orrery.sandbox.openstack.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The flavors; the administrator may add and delete some. */
final class Flavors {
    private final List<Flavor> flavors = new ArrayList<>(List.of(
            usual("m1.tiny", 1, 512, 1),
            usual("m1.small", 1, 2048, 20),
            usual("m1.medium", 2, 4096, 40),
            usual("m1.large", 4, 8192, 80),
            usual("m1.xlarge", 8, 16384, 160),
            usual("eo1.xsmall", 1, 1024, 8),
            usual("eo1.small", 1, 2048, 8),
            usual("eo1.medium", 1, 4096, 16),
            usual("eo1.large", 2, 8192, 32),
            usual("eo2.large", 2, 8192, 32),
            usual("eo2.xlarge", 4, 16384, 64),
            usual("eo2.2xlarge", 8, 32768, 128)));

    private static Flavor usual(String name, int vcpus, int ram, int disk) {
        var id = UUID.nameUUIDFromBytes(("flavor/" + name).getBytes(StandardCharsets.UTF_8));
        return new Flavor(id.toString(), name, vcpus, ram, disk);
    }

    void routes(Routes routes) {
        routes.on("GET", "/v2.1/flavors", request -> list(request, false))
                .on("GET", "/v2.1/flavors/detail", request -> list(request, true))
                .on("POST", "/v2.1/flavors", this::create)
                .on(
                        "GET",
                        "/v2.1/flavors/{id}",
                        request -> Answer.ok(Json.object("flavor", view(require(request), request))))
                .on("DELETE", "/v2.1/flavors/{id}", this::delete)
                .on("GET", "/v2.1/flavors/{id}/os-extra_specs", request -> {
                    require(request);
                    return Answer.ok(Json.object("extra_specs", Map.of()));
                })
                .unsupported("/v2.1/flavors/{id}/**");
    }

    Optional<Flavor> find(String id) {
        return flavors.stream().filter(flavor -> flavor.id().equals(id)).findFirst();
    }

    private Flavor require(Request request) {
        var id = request.variable("id");
        return find(id).orElseThrow(() -> new Refusal(404, "Flavor " + id + " could not be found."));
    }

    private static ObjectNode view(Flavor flavor, Request request) {
        return flavor.view(request.base(), Nova.version(request).since(61));
    }

    private Answer list(Request request, boolean detail) {
        var page = Page.of(
                flavors.stream().filter(flavor -> fits(flavor, request)).toList(),
                request.query(),
                Nova.MOST_IN_PAGE,
                Flavor::id,
                marker -> new Refusal(400, "marker [" + marker + "] not found"));
        return Nova.page(
                request, "flavors", page, flavor -> detail ? view(flavor, request) : flavor.brief(request.base()));
    }

    private static boolean fits(Flavor flavor, Request request) {
        int ram = request.query().first("minRam").map(Integer::parseInt).orElse(0);
        int disk = request.query().first("minDisk").map(Integer::parseInt).orElse(0);
        return flavor.ram() >= ram && flavor.disk() >= disk;
    }

    private Answer create(Request request) {
        Nova.adminOnly(request, "os_compute_api:os-flavor-manage:create");
        var wish = request.json().path("flavor");
        var id = Json.text(wish, "id");
        var flavor = new Flavor(
                id.isEmpty() || id.equals("auto") ? UUID.randomUUID().toString() : id,
                Json.text(wish, "name"),
                wish.path("vcpus").asInt(),
                wish.path("ram").asInt(),
                wish.path("disk").asInt());
        if (flavors.stream().anyMatch(other -> other.name().equals(flavor.name()))) {
            throw new Refusal(409, "Flavor with name " + flavor.name() + " already exists.");
        }
        flavors.add(flavor);
        return Answer.ok(Json.object("flavor", view(flavor, request)));
    }

    private Answer delete(Request request) {
        Nova.adminOnly(request, "os_compute_api:os-flavor-manage:delete");
        flavors.remove(require(request));
        return Answer.empty(202);
    }
}
