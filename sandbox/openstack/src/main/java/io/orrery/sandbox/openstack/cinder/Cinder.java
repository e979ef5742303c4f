package io.orrery.sandbox.openstack.cinder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.glance.Glance;
import io.orrery.sandbox.openstack.http.Answer;
import io.orrery.sandbox.openstack.http.Microversion;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.http.Request;
import io.orrery.sandbox.openstack.http.Routes;
import io.orrery.sandbox.openstack.http.Service;
import io.orrery.sandbox.openstack.model.Caller;
import io.orrery.sandbox.openstack.model.Json;
import io.orrery.sandbox.openstack.model.Shelf;
import io.orrery.sandbox.openstack.model.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The block storage service. */
public final class Cinder implements Service {
    private static final String PATH = "/v3/{project}/volumes";
    private static final Microversion LEAST = new Microversion(3, 0);
    private static final Microversion MOST = new Microversion(3, 70);
    private static final Set<String> DELETABLE = Set.of("available", "error", "error_restoring", "error_extending");

    private final World world;
    private final Duration time;
    private final Glance glance;
    private final Shelf<Volume> volumes;
    private final Snapshots snapshots;
    private final Allowance allowance;
    private final Routes routes = new Routes();

    /**
     * @param time how long a volume is creating or deleting
     */
    public Cinder(World world, Duration time, Map<String, Integer> quota, Glance glance) {
        this.world = world;
        this.time = time;
        this.glance = glance;
        this.volumes = world.shelf("volume", Volume::name);
        Shelf<ObjectNode> shots = world.shelf("snapshot", snapshot -> Json.text(snapshot, "name"));
        this.allowance = new Allowance(quota, volumes, shots);
        this.snapshots = new Snapshots(world, time, shots, volumes, allowance);
        routes.open("GET", "/", Cinder::versions)
                .open("GET", "/v3", Cinder::versions)
                .on("GET", PATH, request -> list(request, false))
                .on("GET", PATH + "/detail", request -> list(request, true))
                .on("POST", PATH, this::create)
                .on("GET", PATH + "/{id}", request -> show(request))
                .on("PUT", PATH + "/{id}", this::rename)
                .on("DELETE", PATH + "/{id}", this::delete)
                .on("POST", PATH + "/{id}/action", this::act)
                .on("GET", PATH + "/{id}/metadata", request -> metadata(find(request)))
                .on("POST", PATH + "/{id}/metadata", request -> putMetadata(request, false))
                .on("PUT", PATH + "/{id}/metadata", request -> putMetadata(request, true))
                .on("DELETE", PATH + "/{id}/metadata/{key}", this::deleteMetadata);
        snapshots.routes(routes);
        routes.on(
                        "GET",
                        "/v3/{project}/types",
                        request -> Answer.ok(Json.object("volume_types", List.of(defaultType()))))
                .on("GET", "/v3/{project}/types/{id}", Cinder::showType)
                .on(
                        "GET",
                        "/v3/{project}/limits",
                        request -> Answer.ok(
                                allowance.absoluteLimits(request.caller().projectId())))
                .on(
                        "GET",
                        "/v3/{project}/os-quota-sets/{id}",
                        request -> Answer.ok(allowance.quotaSet(
                                request.variable("id"), request.query().yes("usage"))))
                .on("PUT", "/v3/{project}/os-quota-sets/{id}", this::changeQuota)
                .on("GET", "/v3/{project}/os-availability-zone", request -> Answer.ok(zones()))
                .on("GET", "/v3/{project}/os-services", request -> {
                    throw policy("volume_extension:services:index");
                });
        routes.unsupported(
                "/v3/{project}/backups/**",
                "/v3/{project}/attachments/**",
                "/v3/{project}/groups/**",
                "/v3/{project}/os-volume-transfer/**",
                "/v3/{project}/scheduler-stats/**",
                "/v3/{project}/qos-specs/**",
                "/v3/{project}/extensions/**",
                "/v3/{project}/os-quota-sets/**");
    }

    @Override
    public String type() {
        return "volumev3";
    }

    @Override
    public String prefix() {
        return "/volume";
    }

    @Override
    public Routes routes() {
        return routes;
    }

