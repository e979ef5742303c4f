package io.orrery.provisioner.plan;

import io.orrery.contracts.ClusterStatus.Bootstrap;
import io.orrery.contracts.Resource;
import io.orrery.contracts.Sealed;
import io.orrery.contracts.Slot;
import io.orrery.provisioner.model.Desired;
import io.orrery.provisioner.model.Ledger;
import io.orrery.provisioner.model.Observed;
import io.orrery.provisioner.model.Rule;
import io.orrery.provisioner.model.Thing;
import io.orrery.provisioner.plan.Scene.Restraint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Plays the plan through on a cloud that is imagined from what is seen, and says every step that it takes. */
public final class DryRun {

    private static final Sealed NO_SECRET = new Sealed(Sealed.Purpose.BOOTSTRAP, "", "");
    /** What the ids of things begin with that are not there. */
    static final String IMAGINED = "imagined:";

    private static final int MOST = 64;

    private final Desired desired;
    private Ledger ledger;
    private Observed observed;

    DryRun(Desired desired, Ledger ledger, Observed observed) {
        this.desired = desired;
        this.ledger = ledger;
        this.observed = observed;
    }

    /** @param slots as {@link SlotPlan} wants them */
    public static List<Step> steps(Desired desired, List<Slot> slots, Ledger ledger, Observed observed) {
        return new DryRun(desired, ledger, observed).play(slots);
    }

    /** Goes on from where the last one ended. */
    List<Step> play(List<Slot> slots) {
        var all = new ArrayList<Step>();
        for (int round = 0; round < MOST; round++) {
            ledger = Condemnation.ofMachines(ledger, slots, Set.of());
            var steps = new ArrayList<>(Planner.plan(
                    new Scene(desired, ledger, slots, observed, Optional.of(bootstrap(slots)), Restraint.NONE)));
            steps.removeAll(all);
            steps.removeIf(Step.AskFor.class::isInstance);
            if (steps.isEmpty()) {
                break;
            }
            all.addAll(steps);
            steps.forEach(this::imagine);
        }
        return all;
    }

    Ledger ledger() {
        return ledger;
    }

    Observed observed() {
        return observed;
    }

    private static Bootstrap bootstrap(List<Slot> slots) {
        var incarnation = slots.stream().mapToInt(Slot::incarnation).max().orElse(1);
        return new Bootstrap(incarnation, Optional.empty(), Optional.empty(), NO_SECRET, NO_SECRET, NO_SECRET);
    }

    private void imagine(Step step) {
        switch (step) {
            case Step.Create create -> {
                var thing = thing(create);
                observed = observed.with(List.of(thing));
                ledger = ledger.with(Resource.intended(create.kind().word(), create.key(), create.name())
                        .seen(thing.id()));
            }
            case Step.AddRules add ->
                observed.find(Thing.SecurityGroup.class, add.groupId()).ifPresent(group -> {
                    var rules = new LinkedHashMap<String, Rule>(group.rules());
                    add.rules().forEach(rule -> rules.put("imagined-" + rules.size(), rule));
                    observed = observed.with(List.of(
                            new Thing.SecurityGroup(group.id(), group.name(), group.created(), group.about(), rules)));
                });
            case Step.MendBalancer mend ->
                observed = observed.with(List.of(mend.mending().on(mend.balancer(), IMAGINED + mend.words())));
            case Step.Delete delete -> gone(delete.id());
            case Step.Unplug unplug -> ledger.id(unplug.key()).ifPresent(this::gone);
            default -> {
                // repairs leave everything in its place
            }
        }
    }

    private void gone(String id) {
        observed = observed.without(List.of(id));
        ledger = ledger.map(line -> line.id().filter(id::equals).isPresent(), line -> line.in(Resource.State.ABSENT));
    }

    private Thing thing(Step.Create create) {
        var id = IMAGINED + create.key();
        var name = create.name();
        var now = Instant.MAX;
        return switch (create.blueprint()) {
            case Blueprint.Bucket ignored -> throw new IllegalArgumentException("buckets are not planned here");
            case Blueprint.Ec2Credential ignored -> new Thing.Ec2Credential(id, "");
            case Blueprint.ApplicationCredential ignored -> new Thing.ApplicationCredential(id, name);
            case Blueprint.Network ignored -> new Thing.Network(id, name, now, false, 1500, true);
            case Blueprint.Subnet subnet ->
                new Thing.Subnet(
                        id,
                        name,
                        now,
                        subnet.networkId(),
                        subnet.cidr(),
                        Set.copyOf(subnet.dns()),
                        Optional.of(Upkeep.gateway(desired.network())),
                        true);
            case Blueprint.Router router ->
                new Thing.Router(id, name, now, Optional.of(router.externalNetworkId()), true, 0);
            case Blueprint.RouterInterface plug ->
                new Thing.RouterInterface(id, now, plug.routerId(), Set.of(plug.subnetId()));
            case Blueprint.SecurityGroup group -> new Thing.SecurityGroup(id, name, now, group.about(), Map.of());
            case Blueprint.Port port ->
                new Thing.Port(
                        id,
                        name,
                        now,
                        port.networkId(),
                        port.subnetId()
                                .map(subnet -> Map.of(subnet, port.address().orElse("to be chosen")))
                                .orElse(Map.of()),
                        Optional.empty(),
                        port.up(),
                        true,
                        port.groups(),
                        port.pairs());
            case Blueprint.FloatingIp address ->
                new Thing.FloatingIp(id, name, now, "to be chosen", Optional.of(address.portId()));
            case Blueprint.LoadBalancer balancer ->
                Balancing.made(id, name, balancer).in(Thing.LoadBalancer.Provisioning.ACTIVE);
            case Blueprint.ServerGroup ignored -> new Thing.ServerGroup(id, name, Set.of());
            case Blueprint.Server server ->
                new Thing.Server(
                        id,
                        name,
                        now,
                        Thing.Server.Status.ACTIVE,
                        Optional.empty(),
                        Optional.of(server.design().flavorId()),
                        server.marks(),
                        Optional.empty());
        };
    }
}
