package io.orrery.sandbox.openstack.glance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.http.Upload;
import io.orrery.sandbox.openstack.model.Json;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** An image: its record as it is shown, and its data once there are any. */
public final class Image {
    private final ObjectNode record;
    private Path data;

    Image(ObjectNode record) {
        this.record = record;
    }

    public String id() {
        return Json.text(record, "id");
    }

    public String name() {
        return Json.text(record, "name");
    }

    public boolean isActive() {
        return Json.text(record, "status").equals("active");
    }

    /** Its owner has put it out of use for now. */
    boolean isDeactivated() {
        return Json.text(record, "status").equals("deactivated");
    }

    /** GiB of disk that a server needs to boot this. */
    public int minDisk() {
        return record.path("min_disk").asInt();
    }

    /** MiB of memory that a server needs to boot this. */
    public int minRam() {
        return record.path("min_ram").asInt();
    }

    /** All that is text, the user's own properties and the service's. */
    public Map<String, String> properties() {
        return record.properties().stream()
                .filter(field -> field.getValue().isTextual())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, field -> field.getValue().asText()));
    }

    ObjectNode record() {
        return record;
    }

    Optional<Path> data() {
        return Optional.ofNullable(data);
    }

    boolean visibleTo(String project, boolean admin) {
        return admin
                || Json.text(record, "owner").equals(project)
                || java.util.Set.of("public", "community").contains(Json.text(record, "visibility"));
    }

    void fill(Upload upload) {
        data = upload.file();
        record.put("size", upload.size());
        record.put("checksum", upload.md5());
        record.put("os_hash_algo", "sha512");
        record.put("os_hash_value", upload.sha512());
        record.put("status", "active");
    }
}