    /** A volume that this caller may use. */
    public Optional<Volume> find(Caller caller, String id) {
        return volumes.find(id).filter(volume -> caller.owns(volume.project()));
    }

    /** Plugs an available volume into a server; the answer is the attachment's id. */
    public String attach(Volume volume, String server, String device) {
        var id = World.uuid();
        volume.attach(new Volume.Attachment(id, server, device, world.nowInMicros()));
        volume.status("in-use", world);
        return id;
    }

    /** Takes a volume out of its server. */
    public void detach(Volume volume) {
        volume.detach();
        volume.status("available", world);
    }

    /** Deletes a volume that lived as long as its server. */
    public void deleteWithServer(Volume volume) {
        volume.detach();
        remove(volume);
    }

    /** A volume from an image, as Nova orders it for a server that boots from it. */
    public Volume create(Caller caller, String name, int size, Optional<String> image) {
        var wish = Json.object("name", name, "size", size);
        image.ifPresent(id -> wish.put("imageRef", id));
        return make(caller, wish);
    }

    private Answer list(Request request, boolean detail) {
        var mine = volumes.all().stream()
                .filter(volume -> request.caller().owns(volume.project()))
                .map(volume -> volume.view(request.base()))
                .toList();
        return Lists.answer(
                request,
                "volumes",
                mine,
                view -> detail
                        ? view
                        : volumes.find(Json.text(view, "id")).orElseThrow().brief(request.base()),
                "Volume");
    }

    private Answer create(Request request) {
        var wish = request.json().path("volume");
        if (!wish.isObject()) {
            throw malformed();
        }
        var view = make(request.caller(), wish).view(request.base());
        view.remove("os-vol-tenant-attr:tenant_id");
        return Answer.of(202, Json.object("volume", view));
    }

    private Volume make(Caller caller, JsonNode wish) {
        var origin = origin(caller, wish);
        int size = size(wish, origin);
        if (Json.has(wish, "volume_type") && !List.of(Volume.TYPE, typeId()).contains(Json.text(wish, "volume_type"))) {
            throw new Refusal(404, "Volume type with name " + Json.text(wish, "volume_type") + " could not be found.");
        }
        if (Json.has(wish, "availability_zone")
                && !Json.text(wish, "availability_zone").equals("nova")) {
            throw new Refusal(400, "Availability zone '" + Json.text(wish, "availability_zone") + "' is invalid.");
        }
        var metadata = wish.path("metadata").isObject()
                ? (ObjectNode) wish.path("metadata").deepCopy()
                : Json.object();
        requireTexts(metadata);
        allowance.check(caller.projectId(), "volumes", size);
        var volume = new Volume(
                caller.projectId(),
                caller.userId(),
                Json.has(wish, "name") ? Json.text(wish, "name") : null,
                Json.has(wish, "description") ? Json.text(wish, "description") : null,
                size,
                metadata,
                origin,
                world);
        volumes.add(volume.id(), volume);
        world.after(time, () -> {
            if (volume.status().equals("creating")) {
                volume.status("available", world);
            }
        });
        return volume;
    }

    private Volume.Origin origin(Caller caller, JsonNode wish) {
        var image = Optional.of(Json.text(wish, "imageRef"))
                .filter(id -> !id.isEmpty())
                .map(id -> glance.find(caller, id)
                        .orElseThrow(() ->
                                new Refusal(400, "Invalid image identifier or unable to access requested image.")));
        var snapshot = Optional.of(Json.text(wish, "snapshot_id")).filter(id -> !id.isEmpty());
        snapshot.ifPresent(id -> snapshots.find(caller, id));
        var source = Optional.of(Json.text(wish, "source_volid")).filter(id -> !id.isEmpty());
        source.filter(id -> find(caller, id).isEmpty()).ifPresent(id -> {
            throw missing(id);
        });
        return new Volume.Origin(
                snapshot, source, image.map(found -> Json.object("image_id", found.id(), "image_name", found.name())));
    }

