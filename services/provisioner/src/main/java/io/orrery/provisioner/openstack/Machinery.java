package io.orrery.provisioner.openstack;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.orrery.contracts.Sealed;
import io.orrery.provisioner.model.Desired.Disk;
import io.orrery.provisioner.model.Thing;
import io.orrery.provisioner.plan.Blueprint;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import org.openstack4j.api.Builders;
import org.openstack4j.model.compute.BDMDestType;
import org.openstack4j.model.compute.BDMSourceType;
import org.openstack4j.model.compute.BlockDeviceMappingCreate;

/** Makes what Nova makes. */
final class Machinery {

    private final Connection connection;
    private final Clock clock;

    Machinery(Connection connection, Clock clock) {
        this.connection = connection;
        this.clock = clock;
    }

    /** As plain JSON: openstack4j cannot ask for the API version that has soft policies. */
    Thing group(String name, Blueprint.ServerGroup group) {
        var body = JsonNodeFactory.instance.objectNode();
        body.putObject("server_group").put("name", name).put("policy", group.policy());
        var made = connection.json("POST", "compute", "/os-server-groups", Paths.SERVER_GROUPS, Optional.of(body));
        return new Thing.ServerGroup(made.path("server_group").path("id").asText(), name);
    }

    Thing server(String name, Blueprint.Server server, Function<Sealed, byte[]> secrets) {
        var builder = Builders.server().name(name).flavor(server.flavorId()).addMetadata(server.marks());
        server.ports().forEach(builder::addNetworkPort);
        server.zone().ifPresent(builder::availabilityZone);
        server.serverGroupId().ifPresent(group -> builder.addSchedulerHint("group", group));
        if (server.disk().filter(Disk::boot).isEmpty()) {
            builder.image(server.imageId());
        }
        server.disk().ifPresent(disk -> {
            if (!disk.boot()) {
                builder.blockDevice(root(server.imageId()));
            }
            builder.blockDevice(device(disk, server.imageId()));
        });
        var data = secrets.apply(server.userData());
        builder.userData(Base64.getEncoder().encodeToString(data));
        Arrays.fill(data, (byte) 0);
        var made = connection.call(os -> os.compute().servers().boot(builder.build()));
        return new Thing.Server(made.getId(), name, clock.instant(), Thing.Server.Status.BUILDING, Optional.empty());
    }

    /** With a second disk given, Nova wants the first one to be said too. */
    private static BlockDeviceMappingCreate root(String image) {
        return Builders.blockDeviceMapping()
                .bootIndex(0)
                .uuid(image)
                .sourceType(BDMSourceType.IMAGE)
                .destinationType(BDMDestType.LOCAL)
                .deleteOnTermination(true)
                .build();
    }

    private static BlockDeviceMappingCreate device(Disk disk, String image) {
        var builder = Builders.blockDeviceMapping()
                .bootIndex(disk.boot() ? 0 : -1)
                .sourceType(disk.boot() ? BDMSourceType.IMAGE : BDMSourceType.BLANK)
                .destinationType(BDMDestType.VOLUME)
                .volumeSize(disk.gib())
                .deleteOnTermination(true);
        if (disk.boot()) {
            builder.uuid(image);
        }
        disk.type().ifPresent(builder::volumeType);
        return builder.build();
    }
}
