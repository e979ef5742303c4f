package io.orrery.provisioner.plan;

import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Slot;
import io.orrery.contracts.Uid;
import io.orrery.contracts.platform.Cidr;
import io.orrery.contracts.platform.Image;
import io.orrery.contracts.platform.Kubernetes;
import io.orrery.contracts.platform.Nearest;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes what is desired out of the document: every name in it is looked up, and all that cannot be found is said at once.
 * A platform that stands does not need them again: what they led to is recalled then.
 */
public final class Resolution {

    /** What came of it. */
    public sealed interface Result {

        /** What the names do not lead to, or not to one thing alone. */
        List<Obstacle> missing();

        /** @param missing what was recalled in its place; new machines have to wait for it */
        record Resolved(Desired desired, List<Obstacle> missing) implements Result {
            public Resolved {
                missing = List.copyOf(missing);
            }
        }

        /** @param missing never empty */
        record Unresolved(List<Obstacle> missing) implements Result {
            public Unresolved {
                missing = List.copyOf(missing);
            }
        }
    }

    private static final String NOTHING = "";

    private final Catalogue catalogue;
    private final Observed observed;
    private final Recall recall;
    private final Set<Obstacle> missing = new LinkedHashSet<>();
    private boolean hopeless;

    private Resolution(Catalogue catalogue, Observed observed, Recall recall) {
        this.catalogue = catalogue;
        this.observed = observed;
        this.recall = recall;
    }

    /** @param vip the address that the API server was given before; empty at first */
    public static Result resolve(
            Platform document, Uid uid, Catalogue catalogue, Observed observed, Recall recall, Optional<String> vip) {
        var resolution = new Resolution(catalogue, observed, recall);
        var desired = resolution.desired(document.name(), uid, document.spec(), vip);
        var missing = List.copyOf(resolution.missing);
        return resolution.hopeless ? new Result.Unresolved(missing) : new Result.Resolved(desired, missing);
    }

    private Desired desired(PlatformName name, Uid uid, Spec spec, Optional<String> vip) {
        var imageName =
                switch (spec.image()) {
                    case Image.Named named -> named.name();
                    case Image.Built built -> built.build().base();
                };
        var image = image(imageName);
        var pools = spec.pools().stream()
                .flatMap(pool -> pool(pool, imageName, image).stream())
                .toList();
        return new Desired(name, uid, net(spec.network()), access(spec), pools, vip);
    }

    /** Of those that share a name, the one that machines can be made from: clouds deactivate an old one, and make its heir. */
    private Optional<String> image(String called) {
        var active = catalogue.images().stream()
                .filter(image -> image.isActive() || image.id().equals(called))
                .toList();
        var isThere = active.stream().anyMatch(image -> called.equals(image.name()) || called.equals(image.id()));
        return offered("image", called, isThere ? active : catalogue.images());
    }

    private Optional<Desired.Pool> pool(Pool pool, String imageName, Optional<String> image) {
        var flavor = offered("flavor", pool.flavor(), catalogue.flavors());
        if ((flavor.isEmpty() || image.isEmpty()) && recall.canDoWithout(pool.name())) {
            return Optional.empty();
        }
        return Optional.of(new Desired.Pool(
                pool.name(),
                pool.role() == Pool.Role.SERVER ? Slot.Role.SERVER : Slot.Role.AGENT,
                pool.count(),
                found(flavor, () -> recall.flavor(pool.name())),
                found(image, () -> recall.image(pool.name())),
                switch (pool.spread()) {
                    case SOFT_ANTI_AFFINITY -> Optional.of("soft-anti-affinity");
                    case ANTI_AFFINITY -> Optional.of("anti-affinity");
                    case NONE -> Optional.empty();
                },
                pool.volume().map(volume -> new Slot.Disk(volume.size(), volume.type(), volume.use() == Pool.Use.BOOT)),
                pool.zones(),
                pool.configDrive(),
                flavor.isPresent() && image.isPresent()
                        ? Optional.of(pool.flavor() + ", " + imageName)
                        : recall.words(pool.name())));
    }