    private int size(JsonNode wish, Volume.Origin origin) {
        var size = wish.path("size");
        if (size.isMissingNode() || size.isNull()) {
            return origin.source().flatMap(volumes::find).map(Volume::size).orElseThrow(Cinder::malformed);
        }
        if (!size.asText().matches("\\d{1,9}")) {
            throw new Refusal(
                    400,
                    "Invalid input for field/attribute size. Value: %s. '%s' does not match '^[0-9]+$'"
                            .formatted(size.asText(), size.asText()));
        }
        if (size.asInt() < 1) {
            throw new Refusal(
                    400,
                    "Invalid input for field/attribute size. Value: %s. %s is less than the minimum of 1"
                            .formatted(size.asText(), size.asText()));
        }
        return size.asInt();
    }

    private static void requireTexts(ObjectNode metadata) {
        metadata.properties().forEach(pair -> {
            if (!pair.getValue().isTextual()) {
                throw new Refusal(
                        400,
                        "Invalid input for field/attribute %s. Value: %s. %s is not of type 'string'"
                                .formatted(pair.getKey(), pair.getValue(), pair.getValue()));
            }
        });
    }

    private Volume find(Request request) {
        var id = request.variable("id");
        return find(request.caller(), id).orElseThrow(() -> missing(id));
    }

    private static Refusal missing(String id) {
        return new Refusal(404, "Volume " + id + " could not be found.");
    }

    private static Refusal malformed() {
        return new Refusal(
                400,
                "The server could not comply with the request since it is either malformed or otherwise incorrect.");
    }

    private Answer show(Request request) {
        return Answer.ok(Json.object("volume", find(request).view(request.base())));
    }

    private Answer rename(Request request) {
        var volume = find(request);
        if (!(request.json().path("volume") instanceof ObjectNode changes)) {
            throw malformed();
        }
        volume.rename(changes, world);
        return Answer.ok(Json.object("volume", volume.view(request.base())));
    }

    private Answer delete(Request request) {
        var volume = find(request);
        if (!DELETABLE.contains(volume.status()) || snapshots.existFor(volume)) {
            throw new Refusal(
                    400,
                    "Invalid volume: Volume status must be available or error or error_restoring or error_extending or error_managing and must not be migrating, attached, belong to a group, have snapshots, awaiting a transfer, or be disassociated from snapshots after volume transfer.");
        }
        remove(volume);
        return Answer.empty(202);
    }

    private void remove(Volume volume) {
        volume.status("deleting", world);
        world.after(time, () -> volumes.remove(volume.id()));
    }

    private Answer act(Request request) {
        var volume = find(request);
        var action = request.json();
        var name = action.fieldNames().hasNext() ? action.fieldNames().next() : "";
        switch (name) {
            case "os-extend" ->
                extend(request, volume, action.path(name).path("new_size").asInt());
            case "os-set_bootable" ->
                volume.bootable(action.path(name).path("bootable").asBoolean());
            case "os-detach" -> detach(volume);
            case "os-reset_status" -> {
                if (!request.caller().admin()) {
                    throw policy("volume_extension:volume_admin_actions:reset_status");
                }
                volume.status(Json.text(action.path(name), "status"), world);
            }
            case "os-volume_upload_image",
                    "os-attach",
                    "os-retype",
                    "os-force_delete",
                    "os-migrate_volume",
                    "os-update_readonly_flag",
                    "os-begin_detaching",
                    "os-reserve",
                    "os-unreserve" -> throw Refusal.unsupported("the volume action " + name);
            default ->
                throw new Refusal(
                        400,
                        "There is no such action: " + name
                                + ". Verify the request body and Content-Type header and try again.");
        }
        return Answer.empty(202);
    }

    private void extend(Request request, Volume volume, int to) {
        if (!volume.status().equals("available")) {
            throw new Refusal(
                    400,
                    "Invalid volume: Volume %s status must be '{'available'}' to extend, currently %s."
                            .formatted(volume.id(), volume.status()));
        }
        if (to <= volume.size()) {
            throw new Refusal(
                    400,
                    "Invalid input received: New size for extend must be greater than current size. (current: %d, extended: %d)."
                            .formatted(volume.size(), to));
        }
        allowance.check(request.caller().projectId(), "extension", to - volume.size());
        volume.status("extending", world);
        world.after(time, () -> {
            volume.extend(to);
            volume.status("available", world);
        });
    }

