package io.orrery.sandbox.openstack.glance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.http.Answer;
import io.orrery.sandbox.openstack.http.Page;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.http.Request;
import io.orrery.sandbox.openstack.http.Routes;
import io.orrery.sandbox.openstack.http.Service;
import io.orrery.sandbox.openstack.http.Upload;
import io.orrery.sandbox.openstack.model.Caller;
import io.orrery.sandbox.openstack.model.Json;
import io.orrery.sandbox.openstack.model.Shelf;
import io.orrery.sandbox.openstack.model.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The image service. */
public final class Glance implements Service {
    private static final String JSON_PATCH = "application/openstack-images-v2.1-json-patch";
    /** Glance's own limit for a page. */
    private static final int MOST = 1000;
    /** Glance's page where no limit is asked for. */
    private static final int USUAL = 25;

    private final World world;
    private final Path folder;
    private final Shelf<Image> images;
    private final ImageList list;
    private final Routes routes = new Routes();

    public Glance(World world, Path folder) {
        this.world = world;
        this.folder = folder;
        this.images = world.shelf("image", Image::name);
        this.list = new ImageList();
        routes.open("GET", "/", Glance::versions)
                .open("GET", "/versions", Glance::versions)
                .on("GET", "/v2/images", this::list)
                .on("POST", "/v2/images", this::create)
                .on("GET", "/v2/images/{id}", request -> Answer.ok(view(find(request))))
                .on("PATCH", "/v2/images/{id}", this::patch)
                .on("DELETE", "/v2/images/{id}", this::delete)
                .on("PUT", "/v2/images/{id}/file", this::upload)
                .on("GET", "/v2/images/{id}/file", this::download)
                .on("POST", "/v2/images/{id}/actions/deactivate", request -> switchTo("deactivate", request))
                .on("POST", "/v2/images/{id}/actions/reactivate", request -> switchTo("reactivate", request))
                .on("PUT", "/v2/images/{id}/tags/{tag}", this::addTag)
                .on("DELETE", "/v2/images/{id}/tags/{tag}", this::removeTag)
                .on("GET", "/v2/info/import", request -> Answer.ok(importMethods()))
                .on("GET", "/v2/info/stores", request -> Answer.ok(stores()));
        routes.unsupported(
                "/v2/images/{id}/import",
                "/v2/images/{id}/stage",
                "/v2/images/{id}/members/**",
                "/v2/images/{id}/locations/**",
                "/v2/schemas/**",
                "/v2/tasks/**",
                "/v2/metadefs/**",
                "/v2/cache/**");
        makeUbuntu();
    }

    private void makeUbuntu() {
        var cloud = new Caller("admin", "admin", "cloud", "cloud", java.util.Set.of("admin"));
        var ubuntu = make(
                cloud,
                Json.object(
                        "name", "Ubuntu 22.04 LTS",
                        "disk_format", "raw",
                        "container_format", "bare",
                        "visibility", "public",
                        "os_distro", "ubuntu",
                        "os_version", "22.04"));
        ubuntu.fill(write("An image of the emulated cloud: nothing boots from it but the sandbox's own firmware.\n"));
    }

