package io.orrery.provisioner.plan;

import io.orrery.contracts.ClusterId;
import io.orrery.contracts.Resource;
import io.orrery.contracts.Resource.State;
import io.orrery.provisioner.model.Keys;
import io.orrery.provisioner.model.Ledger;
import io.orrery.provisioner.model.Observed;
import io.orrery.provisioner.model.Thing;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds what the controllers inside of a platform's Kubernetes have left on the cloud, and condemns it: what bears the
 * cluster's name as the cloud controller ({@code pkg/openstack/loadbalancer.go} of cloud-provider-openstack) and Cinder
 * CSI write it. Nothing else is touched, whatever network it is on.
 */
public final class Sweep {

    private static final String FLOATING_IP = "Floating IP for Kubernetes external service";
    private static final String GROUP = "Security Group for";

    private final ClusterId cluster;
    private final Ledger ledger;
    private final Observed observed;

    private Sweep(ClusterId cluster, Ledger ledger, Observed observed) {
        this.cluster = cluster;
        this.ledger = ledger;
        this.observed = observed;
    }

    /** The ledger with a condemned line for everything that was found and is not in it. */
    public static Ledger condemn(ClusterId cluster, Ledger ledger, Observed observed) {
        var sweep = new Sweep(cluster, ledger, observed);
        var swept = ledger;
        for (var thing : sweep.left().toList()) {
            if (swept.byId(thing.id()).isEmpty()) {
                swept = swept.with(new Resource(
                        thing.kind().word(),
                        "left:" + thing.kind().word() + ":" + thing.id(),
                        thing.name(),
                        Optional.of(thing.id()),
                        State.CONDEMNED));
            }
        }
        return swept;
    }

    /** What the cluster has left, and a person has marked to be kept; in words. */
    public static List<String> kept(ClusterId cluster, Observed observed) {
        var sweep = new Sweep(cluster, Ledger.EMPTY, observed);
        return Stream.concat(
                        observed.all(Thing.Volume.class)
                                .filter(volume -> volume.kept() && sweep.isOurs(volume.cluster())),
                        observed.all(Thing.Snapshot.class)
                                .filter(snapshot -> snapshot.kept() && sweep.isOurs(snapshot.cluster())))
                .map(thing -> thing.kind().word() + " " + thing.id() + " is kept, as it is marked")
                .toList();
    }

    private Stream<? extends Thing> left() {
        return Stream.of(
                        observed.all(Thing.FloatingIp.class)
                                .filter(ip -> ip.name().startsWith(FLOATING_IP)
                                        && ip.name().endsWith(" from cluster " + cluster)),
                        observed.all(Thing.LoadBalancer.class)
                                .filter(balancer -> balancer.name().startsWith("kube_service_" + cluster + "_")),
                        observed.all(Thing.Port.class).filter(this::isOfLostBalancer),
                        observed.all(Thing.SecurityGroup.class)
                                .filter(group -> group.about().startsWith(GROUP)
                                        && group.about().endsWith(" Service LoadBalancer in cluster " + cluster)),
                        observed.all(Thing.Snapshot.class)
                                .filter(snapshot -> isOurs(snapshot.cluster()) && !snapshot.kept()),
                        observed.all(Thing.Volume.class).filter(volume -> isOurs(volume.cluster()) && !volume.kept()))
                .flatMap(all -> all);
    }

    private boolean isOurs(Optional<String> mark) {
        return mark.filter(cluster.value()::equals).isPresent();
    }

    /** Octavia names the port that holds a balancer's address after it, and sometimes forgets it. */
    private boolean isOfLostBalancer(Thing.Port port) {
        var prefix = "octavia-lb-";
        return port.name().startsWith(prefix)
                && ledger.id(Keys.NETWORK).filter(port.networkId()::equals).isPresent()
                && observed.find(port.name().substring(prefix.length())).isEmpty();
    }
}
