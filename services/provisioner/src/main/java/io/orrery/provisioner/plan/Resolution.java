package io.orrery.provisioner.plan;

import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Slot;
import io.orrery.contracts.Uid;
import io.orrery.contracts.platform.Cidr;
import io.orrery.contracts.platform.Image;
import io.orrery.contracts.platform.Kubernetes;
import io.orrery.contracts.platform.Network;
import io.orrery.contracts.platform.Platform;
import io.orrery.contracts.platform.Pool;
import io.orrery.contracts.platform.Spec;
import io.orrery.provisioner.model.Catalogue;
import io.orrery.provisioner.model.Catalogue.Offer;
import io.orrery.provisioner.model.Desired;
import io.orrery.provisioner.model.Observed;
import io.orrery.provisioner.model.Thing;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes what is desired out of the document: every name in it is looked up, and all that cannot be found is said at once. */
public final class Resolution {

    /** What came of it. */
    public sealed interface Result {

        record Resolved(Desired desired) implements Result {}

        /** @param missing for people; never empty */
        record Unresolved(List<String> missing) implements Result {
            public Unresolved {
                missing = List.copyOf(missing);
            }
        }
    }

    private static final String NOTHING = "";

    private final Catalogue catalogue;
    private final Observed observed;
    private final List<String> missing = new ArrayList<>();

    private Resolution(Catalogue catalogue, Observed observed) {
        this.catalogue = catalogue;
        this.observed = observed;
    }

    /** @param vip the address that the API server was given before; empty at first */
    public static Result resolve(
            Platform document, Uid uid, Catalogue catalogue, Observed observed, Optional<String> vip) {
        var resolution = new Resolution(catalogue, observed);
        var desired = resolution.desired(document.name(), uid, document.spec(), vip);
        return resolution.missing.isEmpty() ? new Result.Resolved(desired) : new Result.Unresolved(resolution.missing);
    }

    private Desired desired(PlatformName name, Uid uid, Spec spec, Optional<String> vip) {
        var image = one(
                "image",
                switch (spec.image()) {
                    case Image.Named named -> named.name();
                    case Image.Built built -> built.build().base();
                },
                catalogue.images());
        var pools = spec.pools().stream().map(pool -> pool(pool, image)).toList();
        return new Desired(name, uid, net(spec.network()), access(spec), pools, vip);
    }

    private Desired.Pool pool(Pool pool, String image) {
        return new Desired.Pool(
                pool.name(),
                pool.role() == Pool.Role.SERVER ? Slot.Role.SERVER : Slot.Role.AGENT,
                pool.count(),
                one("flavor", pool.flavor(), catalogue.flavors()),
                image,
                switch (pool.spread()) {
                    case SOFT_ANTI_AFFINITY -> Optional.of("soft-anti-affinity");
                    case ANTI_AFFINITY -> Optional.of("anti-affinity");
                    case NONE -> Optional.empty();
                },
                pool.volume().map(volume -> new Slot.Disk(volume.size(), volume.type(), volume.use() == Pool.Use.BOOT)),
                pool.zones(),
                pool.configDrive());
    }

    private Desired.Net net(Network network) {
        var networks = offers(observed.all(Thing.Network.class));
        var external = offers(observed.all(Thing.Network.class).filter(Thing.Network::external));
        var borrow = network.borrow();
        return new Desired.Net(
                network.cidr().toString(),
                network.dns().stream().map(InetAddress::getHostAddress).toList(),
                one("external network", network.external(), external),
                network.attach().stream()
                        .map(name -> one("network", name, networks))
                        .toList(),
                borrow.securityGroups().stream()
                        .map(name -> one("security group", name, offers(observed.all(Thing.SecurityGroup.class))))
                        .toList(),
                borrow.network().map(name -> one("network", name, networks)),
                borrow.subnet().map(name -> one("subnet", name, offers(observed.all(Thing.Subnet.class)))),
                borrow.router().map(name -> one("router", name, offers(observed.all(Thing.Router.class)))),
                network.api().address().map(address -> floatingIp(address.getHostAddress())));
    }

    private static Desired.Access access(Spec spec) {
        var allow = spec.network().allow();
        var cni = spec.kubernetes() instanceof Kubernetes.Managed managed ? managed.cni() : Kubernetes.Cni.CANAL;
        return new Desired.Access(cni, ranges(allow.api()), ranges(allow.http()), ranges(allow.ssh()));
    }

    private static List<String> ranges(List<Cidr> ranges) {
        return ranges.stream().map(Cidr::toString).toList();
    }

    private String floatingIp(String address) {
        return one(
                "floating ip",
                address,
                observed.all(Thing.FloatingIp.class)
                        .map(ip -> new Offer(ip.id(), ip.address()))
                        .toList());
    }

    private static List<Offer> offers(Stream<? extends Thing> things) {
        return things.map(thing -> new Offer(thing.id(), thing.name())).toList();
    }

    /** The id of what is called so, or has that id. */
    private String one(String kind, String called, List<Offer> offers) {
        var byId = offers.stream().map(Offer::id).filter(called::equals).findFirst();
        if (byId.isPresent()) {
            return called;
        }
        var byName =
                offers.stream().filter(offer -> offer.name().equals(called)).toList();
        if (byName.size() == 1) {
            return byName.getFirst().id();
        }
        missing.add(
                byName.isEmpty()
                        ? "there is no " + kind + " " + called
                        : "there are " + byName.size() + " of " + kind + " " + called + ": say which one by its id");
        return NOTHING;
    }
}
