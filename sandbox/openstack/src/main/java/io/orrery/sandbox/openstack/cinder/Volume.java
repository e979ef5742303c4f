package io.orrery.sandbox.openstack.cinder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.model.Json;
import io.orrery.sandbox.openstack.model.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A volume. */
public final class Volume {
    public static final String TYPE = "__DEFAULT__";

    private final String id;
    private final String project;
    private final String user;
    private final String created;
    private final Optional<String> snapshot;
    private final Optional<String> source;
    private final Optional<ObjectNode> imageMetadata;
    private String updated;
    private String name;
    private String description;
    private String status = "creating";
    private int size;
    private boolean bootable;
    private final ObjectNode metadata;
    private Optional<Attachment> attachment = Optional.empty();

    /** Where a volume is plugged in. */
    record Attachment(String id, String server, String device, String at) {}

    /** What a volume is made from. */
    record Origin(Optional<String> snapshot, Optional<String> source, Optional<ObjectNode> imageMetadata) {}

    Volume(
            String project,
            String user,
            String name,
            String description,
            int size,
            ObjectNode metadata,
            Origin origin,
            World world) {
        this.id = World.uuid();
        this.project = project;
        this.user = user;
        this.name = name;
        this.description = description;
        this.size = size;
        this.metadata = metadata;
        this.snapshot = origin.snapshot();
        this.source = origin.source();
        this.imageMetadata = origin.imageMetadata();
        this.bootable = origin.imageMetadata().isPresent();
        this.created = world.nowInMicros();
    }

    public String id() {
        return id;
    }

    public String name() {
        return name == null ? "" : name;
    }

    public String status() {
        return status;
    }

    /** In GiB. */
    public int size() {
        return size;
    }

    public boolean bootable() {
        return bootable;
    }

    /** The server that it is attached to. */
    public Optional<String> server() {
        return attachment.map(Attachment::server);
    }

    String project() {
        return project;
    }

    ObjectNode metadata() {
        return metadata;
    }

    void status(String now, World world) {
        status = now;
        updated = world.nowInMicros();
    }

    void rename(ObjectNode changes, World world) {
        name = changes.has("name") ? changes.path("name").asText() : name;
        description = changes.has("description") ? changes.path("description").asText() : description;
        updated = world.nowInMicros();
    }

    void extend(int to) {
        size = to;
    }

    void bootable(boolean now) {
        bootable = now;
    }

    void attach(Attachment to) {
        attachment = Optional.of(to);
    }

    void detach() {
        attachment = Optional.empty();
    }

    ObjectNode brief(String base) {
        return Json.object("id", id, "name", name, "links", links(base));
    }

    ObjectNode view(String base) {
        var attachments = attachment.stream()
                .map(plug -> Json.object(
                        "id", id,
                        "attachment_id", plug.id(),
                        "volume_id", id,
                        "server_id", plug.server(),
                        "host_name", null,
                        "device", plug.device(),
                        "attached_at", plug.at()))
                .collect(Json.toArray());
        var view = Json.object(
                "id", id,
                "status", status,
                "size", size,
                "availability_zone", "nova",
                "created_at", created,
                "updated_at", updated,
                "name", name,
                "description", description,
                "volume_type", TYPE,
                "snapshot_id", snapshot.orElse(null),
                "source_volid", source.orElse(null),
                "metadata", metadata,
                "links", links(base),
                "user_id", user,
                "bootable", Boolean.toString(bootable),
                "encrypted", false,
                "replication_status", null,
                "consistencygroup_id", null,
                "multiattach", false,
                "attachments", attachments,
                "os-vol-tenant-attr:tenant_id", project);
        imageMetadata.ifPresent(image -> view.set("volume_image_metadata", image));
        return view;
    }

    private Object links(String base) {
        return List.of(
                Map.of("rel", "self", "href", base + "/v3/" + project + "/volumes/" + id),
                Map.of("rel", "bookmark", "href", base + "/" + project + "/volumes/" + id));
    }
}
