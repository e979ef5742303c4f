package io.orrery.sandbox.openstack.nova;

import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.sandbox.openstack.cinder.Cinder;
import io.orrery.sandbox.openstack.cinder.Volume;
import io.orrery.sandbox.openstack.glance.Glance;
import io.orrery.sandbox.openstack.glance.Image;
import io.orrery.sandbox.openstack.http.Microversion;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.http.Request;
import io.orrery.sandbox.openstack.model.Caller;
import io.orrery.sandbox.openstack.model.Json;
import io.orrery.sandbox.openstack.nova.ServerWish.Disk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the body of a request for a server, and refuses it in Nova's words and in Nova's order. */
final class ServerForm {
    private final Flavors flavors;
    private final Keypairs keypairs;
    private final ServerGroups groups;
    private final Glance glance;
    private final Cinder cinder;
    private final NetworkForm networks;
    private final Map<String, Integer> limits;

    ServerForm(
            Flavors flavors,
            Keypairs keypairs,
            ServerGroups groups,
            Glance glance,
            Cinder cinder,
            NetworkForm networks,
            Map<String, Integer> limits) {
        this.flavors = flavors;
        this.keypairs = keypairs;
        this.groups = groups;
        this.glance = glance;
        this.cinder = cinder;
        this.networks = networks;
        this.limits = limits;
    }

    ServerWish read(Request request) {
        var body = request.json();
        var server = body.path("server");
        var version = Nova.version(request);
        ServerSchema.check(body, version);
        var caller = request.caller();
        var flavorId = Json.text(server, "flavorRef");
        var flavor = flavors.find(flavorId.substring(flavorId.lastIndexOf('/') + 1))
                .orElseThrow(() -> bad("Flavor " + flavorId + " could not be found."));
        var disks = disks(caller, server, version);
        var image = image(caller, server);
        image.ifPresent(found -> checkFits(found, flavor));
        var key = Optional.of(Json.text(server, "key_name")).filter(name -> !name.isEmpty());
        key.filter(name -> !keypairs.has(caller, name)).ifPresent(unknown -> {
            throw bad("Invalid key_name provided.");
        });
        var cards = networks.read(caller, server.path("networks"), version);
        networks.checkRoom(caller, cards, counts(server)[0]);
        return new ServerWish(
                caller,
                Json.text(server, "name"),
                server.has("description") ? Json.text(server, "description") : Json.text(server, "name"),
                flavor,
                image,
                cards,
                securityGroups(caller, server),
                disks,
                metadata(server),
                Json.texts(server.path("tags")),
                UserData.decode(Json.text(server, "user_data")),
                server.path("config_drive").asBoolean(false),
                zone(server),
                key,
                group(caller, body),
                request.id());
    }

    private Optional<Image> image(Caller caller, JsonNode server) {
        var id = Json.text(server, "imageRef");
        if (id.isEmpty()) {
            boolean fromVolume = Json.elements(server.path("block_device_mapping_v2")).stream()
                    .anyMatch(mapping -> mapping.path("boot_index").asText("").equals("0"));
            if (!fromVolume) {
                throw bad("Missing imageRef attribute");
            }
            return Optional.empty();
        }
        if (!ServerSchema.isUuid(id)) {
            throw bad(
                    "Invalid input for field/attribute imageRef. Value: %s. '%s' is not valid under any of the given schemas"
                            .formatted(id, id));
        }
        var image = glance.find(caller, id).orElseThrow(() -> bad("Can not find requested image"));
        if (!image.isActive()) {
            throw bad("Image " + id + " is not active.");
        }
        return Optional.of(image);
    }

    private static void checkFits(Image image, Flavor flavor) {
        if (image.minRam() > flavor.ram()) {
            throw bad("Flavor's memory is too small for requested image.");
        }
        if (image.minDisk() > flavor.disk()) {
            throw bad(
                    "Flavor's disk is smaller than the minimum size specified in image metadata. Flavor disk is %d bytes, minimum size is %d bytes."
                            .formatted((long) flavor.disk() << 30, (long) image.minDisk() << 30));
        }
    }

