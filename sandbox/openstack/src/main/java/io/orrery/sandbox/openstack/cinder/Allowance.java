package io.orrery.sandbox.openstack.cinder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.model.Json;
import io.orrery.sandbox.openstack.model.Shelf;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Quotas of the block storage service. Snapshots count as gigabytes too. */
final class Allowance {
    /** There is one type, so what counts for it counts for all. */
    private static final String OF_TYPE = "_" + Volume.TYPE;

    private final Map<String, Integer> limits;
    private final Shelf<Volume> volumes;
    private final Shelf<ObjectNode> snapshots;

    Allowance(Map<String, Integer> limits, Shelf<Volume> volumes, Shelf<ObjectNode> snapshots) {
        this.limits = limits;
        this.volumes = volumes;
        this.snapshots = snapshots;
    }

    /** Refuses one more of a kind, or of its size in GiB, when it would go over a limit. */
    void check(String project, String kind, int size) {
        int perVolume = limit("per_volume_gigabytes");
        if (perVolume >= 0 && size > perVolume) {
            throw new Refusal(
                    413,
                    "VolumeSizeExceedsLimit: Requested volume size %d is larger than maximum allowed limit %d."
                            .formatted(size, perVolume));
        }
        for (var quota : List.of("gigabytes", "gigabytes" + OF_TYPE)) {
            int used = used(project, quota);
            int most = limit(quota);
            if (most >= 0 && used + size > most) {
                throw new Refusal(
                        413,
                        "VolumeSizeExceedsAvailableQuota: Requested volume or snapshot exceeds allowed %s quota. Requested %dG, quota is %dG and %dG has been consumed."
                                .formatted(quota, size, most, used));
            }
        }
        for (var quota : List.of(kind, kind + OF_TYPE)) {
            int count = limit(quota);
            if (count >= 0 && used(project, quota) + 1 > count) {
                throw new Refusal(
                        413,
                        "%sLimitExceeded: Maximum number of %s allowed (%d) exceeded for quota '%s'."
                                .formatted(kind.equals("volumes") ? "Volume" : "Snapshot", kind, count, quota));
            }
        }
    }

    /** For whomever the administrator changes it: one set of limits serves all projects. */
    void change(JsonNode quotas) {
        quotas.properties()
                .forEach(quota -> limits.put(quota.getKey(), quota.getValue().asInt()));
    }

    private int limit(String name) {
        return limits.getOrDefault(name, -1);
    }

    private int used(String project, String name) {
        var mine = volumes.all().stream()
                .filter(volume -> volume.project().equals(project))
                .toList();
        var shots = snapshots.all().stream()
                .filter(snapshot -> Json.text(snapshot, Snapshots.PROJECT).equals(project))
                .toList();
        return switch (name.replace(OF_TYPE, "")) {
            case "volumes" -> mine.size();
            case "snapshots" -> shots.size();
            case "gigabytes" ->
                mine.stream().mapToInt(Volume::size).sum()
                        + shots.stream()
                                .mapToInt(snapshot -> snapshot.path("size").asInt())
                                .sum();
            default -> 0;
        };
    }

    ObjectNode quotaSet(String project, boolean usage) {
        IntFunction<JsonNode> plain = Json::node;
        var set = Json.object("id", project);
        limits.forEach((name, limit) -> set.set(
                name,
                usage
                        ? Json.object("limit", limit, "in_use", used(project, name), "reserved", 0)
                        : plain.apply(limit)));
        return Json.object("quota_set", set);
    }

    ObjectNode absoluteLimits(String project) {
        var absolute = Json.object(
                "maxTotalVolumes", limit("volumes"),
                "maxTotalSnapshots", limit("snapshots"),
                "maxTotalVolumeGigabytes", limit("gigabytes"),
                "maxTotalBackups", limit("backups"),
                "maxTotalBackupGigabytes", limit("backup_gigabytes"),
                "totalVolumesUsed", used(project, "volumes"),
                "totalGigabytesUsed", used(project, "gigabytes"),
                "totalSnapshotsUsed", used(project, "snapshots"),
                "totalBackupsUsed", 0,
                "totalBackupGigabytesUsed", 0);
        return Json.object("limits", Json.object("rate", List.of(), "absolute", absolute));
    }
}
