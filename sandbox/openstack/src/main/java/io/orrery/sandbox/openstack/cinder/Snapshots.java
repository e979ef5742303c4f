package io.orrery.sandbox.openstack.cinder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.http.Answer;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.http.Request;
import io.orrery.sandbox.openstack.http.Routes;
import io.orrery.sandbox.openstack.model.Caller;
import io.orrery.sandbox.openstack.model.Json;
import io.orrery.sandbox.openstack.model.Shelf;
import io.orrery.sandbox.openstack.model.World;
import java.time.Duration;
import java.util.List;

/** Snapshots of volumes. */
final class Snapshots {
    static final String PROJECT = "os-extended-snapshot-attributes:project_id";
    private static final String PATH = "/v3/{project}/snapshots";

    private final World world;
    private final Duration time;
    private final Shelf<ObjectNode> shelf;
    private final Shelf<Volume> volumes;
    private final Allowance allowance;

    Snapshots(World world, Duration time, Shelf<ObjectNode> shelf, Shelf<Volume> volumes, Allowance allowance) {
        this.world = world;
        this.time = time;
        this.shelf = shelf;
        this.volumes = volumes;
        this.allowance = allowance;
    }

    void routes(Routes routes) {
        routes.on("GET", PATH, request -> list(request, false))
                .on("GET", PATH + "/detail", request -> list(request, true))
                .on("POST", PATH, this::create)
                .on("GET", PATH + "/{id}", request -> Answer.ok(Json.object("snapshot", find(request))))
                .on("PUT", PATH + "/{id}", this::rename)
                .on("DELETE", PATH + "/{id}", this::delete);
        routes.unsupported(PATH + "/{id}/**");
    }

    boolean existFor(Volume volume) {
        return shelf.all().stream()
                .anyMatch(snapshot -> Json.text(snapshot, "volume_id").equals(volume.id()));
    }

    private Answer list(Request request, boolean detail) {
        var mine = shelf.all().stream()
                .filter(snapshot -> request.caller().owns(Json.text(snapshot, PROJECT)))
                .map(ObjectNode::deepCopy)
                .toList();
        return Lists.answer(
                request,
                "snapshots",
                mine,
                view -> detail ? view : view.without(List.of(PROJECT, "os-extended-snapshot-attributes:progress")),
                "Snapshot");
    }

    private Answer create(Request request) {
        var wish = request.json().path("snapshot");
        var project = request.caller().projectId();
        var id = Json.text(wish, "volume_id");
        var volume = volumes.find(id)
                .filter(found -> request.caller().owns(found.project()))
                .orElseThrow(() -> new Refusal(404, "Volume " + id + " could not be found."));
        boolean forced = wish.path("force").asBoolean();
        if (!volume.status().equals("available") && !(forced && volume.status().equals("in-use"))) {
            throw new Refusal(
                    400,
                    "Invalid volume: Volume %s status must be available, but current status is: %s."
                            .formatted(id, volume.status()));
        }
        allowance.check(project, "snapshots", volume.size());
        var snapshot = Json.object(
                "id",
                World.uuid(),
                "created_at",
                world.nowInMicros(),
                "updated_at",
                null,
                "name",
                wish.path("name").isMissingNode() ? null : wish.path("name"),
                "description",
                wish.path("description").isMissingNode() ? null : wish.path("description"),
                "volume_id",
                id,
                "status",
                "creating",
                "size",
                volume.size(),
                "metadata",
                wish.path("metadata").isObject() ? wish.path("metadata").deepCopy() : Json.object(),
                PROJECT,
                project,
                "os-extended-snapshot-attributes:progress",
                "0%");
        shelf.add(Json.text(snapshot, "id"), snapshot);
        world.after(time, () -> {
            status(snapshot, "available");
            snapshot.put("os-extended-snapshot-attributes:progress", "100%");
        });
        return Answer.of(202, Json.object("snapshot", snapshot.deepCopy()));
    }

    private void status(ObjectNode snapshot, String status) {
        snapshot.put("status", status);
        snapshot.put("updated_at", world.nowInMicros());
    }

    ObjectNode find(Caller caller, String id) {
        return shelf.find(id)
                .filter(snapshot -> caller.owns(Json.text(snapshot, PROJECT)))
                .orElseThrow(() -> new Refusal(404, "Snapshot " + id + " could not be found."));
    }

    private ObjectNode find(Request request) {
        return find(request.caller(), request.variable("id"));
    }

    private Answer rename(Request request) {
        var snapshot = find(request);
        var changes = request.json().path("snapshot");
        for (var field : List.of("name", "description")) {
            if (changes.has(field)) {
                snapshot.set(field, changes.get(field));
            }
        }
        return Answer.ok(Json.object("snapshot", snapshot.deepCopy()));
    }

    private Answer delete(Request request) {
        var snapshot = find(request);
        if (!List.of("available", "error").contains(Json.text(snapshot, "status"))) {
            throw new Refusal(400, "Invalid snapshot: Snapshot status must be available or error.");
        }
        status(snapshot, "deleting");
        world.after(time, () -> shelf.remove(Json.text(snapshot, "id")));
        return Answer.empty(202);
    }
}
