package io.orrery.cluster;

import io.orrery.contracts.ClusterStatus;
import io.orrery.contracts.ClusterStatus.Bootstrap;
import io.orrery.contracts.Foundation;
import io.orrery.contracts.InfrastructureStatus;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Sealed;
import io.orrery.contracts.Slot;
import io.orrery.contracts.Slot.State;
import io.orrery.contracts.Uid;
import io.orrery.reconciler.facts.Facts;
import io.orrery.reconciler.seal.Sealer;
import io.orrery.sandbox.boot.LinkSettings;
import io.orrery.sandbox.boot.LinkedFirmware;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Plays the provisioner: boots machines from what the cluster service told, and lets go those that it released. */
final class MachinePark implements AutoCloseable {

    private final LinkedFirmware firmware =
            new LinkedFirmware(LinkSettings.bare().withStart(Duration.ofMillis(20)));
    private final Facts.Teller teller;
    private final Sealer sealer;
    private final PlatformName platform;
    private final Uid uid;
    private final String outside;
    private final Map<String, Machine> machines = new HashMap<>();
    private final List<Slot> slots = new ArrayList<>();

    /** @param outside a loopback address on which nobody serves 6443 */
    MachinePark(Facts.Teller teller, Sealer sealer, PlatformName platform, Uid uid, String outside) {
        this.teller = teller;
        this.sealer = sealer;
        this.platform = platform;
        this.uid = uid;
        this.outside = outside;
    }

    synchronized void plan(Slot... planned) {
        slots.addAll(List.of(planned));
        tell();
    }

    /** Boots every machine that is planned and that something is prepared for. */
    synchronized void boot(ClusterStatus status) {
        var bootstrap = status.bootstrap().orElseThrow();
        slots.replaceAll(slot -> slot.state() == State.PLANNED ? boot(slot, bootstrap) : slot);
        tell();
    }

    synchronized void set(String name, State state) {
        change(name, slot -> slot.in(state));
        tell();
    }

    /** Ends machines that are released, and their slots. */
    synchronized void letGo(ClusterStatus status) {
        status.released().forEach(this::end);
        tell();
    }

    synchronized void end(String name) {
        Optional.ofNullable(machines.remove(name)).ifPresent(machine -> firmware.delete(machine.id()));
        slots.removeIf(slot -> slot.name().equals(name));
    }

    synchronized List<String> console(String name) {
        return machines.get(name).lines();
    }

    synchronized List<String> slots() {
        return slots.stream().map(Slot::name).toList();
    }

    private Slot boot(Slot slot, Bootstrap bootstrap) {
        var address = "10.20.0." + (10 + machines.size());
        var machine = new Machine(slot.name(), sealer.open(uid, userData(slot, bootstrap)), address, outside);
        machines.put(slot.name(), machine);
        firmware.powerOn(machine);
        return Samples.ofIncarnation(bootstrap.incarnation(), slot.in(State.ACTIVE));
    }

    private static Sealed userData(Slot slot, Bootstrap bootstrap) {
        return bootstrap
                .init()
                .filter(init -> bootstrap.initSlot().filter(slot.name()::equals).isPresent())
                .orElse(slot.role() == Slot.Role.SERVER ? bootstrap.server() : bootstrap.agent());
    }

    private void change(String name, UnaryOperator<Slot> change) {
        slots.replaceAll(slot -> slot.name().equals(name) ? change.apply(slot) : slot);
    }

    private void tell() {
        var usual = Samples.foundation();
        var foundation = new Foundation(
                usual.networkId(),
                usual.subnetId(),
                usual.cidr(),
                usual.mtu(),
                usual.vip(),
                outside,
                usual.imageId(),
                Optional.empty(),
                Optional.empty(),
                List.of());
        teller.tell(new InfrastructureStatus(
                platform,
                uid,
                1,
                Phase.PROGRESSING,
                List.of(),
                Optional.of(foundation),
                List.copyOf(slots),
                List.of(),
                Optional.empty(),
                List.of()));
    }

    @Override
    public void close() {
        firmware.close();
    }
}
