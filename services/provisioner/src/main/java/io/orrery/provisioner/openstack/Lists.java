package io.orrery.provisioner.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.provisioner.model.Catalogue;
import io.orrery.provisioner.model.Observed;
import io.orrery.provisioner.model.Thing;
import io.orrery.provisioner.reconcile.CloudException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.openstack4j.openstack.compute.domain.NovaServer;
import org.openstack4j.openstack.networking.domain.NeutronFloatingIP;
import org.openstack4j.openstack.networking.domain.NeutronNetwork;
import org.openstack4j.openstack.networking.domain.NeutronPort;
import org.openstack4j.openstack.networking.domain.NeutronRouter;
import org.openstack4j.openstack.networking.domain.NeutronSecurityGroup;
import org.openstack4j.openstack.networking.domain.NeutronSubnet;

/** Looks at a whole project with one list for each kind, all at once, however many platforms and machines there are. */
final class Lists {

    private static final Executor EACH_ITS_OWN = task -> Thread.ofVirtual().start(task);

    private final Connection connection;
    private final Clock clock;

    Lists(Connection connection, Clock clock) {
        this.connection = connection;
        this.clock = clock;
    }

    Observed everything() {
        var begun = clock.instant();
        var lists = Stream.<Supplier<List<Thing>>>of(
                        () -> network("networks", NeutronNetwork.class, Things::network),
                        () -> network("subnets", NeutronSubnet.class, Things::subnet),
                        () -> network("routers", NeutronRouter.class, Things::router),
                        () -> network("ports", NeutronPort.class, Things::port),
                        () -> network("floatingips", NeutronFloatingIP.class, Things::floatingIp),
                        () -> network(
                                "security-groups",
                                "security_groups",
                                NeutronSecurityGroup.class,
                                Things::securityGroup),
                        this::servers,
                        this::serverGroups)
                .map(list -> CompletableFuture.supplyAsync(list, EACH_ITS_OWN))
                .toList();
        return Observed.of(
                begun, lists.stream().flatMap(list -> join(list).stream()).toList());
    }

    Catalogue catalogue() {
        return new Catalogue(
                offers("compute", "/flavors/detail", "flavors", Things::flavor),
                offers("image", "/images", "images", Things::image));
    }

    private <T> List<T> offers(String service, String path, String member, Function<JsonNode, T> mapping) {
        return connection.list(service, path, member, Map.of(), JsonNode.class).stream()
                .map(mapping)
                .toList();
    }

    private <T> List<Thing> network(String member, Class<T> type, Function<T, Thing> mapping) {
        return network(member, member, type, mapping);
    }

    private <T> List<Thing> network(String path, String member, Class<T> type, Function<T, Thing> mapping) {
        return connection.list("network", "/" + path, member, Map.of(), type).stream()
                .map(mapping)
                .toList();
    }

    List<Thing> servers() {
        return connection.list("compute", "/servers/detail", "servers", Paths.SERVERS, JsonNode.class).stream()
                .map(node -> Things.server(Connection.read(node, NovaServer.class), node))
                .toList();
    }

    private List<Thing> serverGroups() {
        return connection
                .list("compute", "/os-server-groups", "server_groups", Paths.SERVER_GROUPS, JsonNode.class)
                .stream()
                .map(Things::serverGroup)
                .toList();
    }

    private static List<Thing> join(CompletableFuture<List<Thing>> list) {
        try {
            return new ArrayList<>(list.join());
        } catch (CompletionException e) {
            if (e.getCause() instanceof CloudException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
