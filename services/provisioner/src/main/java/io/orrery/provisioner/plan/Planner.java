package io.orrery.provisioner.plan;

import io.orrery.contracts.Resource;
import io.orrery.provisioner.model.Desired;
import io.orrery.provisioner.model.Desired.Net;
import io.orrery.provisioner.model.Keys;
import io.orrery.provisioner.model.Kind;
import io.orrery.provisioner.model.Rule;
import io.orrery.provisioner.model.Thing;
import io.orrery.provisioner.plan.Blueprint.Port;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What can be done now towards what is desired. Steps wait for what they stand on, so a platform is made in several
 * plans, each from what the one before has left; a plan once applied leaves the next one, and the last leaves nothing.
 * Creates and repairs come first, deletions last.
 */
public final class Planner {

    private final Scene scene;
    private final Desired desired;
    private final Draft draft;

    private Planner(Scene scene) {
        this.scene = scene;
        this.desired = scene.desired();
        this.draft = new Draft(scene);
    }

    public static List<Step> plan(Scene scene) {
        var planner = new Planner(scene);
        planner.foundation();
        Demolition.plan(scene).forEach(planner.draft::add);
        return planner.draft.steps();
    }

    private void foundation() {
        var net = desired.network();
        var network = net.network().or(() -> draft.need(Kind.NETWORK, Keys.NETWORK, Blueprint.Network::new));
        var subnet = net.subnet()
                .or(() -> network.flatMap(id ->
                        draft.need(Kind.SUBNET, Keys.SUBNET, () -> new Blueprint.Subnet(id, net.cidr(), net.dns()))));
        var router =
                net.router().or(() -> draft.need(Kind.ROUTER, Keys.ROUTER, () -> new Blueprint.Router(net.external())));
        var plugged = router.flatMap(id -> subnet.flatMap(on -> plug(net, id, on)));
        new Upkeep(scene, draft).plan();
        var groups = groups();
        network.ifPresent(onNetwork -> subnet.ifPresent(onSubnet -> groups.ifPresent(members -> {
            var vip = new Port(
                    onNetwork, Optional.of(onSubnet), desired.vip(), false, Set.of(members.servers()), Set.of());
            addressed(net, vip).ifPresent(port -> {
                plugged.ifPresent(ignored -> floatingIp(net, port.id()));
                desired.vip()
                        .or(() -> Optional.ofNullable(port.addresses().get(onSubnet)))
                        .ifPresent(address -> new Machines(scene, draft, onNetwork, onSubnet, address, members).plan());
                if (net.balanced()) {
                    new Balancing(scene, draft, onSubnet).plan(port.id());
                }
            });
        })));
    }

    /** The port that has the API server's address. What Octavia makes of one that it was given is left as it is. */
    private Optional<Thing.Port> addressed(Net net, Port vip) {
        return net.balanced()
                ? draft.need(Kind.PORT, Keys.VIP, () -> vip)
                        .flatMap(id -> scene.observed().find(Thing.Port.class, id))
                : draft.port(Keys.VIP, vip);
    }

    /** A subnet that is borrowed with its network is reached by whatever router its owner gave it. */
    private Optional<String> plug(Net net, String routerId, String subnetId) {
        if (net.subnet().isPresent() && net.router().isPresent()) {
            return Optional.of(routerId);
        }
        return draft.need(
                Kind.ROUTER_INTERFACE, Keys.ROUTER_INTERFACE, () -> new Blueprint.RouterInterface(routerId, subnetId));
    }

    private void floatingIp(Net net, String portId) {
        var id = net.floatingIp()
                .or(() -> draft.need(
                        Kind.FLOATING_IP, Keys.FLOATING_IP, () -> new Blueprint.FloatingIp(net.external(), portId)));
        id.flatMap(it -> scene.observed().find(Thing.FloatingIp.class, it))
                .filter(address -> !address.port().equals(Optional.of(portId)))
                .ifPresent(address -> draft.add(new Step.Associate(Keys.FLOATING_IP, address.id(), portId)));
    }

    private Optional<Members> groups() {
        var servers = draft.securityGroup(Keys.SERVERS, "Kubernetes servers");
        var agents = draft.securityGroup(Keys.AGENTS, "Kubernetes agents");
        return servers.flatMap(s -> agents.map(a -> {
            var balancers = Optional.of(desired.network().cidr())
                    .filter(range -> desired.network().balanced());
            var table = new PortTable(desired.access(), balancers, s, a);
            rules(Keys.SERVERS, s, table.ofServers());
            rules(Keys.AGENTS, a, table.ofAgents());
            return new Members(s, a);
        }));
    }

    /** As set difference: what stands right stays, so that nobody's connection is cut. */
    private void rules(String key, String groupId, Set<Rule> wanted) {
        scene.observed().find(Thing.SecurityGroup.class, groupId).ifPresent(group -> {
            var missing = new HashSet<>(wanted);
            missing.removeAll(group.rules().values());
            if (!missing.isEmpty()) {
                draft.add(new Step.AddRules(key, groupId, missing));
            }
            group.rules().entrySet().stream()
                    .filter(rule -> !wanted.contains(rule.getValue()))
                    .forEach(rule -> draft.add(new Step.RemoveRule(key, groupId, rule.getKey())));
        });
    }

    /** Ids of the security groups by role. */
    record Members(String servers, String agents) {}

    /** Whether the line's thing is ours to make, change and remove. */
    static boolean isOurs(Resource line) {
        return line.state() != Resource.State.BORROWED;
    }
}
