package io.orrery.provisioner.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.contracts.platform.Cidr;
import io.orrery.provisioner.model.Catalogue.Flavor;
import io.orrery.provisioner.model.Catalogue.Image;
import io.orrery.provisioner.model.Rule;
import io.orrery.provisioner.model.Thing;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.openstack4j.model.compute.Server;
import org.openstack4j.model.network.AllowedAddressPair;
import org.openstack4j.model.network.ExternalGateway;
import org.openstack4j.model.network.NetFloatingIP;
import org.openstack4j.model.network.Network;
import org.openstack4j.model.network.Port;
import org.openstack4j.model.network.Router;
import org.openstack4j.model.network.SecurityGroup;
import org.openstack4j.model.network.SecurityGroupRule;
import org.openstack4j.model.network.Subnet;

/** openstack4j's models to ours. */
final class Things {

    private static final String ROUTER_PORT = "network:router_interface";
    private static final String HA_ROUTER_PORT = "network:ha_router_replicated_interface";
    private static final int USUAL_MTU = 1500;

    private Things() {}

    static Thing network(Network network) {
        return new Thing.Network(
                network.getId(),
                text(network.getName()),
                instant(network.getCreatedTime()),
                network.isRouterExternal(),
                Optional.ofNullable(network.getMTU()).orElse(USUAL_MTU),
                network.isAdminStateUp());
    }

    static Thing subnet(Subnet subnet) {
        return new Thing.Subnet(
                subnet.getId(),
                text(subnet.getName()),
                instant(subnet.getCreatedTime()),
                subnet.getNetworkId(),
                subnet.getCidr(),
                stream(subnet.getDnsNames()).collect(Collectors.toSet()),
                Optional.ofNullable(subnet.getGateway()),
                subnet.isDHCPEnabled());
    }

    static Thing router(Router router) {
        var gateway = Optional.ofNullable(router.getExternalGatewayInfo()).map(ExternalGateway::getNetworkId);
        return new Thing.Router(
                router.getId(), text(router.getName()), Instant.MAX, gateway, router.isAdminStateUp(), (int)
                        stream(router.getRoutes()).count());
    }

    /** Neutron lists routers' interfaces among the ports. */
    static Thing port(Port port) {
        var owner = text(port.getDeviceOwner());
        var addresses = new HashMap<String, String>();
        stream(port.getFixedIps()).forEach(ip -> addresses.put(ip.getSubnetId(), ip.getIpAddress()));
        if (owner.startsWith(ROUTER_PORT) || owner.equals(HA_ROUTER_PORT)) {
            return new Thing.RouterInterface(
                    port.getId(), instant(port.getCreatedTime()), port.getDeviceId(), addresses.keySet());
        }
        return new Thing.Port(
                port.getId(),
                text(port.getName()),
                instant(port.getCreatedTime()),
                port.getNetworkId(),
                addresses,
                Optional.ofNullable(port.getDeviceId()).filter(device -> !device.isEmpty()),
                port.isAdminStateUp(),
                !Boolean.FALSE.equals(port.isPortSecurityEnabled()),
                Set.copyOf(Optional.ofNullable(port.getSecurityGroups()).orElseGet(List::of)),
                stream(port.getAllowedAddressPairs())
                        .map(AllowedAddressPair::getIpAddress)
                        .collect(Collectors.toSet()));
    }

    static Thing floatingIp(NetFloatingIP address) {
        return new Thing.FloatingIp(
                address.getId(),
                text(address.getDescription()),
                instant(address.getCreatedAt()),
                address.getFloatingIpAddress(),
                Optional.ofNullable(address.getPortId()).filter(port -> !port.isEmpty()));
    }

    static Thing securityGroup(SecurityGroup group) {
        var rules = new HashMap<String, Rule>();
        stream(group.getRules()).forEach(rule -> rules.put(rule.getId(), rule(rule)));
        return new Thing.SecurityGroup(
                group.getId(), text(group.getName()), Instant.MAX, text(group.getDescription()), rules);
    }

