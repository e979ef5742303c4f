package io.orrery.provisioner.plan;

import io.orrery.provisioner.model.Ledger;
import io.orrery.provisioner.model.Observed;
import io.orrery.provisioner.model.Rule;
import io.orrery.provisioner.model.Thing;
import java.util.List;
import java.util.stream.Stream;

/** Says what on the cloud hangs on a thing, so that the cloud does not let go of it. */
public final class Holders {

    private final Ledger ledger;
    private final Observed observed;

    /** @param ledger what is in it is on its way out already, and not worth a word */
    public Holders(Ledger ledger, Observed observed) {
        this.ledger = ledger;
        this.observed = observed;
    }

    /** In words; empty if nothing is seen that is not ours. */
    public List<String> of(String id) {
        return observed.find(id).stream()
                .flatMap(this::of)
                .filter(holder -> ledger.byId(holder.id()).isEmpty())
                .map(Holders::words)
                .toList();
    }

    private Stream<? extends Thing> of(Thing held) {
        return switch (held) {
            case Thing.Network network ->
                Stream.concat(
                        observed.all(Thing.Subnet.class)
                                .filter(subnet -> subnet.networkId().equals(network.id())),
                        observed.all(Thing.Port.class)
                                .filter(port -> port.networkId().equals(network.id())));
            case Thing.Subnet subnet -> Stream.concat(portsOn(subnet.id()), plugsOf(subnet.id()));
            case Thing.Router router ->
                observed.all(Thing.RouterInterface.class)
                        .filter(plug -> plug.routerId().equals(router.id()));
            case Thing.RouterInterface plug ->
                observed.all(Thing.FloatingIp.class).filter(ip -> ip.port()
                        .flatMap(port -> observed.find(Thing.Port.class, port))
                        .filter(port -> plug.subnets().stream().anyMatch(port.addresses()::containsKey))
                        .isPresent());
            case Thing.SecurityGroup group ->
                Stream.concat(
                        observed.all(Thing.Port.class)
                                .filter(port -> port.groups().contains(group.id())),
                        observed.all(Thing.SecurityGroup.class)
                                .filter(other -> other.rules().values().stream().anyMatch(rule -> rule.peer()
                                        .filter(new Rule.Peer.Group(group.id())::equals)
                                        .isPresent())));
            case Thing.Volume volume ->
                Stream.concat(
                        volume.servers().stream().flatMap(server -> observed.find(Thing.Server.class, server).stream()),
                        observed.all(Thing.Snapshot.class)
                                .filter(snapshot -> snapshot.volumeId().equals(volume.id())));
            case Thing.Port port ->
                Stream.concat(
                        observed.all(Thing.Server.class).filter(server -> port.device()
                                .filter(server.id()::equals)
                                .isPresent()),
                        observed.all(Thing.LoadBalancer.class)
                                .filter(balancer -> balancer.port().equals(port.id())));
            case Thing.FloatingIp ip -> Stream.empty();
            case Thing.Server server -> Stream.empty();
            case Thing.ServerGroup group -> Stream.empty();
            case Thing.Snapshot snapshot -> Stream.empty();
            case Thing.LoadBalancer balancer -> Stream.empty();
            case Thing.Ec2Credential credential -> Stream.empty();
            case Thing.ApplicationCredential credential -> Stream.empty();
        };
    }

    private Stream<Thing.Port> portsOn(String subnetId) {
        return observed.all(Thing.Port.class).filter(port -> port.addresses().containsKey(subnetId));
    }

    private Stream<Thing.RouterInterface> plugsOf(String subnetId) {
        return observed.all(Thing.RouterInterface.class)
                .filter(plug -> plug.subnets().contains(subnetId));
    }

    private static String words(Thing holder) {
        var name = holder.name().isEmpty() ? "" : " (" + holder.name() + ")";
        var device = holder instanceof Thing.Port port
                ? port.device().map(id -> " of " + id).orElse("")
                : "";
        return holder.kind().word() + " " + holder.id() + name + device;
    }
}
