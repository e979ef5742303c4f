package io.orrery.provisioner.plan;

import io.orrery.contracts.Slot.Disk;
import io.orrery.provisioner.model.Catalogue;
import io.orrery.provisioner.model.Measure;
import io.orrery.provisioner.model.Room;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the creates of a plan take of what a project may have. */
public final class Demand {

    private final Catalogue catalogue;
    private final Room room;
    private final SortedMap<Measure, Long> amounts = new TreeMap<>();

    private Demand(Catalogue catalogue, Room room) {
        this.catalogue = catalogue;
        this.room = room;
    }

    /** @param room says of which type a volume is that asks for none */
    public static SortedMap<Measure, Long> of(List<Step> steps, Catalogue catalogue, Room room) {
        var demand = new Demand(catalogue, room);
        steps.forEach(demand::add);
        return Collections.unmodifiableSortedMap(demand.amounts);
    }

    private void add(Step step) {
        switch (step) {
            case Step.Create create -> add(create.blueprint());
            case Step.AddRules add ->
                add(Measure.SECURITY_GROUP_RULES, add.rules().size());
            default -> nothing();
        }
    }

    private void add(Blueprint blueprint) {
        switch (blueprint) {
            case Blueprint.Network ignored -> add(Measure.NETWORKS, 1);
            case Blueprint.Subnet ignored -> {
                add(Measure.SUBNETS, 1);
                add(Measure.PORTS, 1); // Neutron's own, for DHCP or for metadata, counts as the project's
            }
            case Blueprint.Router ignored -> {
                add(Measure.ROUTERS, 1);
                add(Measure.EXTERNAL_ADDRESSES, 1);
            }
            case Blueprint.RouterInterface ignored -> add(Measure.PORTS, 1);
            case Blueprint.SecurityGroup ignored -> add(Measure.SECURITY_GROUPS, 1);
            case Blueprint.Port ignored -> add(Measure.PORTS, 1);
            case Blueprint.FloatingIp ignored -> {
                add(Measure.FLOATING_IPS, 1);
                add(Measure.EXTERNAL_ADDRESSES, 1);
            }
            case Blueprint.ServerGroup ignored -> add(Measure.SERVER_GROUPS, 1);
            case Blueprint.Server server -> server(server);
            case Blueprint.Bucket ignored -> nothing();
            case Blueprint.Ec2Credential ignored -> nothing();
            case Blueprint.ApplicationCredential ignored -> nothing();
        }
    }

    private void server(Blueprint.Server server) {
        add(Measure.INSTANCES, 1);
        catalogue.flavor(server.design().flavorId()).ifPresent(flavor -> {
            add(Measure.CORES, flavor.vcpus());
            add(Measure.RAM, flavor.ram());
        });
        server.design().disk().ifPresent(this::volume);
    }

    private void volume(Disk disk) {
        add(Measure.VOLUMES, 1);
        add(Measure.GIGABYTES, disk.gib());
        disk.type().flatMap(room::volumeType).or(room::usualVolumeType).ifPresent(type -> {
            add(Measure.volumesOf(type), 1);
            add(Measure.gigabytesOf(type), disk.gib());
        });
    }

    /** No quota that is known of. */
    private static void nothing() {}

    private void add(Measure measure, long amount) {
        amounts.merge(measure, amount, Long::sum);
    }
}