    private List<Disk> disks(Caller caller, JsonNode server, Microversion version) {
        var disks = new ArrayList<Disk>();
        for (var mapping : server.path("block_device_mapping_v2")) {
            checkType(mapping, version);
            var source = Json.text(mapping, "source_type");
            var destination = Json.text(mapping, "destination_type");
            boolean delete = mapping.path("delete_on_termination").asBoolean(false);
            var uuid = Json.text(mapping, "uuid");
            switch (source + " to " + destination) {
                case "image to local", "image to " -> {}
                case "volume to volume", "volume to " -> {
                    var volume = cinder.find(caller, uuid)
                            .orElseThrow(
                                    () -> bad("Block Device Mapping is Invalid: failed to get volume " + uuid + "."));
                    if (!volume.status().equals("available")) {
                        throw bad("Invalid volume: status must be 'available' or 'reserved'.");
                    }
                    disks.add(new Disk.Existing(uuid, delete));
                }
                case "image to volume" -> {
                    if (glance.find(caller, uuid).isEmpty()) {
                        throw bad("Block Device Mapping is Invalid: failed to get image " + uuid + ".");
                    }
                    disks.add(new Disk.Fresh(volumeSize(mapping), Optional.of(uuid), delete));
                }
                case "blank to volume" -> disks.add(new Disk.Fresh(volumeSize(mapping), Optional.empty(), delete));
                default -> throw Refusal.unsupported("a block device from " + source + " to " + destination);
            }
        }
        return disks;
    }

    /** There is one type, see Cinder. */
    private static void checkType(JsonNode mapping, Microversion version) {
        if (!mapping.has("volume_type")) {
            return;
        }
        if (!version.since(67)) {
            throw bad(
                    "Invalid input for field/attribute 0. Additional properties are not allowed ('volume_type' was unexpected)");
        }
        if (!Json.text(mapping, "volume_type").equals(Volume.TYPE)) {
            throw bad("Volume type " + Json.text(mapping, "volume_type") + " could not be found.");
        }
    }

    private static int volumeSize(JsonNode mapping) {
        int size = mapping.path("volume_size").asInt(0);
        if (size < 1) {
            throw bad(
                    "Block Device Mapping is Invalid: Block device of type image/blank needs a volume_size greater than 0.");
        }
        return size;
    }

    private List<String> securityGroups(Caller caller, JsonNode server) {
        return Json.elements(server.path("security_groups")).stream()
                .map(group -> networks.securityGroup(caller, Json.text(group, "name")))
                .distinct()
                .toList();
    }

    private Map<String, String> metadata(JsonNode server) {
        Map<String, String> metadata = new LinkedHashMap<>();
        server.path("metadata").properties().forEach(pair -> {
            if (!pair.getValue().isTextual()) {
                throw bad("Invalid input for field/attribute %s. Value: %s. %s is not of type 'string'"
                        .formatted(pair.getKey(), pair.getValue(), pair.getValue()));
            }
            if (pair.getKey().length() > 255 || pair.getValue().asText().length() > 255) {
                throw bad("Invalid input for field/attribute %s. Value: %s. '%s' is too long"
                        .formatted(
                                pair.getKey(),
                                pair.getValue().asText(),
                                pair.getValue().asText()));
            }
            metadata.put(pair.getKey(), pair.getValue().asText());
        });
        checkCount(metadata.size());
        return metadata;
    }

    void checkCount(int items) {
        int limit = limits.getOrDefault("metadata_items", -1);
        if (limit >= 0 && items > limit) {
            throw new Refusal(403, "Maximum number of metadata items exceeds " + limit);
        }
    }

    private static String zone(JsonNode server) {
        var zone = Json.text(server, "availability_zone");
        if (!zone.isEmpty() && !Infrastructure.ZONES.contains(zone)) {
            throw bad("The requested availability zone is not available");
        }
        return zone.isEmpty() ? Infrastructure.ZONES.getFirst() : zone;
    }

    private Optional<ServerGroup> group(Caller caller, JsonNode body) {
        var hints = body.has("os:scheduler_hints")
                ? body.path("os:scheduler_hints")
                : body.path("OS-SCH-HNT:scheduler_hints");
        var id = Json.text(hints, "group");
        if (id.isEmpty()) {
            return Optional.empty();
        }
        var group = groups.find(caller, id).orElseThrow(() -> bad("Instance group " + id + " could not be found."));
        int limit = limits.getOrDefault("server_group_members", -1);
        if (limit >= 0 && groups.members(group).size() >= limit) {
            throw new Refusal(403, "Quota exceeded, too many servers in group");
        }
        return Optional.of(group);
    }

    static Refusal bad(String message) {
        return new Refusal(400, message);
    }

    /** How many servers are asked for at once: at least, and at most. */
    static int[] counts(JsonNode server) {
        int least = server.path("min_count").asInt(1);
        int most = server.path("max_count").asInt(least);
        if (least < 1 || most < least) {
            throw bad("min_count must be <= max_count");
        }
        return new int[] {least, most};
    }

    static boolean hasVersionedNetworks(Microversion version) {
        return version.since(37);
    }
}
