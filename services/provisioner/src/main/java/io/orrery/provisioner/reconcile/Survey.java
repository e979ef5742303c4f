package io.orrery.provisioner.reconcile;

import io.orrery.contracts.Foundation;
import io.orrery.contracts.Resource;
import io.orrery.contracts.Sealed;
import io.orrery.provisioner.model.Desired;
import io.orrery.provisioner.model.Keys;
import io.orrery.provisioner.model.Thing;
import io.orrery.provisioner.plan.Balancing;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether the foundation stands, and what there is to say of it. */
final class Survey {

    private final Desired desired;
    private final State state;

    Survey(Desired desired, State state) {
        this.desired = desired;
        this.state = state;
    }

    /**
     * @param sealed the bucket's keys, asked for only once all stands
     * @param controllers what the cloud controller and Cinder CSI sign in with; likewise
     */
    Optional<Foundation> foundation(
            Optional<Site.Bucket> bucket, Supplier<Sealed> sealed, Supplier<Optional<Sealed>> controllers) {
        var net = desired.network();
        var network = net.network().or(() -> id(Keys.NETWORK)).flatMap(id -> find(Thing.Network.class, id));
        var subnet = net.subnet().or(() -> id(Keys.SUBNET)).flatMap(id -> find(Thing.Subnet.class, id));
        var vip = id(Keys.VIP).flatMap(id -> find(Thing.Port.class, id));
        var address = net.floatingIp()
                .or(() -> id(Keys.FLOATING_IP))
                .flatMap(id -> find(Thing.FloatingIp.class, id))
                .filter(ip -> vip.map(Thing.Port::id).equals(ip.port()));
        if (network.isEmpty()
                || subnet.isEmpty()
                || vip.isEmpty()
                || address.isEmpty()
                || !bucketStands(bucket)
                || !isLed()) {
            return Optional.empty();
        }
        return Optional.ofNullable(vip.get().addresses().get(subnet.get().id()))
                .map(inside -> new Foundation(
                        network.get().id(),
                        subnet.get().id(),
                        net.cidr(),
                        network.get().mtu(),
                        inside,
                        address.get().address(),
                        desired.pools().stream()
                                .map(Desired.Pool::image)
                                .findFirst()
                                .orElse(""),
                        bucket.map(it -> new Foundation.Bucket(
                                it.place().endpoint(), it.place().region(), it.name(), sealed.get())),
                        controllers.get(),
                        net.attached()));
    }

    /** A load balancer that is being made is good enough: it is there before the first server is. */
    private boolean isLed() {
        return !desired.network().balanced()
                || Balancing.standing(state.ledger(), state.observed()).isPresent();
    }

    private boolean bucketStands(Optional<Site.Bucket> bucket) {
        return bucket.isEmpty()
                || state.ledger()
                        .living(Keys.BUCKET)
                        .filter(line ->
                                line.state() == Resource.State.PRESENT || line.state() == Resource.State.BORROWED)
                        .isPresent();
    }

    private Optional<String> id(String key) {
        return state.ledger().id(key);
    }

    private <T extends Thing> Optional<T> find(Class<T> type, String id) {
        return state.observed().find(type, id);
    }
}