    private Desired.Net net(Network network) {
        var networks = called(observed.all(Thing.Network.class));
        var external = called(observed.all(Thing.Network.class).filter(Thing.Network::external));
        var subnets = called(observed.all(Thing.Subnet.class));
        var routers = called(observed.all(Thing.Router.class));
        var groups = called(observed.all(Thing.SecurityGroup.class));
        var borrow = network.borrow();
        return new Desired.Net(
                network.cidr().toString(),
                network.dns().stream().map(InetAddress::getHostAddress).toList(),
                found(one("external network", network.external(), external), recall::external),
                all("network", network.attach(), networks, recall::attached),
                all("security group", borrow.securityGroups(), groups, recall::groups),
                borrow.network().map(name -> found(one("network", name, networks), recall::network)),
                borrow.subnet().map(name -> found(one("subnet", name, subnets), recall::subnet)),
                borrow.router().map(name -> found(one("router", name, routers), recall::router)),
                network.api().address().map(address -> found(floatingIp(address), recall::floatingIp)),
                network.api().endpoint() == Network.Endpoint.OCTAVIA);
    }

    private String found(Optional<String> id, Supplier<Optional<String>> recalled) {
        return id.or(recalled).orElseGet(() -> {
            hopeless = true;
            return NOTHING;
        });
    }

    /** All of them by their names, or all as they were. */
    private List<String> all(
            String kind, List<String> names, List<Called> among, Supplier<Optional<List<String>>> recalled) {
        var ids = names.stream().map(name -> one(kind, name, among)).toList();
        if (ids.stream().allMatch(Optional::isPresent)) {
            return ids.stream().flatMap(Optional::stream).toList();
        }
        return recalled.get().orElseGet(() -> {
            hopeless = true;
            return List.of();
        });
    }

    private static Desired.Access access(Spec spec) {
        var allow = spec.network().allow();
        var cni = spec.kubernetes() instanceof Kubernetes.Managed managed ? managed.cni() : Kubernetes.Cni.CANAL;
        return new Desired.Access(cni, ranges(allow.api()), ranges(allow.http()), ranges(allow.ssh()));
    }

    private static List<String> ranges(List<Cidr> ranges) {
        return ranges.stream().map(Cidr::toString).toList();
    }

    private Optional<String> floatingIp(InetAddress address) {
        return one(
                "floating ip",
                address.getHostAddress(),
                observed.all(Thing.FloatingIp.class)
                        .map(ip -> new Called(ip.id(), ip.address()))
                        .toList());
    }

    /** Something under its name. */
    private record Called(String id, String name) {}

    private static List<Called> called(Stream<? extends Thing> things) {
        return things.map(thing -> new Called(thing.id(), thing.name())).toList();
    }

    private Optional<String> offered(String kind, String called, List<? extends Offer> offers) {
        return one(
                kind,
                called,
                offers.stream()
                        .map(offer -> new Called(offer.id(), offer.name()))
                        .toList());
    }

    /** The id of what is called so, or has that id. */
    private Optional<String> one(String kind, String called, List<Called> all) {
        var byId = all.stream().map(Called::id).filter(called::equals).findFirst();
        if (byId.isPresent()) {
            return byId;
        }
        var ids = all.stream()
                .filter(thing -> thing.name().equals(called))
                .map(Called::id)
                .toList();
        if (ids.size() == 1) {
            return Optional.of(ids.getFirst());
        }
        missing.add(ids.isEmpty() ? unknown(kind, called, all) : ambiguous(kind, called, ids));
        return Optional.empty();
    }

    private static Obstacle unknown(String kind, String called, List<Called> all) {
        var names =
                all.stream().map(Called::name).filter(name -> !name.isEmpty()).collect(Collectors.toSet());
        var hint = Nearest.to(called, names).map(near -> "; did you mean \"" + near + "\"?");
        return new Obstacle(reason(kind) + "Unknown", "there is no " + kind + " " + called + hint.orElse(""));
    }

    private static Obstacle ambiguous(String kind, String called, List<String> ids) {
        return new Obstacle(
                reason(kind) + "Ambiguous",
                "there are %d of %s %s: say which one by its id: %s"
                        .formatted(ids.size(), kind, called, String.join(", ", ids)));
    }

    private static String reason(String kind) {
        return Stream.of(kind.split(" ", -1))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }
}
