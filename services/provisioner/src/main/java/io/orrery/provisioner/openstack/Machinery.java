package io.orrery.provisioner.openstack;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.contracts.Sealed;
import io.orrery.contracts.Slot;
import io.orrery.provisioner.model.Thing;
import io.orrery.provisioner.plan.Blueprint;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes what Nova makes. As plain JSON, because openstack4j cannot ask for the API versions that have soft policies and
 * types of volumes.
 */
final class Machinery {

    /** The first that takes the type of a volume that is made with its server. */
    private static final Map<String, String> VOLUME_TYPES = Map.of("OpenStack-API-Version", "compute 2.67");

    private final Connection connection;
    private final Clock clock;

    Machinery(Connection connection, Clock clock) {
        this.connection = connection;
        this.clock = clock;
    }

    Thing group(String name, Blueprint.ServerGroup group) {
        var body = JsonNodeFactory.instance.objectNode();
        body.putObject("server_group").put("name", name).put("policy", group.policy());
        var made = connection.json("POST", "compute", "/os-server-groups", Paths.SERVER_GROUPS, Optional.of(body));
        return Things.serverGroup(made.path("server_group"));
    }

    Thing server(String name, Blueprint.Server blueprint, Function<Sealed, byte[]> secrets) {
        var design = blueprint.design();
        var body = JsonNodeFactory.instance.objectNode();
        var server = body.putObject("server").put("name", name).put("flavorRef", design.flavorId());
        var metadata = server.putObject("metadata");
        blueprint.marks().forEach(metadata::put);
        var networks = server.putArray("networks");
        blueprint.ports().forEach(port -> networks.addObject().put("port", port));
        design.zone().ifPresent(zone -> server.put("availability_zone", zone));
        blueprint.serverGroupId().ifPresent(group -> body.putObject("os:scheduler_hints")
                .put("group", group));
        if (design.configDrive()) {
            server.put("config_drive", true);
        }
        disks(server, design);
        var data = secrets.apply(blueprint.userData());
        server.put("user_data", UserData.encode(data));
        Arrays.fill(data, (byte) 0);
        var versioned = design.disk().flatMap(Slot.Disk::type).isPresent();
        var made =
                connection.json("POST", "compute", "/servers", versioned ? VOLUME_TYPES : Map.of(), Optional.of(body));
        return new Thing.Server(
                made.path("server").path("id").asText(),
                name,
                clock.instant(),
                Thing.Server.Status.BUILDING,
                Optional.empty(),
                Optional.of(design.flavorId()),
                blueprint.marks(),
                Optional.empty());
    }

    private static void disks(ObjectNode server, Slot.Design design) {
        if (design.disk().filter(Slot.Disk::boot).isEmpty()) {
            server.put("imageRef", design.imageId());
        }
        design.disk().ifPresent(disk -> {
            var devices = server.putArray("block_device_mapping_v2");
            if (!disk.boot()) {
                root(devices.addObject(), design.imageId());
            }
            volume(devices.addObject(), disk, design.imageId());
        });
    }

    /** With a second disk given, Nova wants the first one to be said too. */
    private static void root(ObjectNode device, String image) {
        device.put("boot_index", 0)
                .put("uuid", image)
                .put("source_type", "image")
                .put("destination_type", "local")
                .put("delete_on_termination", true);
    }

    private static void volume(ObjectNode device, Slot.Disk disk, String image) {
        device.put("boot_index", disk.boot() ? 0 : -1)
                .put("source_type", disk.boot() ? "image" : "blank")
                .put("destination_type", "volume")
                .put("volume_size", disk.gib())
                .put("delete_on_termination", true);
        if (disk.boot()) {
            device.put("uuid", image);
        }
        disk.type().ifPresent(type -> device.put("volume_type", type));
    }
}