    private static Rule rule(SecurityGroupRule rule) {
        var group = Optional.ofNullable(rule.getRemoteGroupId()).<Rule.Peer>map(Rule.Peer.Group::new);
        var range = Optional.ofNullable(rule.getRemoteIpPrefix())
                .filter(prefix -> !prefix.endsWith("/0"))
                .<Rule.Peer>map(prefix -> new Rule.Peer.Range(Cidr.parse(prefix).toString()));
        var ports = Optional.ofNullable(rule.getPortRangeMin())
                .map(from -> new Rule.Ports(
                        from, Optional.ofNullable(rule.getPortRangeMax()).orElse(from)));
        return new Rule(
                "egress".equals(rule.getDirection()) ? Rule.Direction.EGRESS : Rule.Direction.INGRESS,
                rule.getEtherType(),
                Optional.ofNullable(rule.getProtocol()).map(protocol -> protocol.toLowerCase(Locale.ROOT)),
                ports,
                group.or(() -> range));
    }

    /** @param node the same server, as openstack4j knows nothing of which volumes go with it, and asks for its flavor */
    static Thing server(Server server, JsonNode node) {
        var volumes = node.path("os-extended-volumes:volumes_attached");
        var flags = volumes.findValues("delete_on_termination");
        return new Thing.Server(
                server.getId(),
                text(server.getName()),
                instant(server.getCreated()),
                status(server),
                Optional.ofNullable(server.getFault()).map(fault -> "Nova says: " + fault.getMessage()),
                Optional.of(node.at("/flavor/id").asText()).filter(id -> !id.isEmpty()),
                Optional.ofNullable(server.getMetadata()).orElseGet(Map::of),
                Optional.of((int) flags.stream().filter(JsonNode::asBoolean).count())
                        .filter(count -> volumes.isArray() && flags.size() == volumes.size()));
    }

    static Thing serverGroup(JsonNode group) {
        return new Thing.ServerGroup(
                group.path("id").asText(),
                group.path("name").asText(),
                stream(group.path("members")).map(JsonNode::asText).collect(Collectors.toSet()));
    }

    private static Thing.Server.Status status(Server server) {
        if ("deleting".equals(server.getTaskState())) {
            return Thing.Server.Status.DELETING;
        }
        return switch (server.getStatus()) {
            case BUILD, REBUILD -> Thing.Server.Status.BUILDING;
            case ACTIVE -> Thing.Server.Status.ACTIVE;
            case ERROR -> Thing.Server.Status.ERROR;
            case STOPPED, SHUTOFF, SHELVED, SHELVED_OFFLOADED -> Thing.Server.Status.STOPPED;
            case DELETED -> Thing.Server.Status.DELETING;
            default -> Thing.Server.Status.BUSY;
        };
    }

    static Flavor flavor(JsonNode flavor) {
        return new Flavor(
                flavor.path("id").asText(),
                flavor.path("name").asText(),
                flavor.path("vcpus").asInt(),
                flavor.path("ram").asInt(),
                flavor.path("disk").asInt(),
                flavor.path("OS-FLV-DISABLED:disabled").asBoolean());
    }

    static Image image(JsonNode image) {
        return new Image(
                image.path("id").asText(),
                image.path("name").asText(),
                image.path("status").asText(),
                image.path("min_disk").asInt(),
                image.path("min_ram").asInt(),
                image.path("size").asLong());
    }

    private static Instant instant(Date date) {
        return date == null ? Instant.MAX : date.toInstant();
    }

    private static String text(String text) {
        return text == null ? "" : text;
    }

    private static Stream<JsonNode> stream(JsonNode all) {
        return StreamSupport.stream(all.spliterator(), false);
    }

    private static <T> Stream<T> stream(Collection<? extends T> all) {
        return all == null ? Stream.empty() : all.stream().map(it -> it);
    }
}
