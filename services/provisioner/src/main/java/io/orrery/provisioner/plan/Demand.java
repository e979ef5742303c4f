package io.orrery.provisioner.plan;

import io.orrery.contracts.Slot;
import io.orrery.contracts.Slot.Design;
import io.orrery.contracts.Slot.Disk;
import io.orrery.provisioner.model.Catalogue;
import io.orrery.provisioner.model.Keys;
import io.orrery.provisioner.model.Kind;
import io.orrery.provisioner.model.Measure;
import io.orrery.provisioner.model.Room;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What steps, done in their order, take of what a project may have, and what they give back. */
public final class Demand {

    private final Catalogue catalogue;
    private final Room room;
    private final Map<String, Slot> slotsByServer;
    private final SortedMap<Measure, Long> end = new TreeMap<>();
    private final SortedMap<Measure, Long> peak = new TreeMap<>();

    private Demand(List<Slot> slots, Catalogue catalogue, Room room) {
        this.slotsByServer = slots.stream()
                .collect(Collectors.toMap(slot -> Keys.server(slot.name()), Function.identity(), (one, same) -> one));
        this.catalogue = catalogue;
        this.room = room;
    }

    /**
     * @param slots of which the steps are
     * @param room says of which type a volume is that asks for none
     */
    public static Demand of(List<Step> steps, List<Slot> slots, Catalogue catalogue, Room room) {
        var demand = new Demand(slots, catalogue, room);
        steps.forEach(demand::add);
        return demand;
    }

    /** The most of it that is taken at any time beside what was before; never negative. */
    public SortedMap<Measure, Long> peak() {
        return Collections.unmodifiableSortedMap(peak);
    }

    /** How much more of it is taken when all is done; negative where more is given back. */
    public SortedMap<Measure, Long> end() {
        return Collections.unmodifiableSortedMap(end);
    }

    private void add(Step step) {
        switch (step) {
            case Step.Create create -> add(create.kind(), create.key(), 1);
            case Step.Delete delete -> add(delete.kind(), delete.key(), -1);
            case Step.Unplug ignored -> add(Measure.PORTS, -1);
            case Step.AddRules add ->
                add(Measure.SECURITY_GROUP_RULES, add.rules().size());
            case Step.RemoveRule ignored -> add(Measure.SECURITY_GROUP_RULES, -1);
            default -> nothing();
        }
    }

    /** @param sign 1 for one more, -1 for one less */
    private void add(Kind kind, String key, int sign) {
        switch (kind) {
            case NETWORK -> add(Measure.NETWORKS, sign);
            case SUBNET -> {
                add(Measure.SUBNETS, sign);
                add(Measure.PORTS, sign); // Neutron's own, for DHCP or for metadata, counts as the project's
            }
            case ROUTER -> {
                add(Measure.ROUTERS, sign);
                add(Measure.EXTERNAL_ADDRESSES, sign);
            }
            case ROUTER_INTERFACE, PORT -> add(Measure.PORTS, sign);
            case SECURITY_GROUP -> add(Measure.SECURITY_GROUPS, sign);
            case FLOATING_IP -> {
                add(Measure.FLOATING_IPS, sign);
                add(Measure.EXTERNAL_ADDRESSES, sign);
            }
            case SERVER_GROUP -> add(Measure.SERVER_GROUPS, sign);
            case LOAD_BALANCER -> add(Measure.LOAD_BALANCERS, sign);
            case SERVER -> server(key, sign);
            default -> nothing();
        }
    }

    private void server(String key, int sign) {
        add(Measure.INSTANCES, sign);
        var slot = slotsByServer.get(key);
        if (slot != null) {
            slot.design().ifPresent(design -> machine(slot.pool(), design, sign));
        }
    }

    private void machine(String pool, Design design, int sign) {
        catalogue.flavor(design.flavorId()).ifPresent(flavor -> {
            add(Measure.CORES, (long) sign * flavor.vcpus());
            add(Measure.RAM, (long) sign * flavor.ram());
        });
        design.spread().ifPresent(policy -> add(Measure.membersOf(pool), sign));
        design.disk().ifPresent(disk -> volume(disk, sign));
    }

    private void volume(Disk disk, int sign) {
        add(Measure.VOLUMES, sign);
        add(Measure.GIGABYTES, (long) sign * disk.gib());
        disk.type().flatMap(room::volumeType).or(room::usualVolumeType).ifPresent(type -> {
            add(Measure.volumesOf(type), sign);
            add(Measure.gigabytesOf(type), (long) sign * disk.gib());
        });
    }

    /** No quota that is known of. */
    private static void nothing() {}

    private void add(Measure measure, long amount) {
        var taken = end.merge(measure, amount, Long::sum);
        peak.merge(measure, Math.max(0, taken), Math::max);
    }
}