    private Upload write(String text) {
        try {
            var file = folder.resolve(World.uuid());
            Files.writeString(file, text, StandardCharsets.UTF_8);
            return Upload.of(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public String type() {
        return "image";
    }

    @Override
    public String prefix() {
        return "/image";
    }

    @Override
    public Routes routes() {
        return routes;
    }

    /** An image that this caller may use. */
    public Optional<Image> find(Caller caller, String id) {
        return images.find(id).filter(image -> image.visibleTo(caller.projectId(), caller.admin()));
    }

    /** A new image that another service will fill. */
    public Image begin(Caller caller, ObjectNode fields) {
        var image = make(caller, fields);
        image.record().put("status", "saving");
        return image;
    }

    /** Ends what {@link #begin} began, unless the image was deleted meanwhile. */
    public void finish(Image image, String content) {
        if (images.find(image.id()).isPresent()) {
            image.fill(write(content));
            touch(image);
        }
    }

    private Image find(Request request) {
        var id = request.variable("id");
        return find(request.caller(), id).orElseThrow(() -> new Refusal(404, "No image found with ID " + id));
    }

    private Image own(Request request) {
        var image = find(request);
        if (!request.caller().owns(Json.text(image.record(), "owner"))) {
            throw new Refusal(403, "You do not own this image");
        }
        return image;
    }

    private Answer list(Request request) {
        var matching = list.select(
                images.all().stream()
                        .filter(image -> image.visibleTo(
                                request.caller().projectId(), request.caller().admin()))
                        .map(Image::record)
                        .toList(),
                request.query(),
                request.caller());
        request.query().first("limit").filter(limit -> limit.startsWith("-")).ifPresent(negative -> {
            throw new Refusal(400, "limit param must be positive");
        });
        var most = request.query().first("limit").isPresent() ? MOST : USUAL;
        var page = Page.of(
                matching,
                request.query(),
                most,
                image -> Json.text(image, "id"),
                marker -> new Refusal(400, "No image found with ID " + marker));
        var answer = Json.object(
                "images",
                page.items().stream()
                        .map(record -> images.find(Json.text(record, "id")).orElseThrow())
                        .map(image -> view(image))
                        .collect(Json.toArray()),
                "first",
                "/v2/images"
                        + request.query()
                                .without(List.of("marker"))
                                .transform(rest -> rest.isEmpty() ? "" : "?" + rest),
                "schema",
                "/v2/schemas/images");
        page.next().ifPresent(query -> answer.put("next", "/v2/images?" + query));
        return Answer.ok(answer);
    }

    private Answer create(Request request) {
        var wish = request.json();
        wish.properties()
                .forEach(field -> Properties.check(
                        field.getKey(), field.getValue(), request.caller().admin()));
        var id = Json.text(wish, "id");
        if (images.find(id).isPresent()) {
            throw new Refusal(409, "Image ID " + id + " already exists!");
        }
        var image = make(request.caller(), (ObjectNode) wish);
        return Answer.of(201, view(image))
                .with("Location", request.base() + "/v2/images/" + image.id())
                .with("OpenStack-image-import-methods", "");
    }

    private Image make(Caller caller, ObjectNode wish) {
        var record = Json.object(
                "name",
                null,
                "disk_format",
                null,
                "container_format",
                null,
                "visibility",
                "shared",
                "size",
                null,
                "virtual_size",
                null,
                "status",
                "queued",
                "checksum",
                null,
                "protected",
                false,
                "min_ram",
                0,
                "min_disk",
                0,
                "owner",
                caller.projectId(),
                "os_hidden",
                false,
                "os_hash_algo",
                null,
                "os_hash_value",
                null,
                "id",
                World.uuid(),
                "created_at",
                world.nowInSeconds(),
                "updated_at",
                world.nowInSeconds(),
                "tags",
                List.of());
        record.setAll(wish);
        var image = new Image(record);
        images.add(image.id(), image);
        return image;
    }

    private void touch(Image image) {
        image.record().put("updated_at", world.nowInSeconds());
    }

    private static ObjectNode view(Image image) {
        var self = "/v2/images/" + image.id();
        return image.record()
                .deepCopy()
                .put("self", self)
                .put("file", self + "/file")
                .put("schema", "/v2/schemas/image");
    }

    private Answer patch(Request request) {
        if (!request.header("Content-Type").orElse("").startsWith("application/openstack-images-v2")) {
            throw unsupportedType(request);
        }
        var image = own(request);
        var changed = image.record().deepCopy();
        for (var operation : request.json()) {
            var name = Json.text(operation, "path").replaceFirst("^/", "");
            var value = Properties.parse(operation.get("value"));
            switch (Json.text(operation, "op")) {
                case "add" -> set(changed, name, value, request);
                case "replace" -> {
                    requireProperty(changed, name);
                    set(changed, name, value, request);
                }
                case "remove" -> {
                    requireProperty(changed, name);
                    if (Properties.BASE.contains(name)) {
                        throw new Refusal(403, "Property " + name + " may not be removed.");
                    }
                    changed.remove(name);
                }
                default -> throw new Refusal(400, "Operations must be JSON objects.");
            }
        }
        image.record().removeAll();
        image.record().setAll(changed);
        touch(image);
        return Answer.ok(view(image));
    }

    private static void set(ObjectNode record, String name, JsonNode value, Request request) {
        Properties.check(name, value, request.caller().admin());
        record.set(name, value);
    }

    private static void requireProperty(ObjectNode record, String name) {
        if (!record.has(name) && !Properties.READ_ONLY.contains(name)) {
            throw new Refusal(
                    409,
                    "There was a conflict when trying to complete your request. Property " + name + " does not exist.");
        }
    }

    private Answer delete(Request request) {
        var id = request.variable("id");
        if (find(request.caller(), id).isEmpty()) {
            throw new Refusal(404, "Failed to find image " + id + " to delete");
        }
        var image = own(request);
        if (image.record().path("protected").asBoolean()) {
            throw new Refusal(403, "Image " + id + " is protected and cannot be deleted.");
        }
        image.data().ifPresent(file -> file.toFile().delete());
        images.remove(id);
        return Answer.empty(204);
    }

    private Answer upload(Request request) {
        var upload = request.upload().orElseThrow(() -> unsupportedType(request));
        var image = own(request);
        var status = Json.text(image.record(), "status");
        if (!status.equals("queued")) {
            throw new Refusal(409, "Image status transition from " + status + " to saving is not allowed");
        }
        if (!Json.has(image.record(), "disk_format") || !Json.has(image.record(), "container_format")) {
            throw new Refusal(400, "Properties disk_format, container_format must be set prior to saving data.");
        }
        image.fill(upload);
        touch(image);
        return Answer.empty(204);
    }

    private static Refusal unsupportedType(Request request) {
        return new Refusal(
                415,
                "The request media type " + request.header("Content-Type").orElse("None")
                        + " is not supported by this server. Expected application/octet-stream or " + JSON_PATCH);
    }

    private Answer download(Request request) {
        var image = find(request);
        if (image.isDeactivated()) {
            throw new Refusal(403, "The requested image has been deactivated. Image data download is forbidden.");
        }
        return image.data()
                .map(file -> Answer.file(file).with("Content-Md5", Json.text(image.record(), "checksum")))
                .orElseGet(() -> Answer.empty(204));
    }

    /** An image that is not active stays listed, but nothing can be made of it. */
    private Answer switchTo(String verb, Request request) {
        var image = own(request);
        if (!image.isActive() && !image.isDeactivated()) {
            throw new Refusal(
                    403, "Not allowed to " + verb + " image in status '" + Json.text(image.record(), "status") + "'");
        }
        image.record().put("status", verb.equals("deactivate") ? "deactivated" : "active");
        return Answer.empty(204);
    }

    private Answer addTag(Request request) {
        var image = own(request);
        var tags = new ArrayList<>(Json.texts(image.record().path("tags")));
        if (!tags.contains(request.variable("tag"))) {
            tags.add(request.variable("tag"));
        }
        image.record().set("tags", Json.array(tags));
        return Answer.empty(204);
    }

    private Answer removeTag(Request request) {
        var image = own(request);
        var tags = new ArrayList<>(Json.texts(image.record().path("tags")));
        if (!tags.remove(request.variable("tag"))) {
            throw new Refusal(404, "The resource could not be found.");
        }
        image.record().set("tags", Json.array(tags));
        return Answer.empty(204);
    }

    private static ObjectNode importMethods() {
        return Json.object(
                "import-methods",
                Json.object("description", "Import methods available.", "type", "array", "value", List.of()));
    }

    private static ObjectNode stores() {
        return Json.object("stores", List.of(Map.of("id", "files", "default", "true")));
    }

    private static Answer versions(Request request) {
        var links = List.of(Map.of("rel", "self", "href", request.base() + "/v2/"));
        var versions = IntStream.iterate(13, minor -> minor >= 0, minor -> minor - 1)
                .mapToObj(minor -> Json.object(
                        "id", "v2." + minor, "status", minor == 13 ? "CURRENT" : "SUPPORTED", "links", links))
                .toList();
        return Answer.of(300, Json.object("versions", Json.array(versions)));
    }

    @Override
    public Answer refused(Refusal refusal, String requestId) {
        var title =
                switch (refusal.status()) {
                    case 400 -> "Bad Request";
                    case 401 -> "Unauthorized";
                    case 403 -> "Forbidden";
                    case 404 -> "Not Found";
                    case 409 -> "Conflict";
                    case 413 -> "Request Entity Too Large";
                    case 415 -> "Unsupported Media Type";
                    case 429 -> "Too Many Requests";
                    case 501 -> "Not Implemented";
                    default -> "Internal Server Error";
                };
        return Answer.webob(refusal.status(), title, refusal.getMessage());
    }
}