    private static Answer metadata(Volume volume) {
        return Answer.ok(Json.object("metadata", volume.metadata().deepCopy()));
    }

    private Answer putMetadata(Request request, boolean whole) {
        var volume = find(request);
        if (!(request.json().path("metadata") instanceof ObjectNode given)) {
            throw malformed();
        }
        requireTexts(given);
        if (whole) {
            volume.metadata().removeAll();
        }
        volume.metadata().setAll(given);
        return metadata(volume);
    }

    private Answer deleteMetadata(Request request) {
        var volume = find(request);
        var key = request.variable("key");
        if (!volume.metadata().has(key)) {
            throw new Refusal(404, "Volume %s has no metadata with key %s.".formatted(volume.id(), key));
        }
        volume.metadata().remove(key);
        return Answer.empty(200);
    }

    private static String typeId() {
        return "8ba1f8a2-0000-4000-8000-000000000001";
    }

    private static ObjectNode defaultType() {
        return Json.object(
                "id",
                typeId(),
                "name",
                Volume.TYPE,
                "is_public",
                true,
                "description",
                "Default Volume Type",
                "extra_specs",
                Map.of(),
                "os-volume-type-access:is_public",
                true);
    }

    private static Answer showType(Request request) {
        var id = request.variable("id");
        if (!List.of("default", typeId()).contains(id)) {
            throw new Refusal(404, "Volume type " + id + " could not be found.");
        }
        return Answer.ok(Json.object("volume_type", defaultType()));
    }

    private Answer changeQuota(Request request) {
        if (!request.caller().admin()) {
            throw policy("volume_extension:quotas:update");
        }
        allowance.change(request.json().path("quota_set"));
        return Answer.ok(allowance.quotaSet(request.variable("id"), false));
    }

    private static ObjectNode zones() {
        return Json.object(
                "availabilityZoneInfo", List.of(Map.of("zoneName", "nova", "zoneState", Map.of("available", true))));
    }

    private static Refusal policy(String rule) {
        return new Refusal(403, "Policy doesn't allow " + rule + " to be performed.");
    }

    private static Answer versions(Request request) {
        var version = Json.object(
                "id", "v3.0",
                "status", "CURRENT",
                "version", MOST.toString(),
                "min_version", LEAST.toString(),
                "updated", "2022-08-31T00:00:00Z",
                "links", List.of(Map.of("rel", "self", "href", request.base() + "/v3/")),
                "media-types",
                        List.of(Map.of(
                                "base", "application/json",
                                "type", "application/vnd.openstack.volume+json;version=3")));
        boolean root = !request.path().startsWith("/v3");
        return Answer.of(root ? 300 : 200, Json.object("versions", List.of(version)));
    }

    @Override
    public Answer refused(Refusal refusal, String requestId) {
        var fault =
                switch (refusal.status()) {
                    case 400 -> "badRequest";
                    case 401 -> "error";
                    case 403 -> "forbidden";
                    case 404 -> "itemNotFound";
                    case 409 -> "conflictingRequest";
                    case 413, 429 -> "overLimit";
                    default -> "computeFault";
                };
        var body = Json.object("code", refusal.status(), "message", refusal.getMessage());
        if (refusal.status() == 401) {
            body.put("title", "Unauthorized");
        }
        if (fault.equals("overLimit")) {
            body.put("retryAfter", "0");
        }
        var answer = Answer.of(refusal.status(), Json.object(fault, body));
        return fault.equals("overLimit") ? answer.with("Retry-After", "0") : answer;
    }

    @Override
    public Answer seal(Request request, Answer answer) {
        return Service.super
                .seal(request, answer)
                .with("X-Compute-Request-Id", request.id())
                .with("OpenStack-API-Version", "volume " + version(request))
                .with("Vary", "OpenStack-API-Version");
    }

    private static Microversion version(Request request) {
        try {
            return Microversion.asked(request, "volume", "-", LEAST, MOST);
        } catch (Refusal unsupported) {
            return LEAST;
        }
    }

    @Override
    public void check(Request request) {
        Microversion.asked(request, "volume", "-", LEAST, MOST);
    }
}
