package io.orrery.provisioner.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.contracts.Sealed;
import io.orrery.provisioner.model.Kind;
import io.orrery.provisioner.model.Rule;
import io.orrery.provisioner.model.Thing;
import io.orrery.provisioner.plan.Blueprint;
import io.orrery.provisioner.plan.Step;
import io.orrery.provisioner.reconcile.CloudException;
import io.orrery.provisioner.reconcile.CloudException.Sort;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.openstack4j.api.Builders;
import org.openstack4j.model.network.AttachInterfaceType;
import org.openstack4j.model.network.IPVersionType;

/** Does what steps say. One call each, so that a lost answer leaves one thing in doubt. */
final class Works {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Connection connection;
    private final Machinery machinery;
    private final Identity identity;
    private final BalancerWorks balancers;

    Works(Connection connection, Clock clock) {
        this.connection = connection;
        this.machinery = new Machinery(connection, clock);
        this.identity = new Identity(connection);
        this.balancers = new BalancerWorks(connection);
    }

    Optional<Thing> apply(Step step, Function<Sealed, byte[]> secrets) {
        return switch (step) {
            case Step.Create create -> Optional.of(create(create, secrets));
            case Step.Rename rename -> {
                rename(rename);
                yield Optional.empty();
            }
            case Step.Mark mark -> {
                mark(mark);
                yield Optional.empty();
            }
            case Step.SwitchOn on -> {
                put(on.kind(), on.id(), fields -> fields.put("admin_state_up", true));
                yield Optional.empty();
            }
            case Step.SetNameServers set -> {
                put(Kind.SUBNET, set.subnetId(), fields -> {
                    var servers = fields.putArray("dns_nameservers");
                    set.dns().forEach(servers::add);
                });
                yield Optional.empty();
            }
            case Step.SetDefaultRoute route -> {
                put(Kind.SUBNET, route.subnetId(), fields -> fields.put("gateway_ip", route.address()));
                yield Optional.empty();
            }
            case Step.SwitchDhcpOn on -> {
                put(Kind.SUBNET, on.subnetId(), fields -> fields.put("enable_dhcp", true));
                yield Optional.empty();
            }
            case Step.DropRoutes drop -> {
                put(Kind.ROUTER, drop.routerId(), fields -> fields.putArray("routes"));
                yield Optional.empty();
            }
            case Step.Describe describe -> {
                put(describe.kind(), describe.id(), fields -> fields.put("description", describe.text()));
                yield Optional.empty();
            }
            case Step.SetGateway gateway -> {
                put(Kind.ROUTER, gateway.routerId(), fields -> fields.putObject("external_gateway_info")
                        .put("network_id", gateway.networkId()));
                yield Optional.empty();
            }
            case Step.Associate associate ->
                Optional.of(Things.floatingIp(connection.call(os ->
                        os.networking().floatingip().associateToPort(associate.floatingIpId(), associate.portId()))));
            case Step.AddRules add -> {
                addRules(add);
                yield Optional.empty();
            }
            case Step.RemoveRule remove -> {
                send("DELETE", "network", "/security-group-rules/" + remove.ruleId(), Optional.empty());
                yield Optional.empty();
            }
            case Step.AmendPort amend -> {
                amend(amend);
                yield Optional.empty();
            }
            case Step.MendBalancer mend -> Optional.of(balancers.mend(mend));
            case Step.PlugPort plug -> {
                connection.call(os -> os.compute().servers().interfaces().create(plug.serverId(), plug.portId()));
                yield Optional.empty();
            }
            case Step.Unplug unplug -> {
                gone(() -> connection.call(
                        os -> os.networking().router().detachInterface(unplug.routerId(), unplug.subnetId(), null)));
                yield Optional.empty();
            }
            case Step.Delete delete -> {
                gone(() -> delete(delete));
                yield Optional.empty();
            }
            case Step.LeaveAlone none -> throw new IllegalArgumentException(none.words() + " is no work");
            case Step.AskFor ask -> throw new IllegalArgumentException(ask.words() + " is no work");
            case Step.Probe probe -> throw new IllegalArgumentException("a bucket is S3's: " + probe.words());
        };
    }

    /** Where things of the kind live for the one who is signed in. */
    String path(Kind kind) {
        return Paths.service(kind).equals("identity") ? identity.path(kind) : Paths.of(kind);
    }

    /** Octavia takes what hangs on a load balancer along, if asked to. */
    private void delete(Step.Delete delete) {
        var along = delete.kind() == Kind.LOAD_BALANCER ? "?cascade=true" : "";
        send("DELETE", Paths.service(delete.kind()), path(delete.kind()) + "/" + delete.id() + along, Optional.empty());
    }

    private Thing create(Step.Create create, Function<Sealed, byte[]> secrets) {
        var name = create.name();
        return switch (create.blueprint()) {
            case Blueprint.Network ignored ->
                Things.network(connection.call(os -> os.networking()
                        .network()
                        .create(Builders.network().name(name).adminStateUp(true).build())));
            case Blueprint.Subnet subnet -> subnet(name, subnet);
            case Blueprint.Router router ->
                Things.router(connection.call(os -> os.networking()
                        .router()
                        .create(Builders.router()
                                .name(name)
                                .adminStateUp(true)
                                .externalGateway(router.externalNetworkId())
                                .build())));
            case Blueprint.RouterInterface plug -> plug(plug);
            case Blueprint.SecurityGroup group ->
                Things.securityGroup(connection.call(os -> os.networking()
                        .securitygroup()
                        .create(Builders.securityGroup()
                                .name(name)
                                .description(group.about())
                                .build())));
            case Blueprint.Port port -> port(name, port);
            case Blueprint.FloatingIp address ->
                Things.floatingIp(connection.call(os -> os.networking()
                        .floatingip()
                        .create(Builders.netFloatingIP()
                                .floatingNetworkId(address.externalNetworkId())
                                .portId(address.portId())
                                .description(name)
                                .build())));
            case Blueprint.LoadBalancer balancer -> balancers.create(name, balancer);
            case Blueprint.Bucket ignored -> throw new IllegalArgumentException("a bucket is S3's");
            case Blueprint.Ec2Credential ignored -> identity.makeEc2();
            case Blueprint.ApplicationCredential wish -> identity.makeApplication(name, secrets.apply(wish.chosen()));
            case Blueprint.ServerGroup group -> machinery.group(name, group);
            case Blueprint.Server server -> machinery.server(name, server, secrets);
        };
    }

    private Thing subnet(String name, Blueprint.Subnet subnet) {
        var builder = Builders.subnet()
                .name(name)
                .networkId(subnet.networkId())
                .ipVersion(IPVersionType.V4)
                .cidr(subnet.cidr())
                .enableDHCP(true);
        subnet.dns().forEach(builder::addDNSNameServer);
        return Things.subnet(connection.call(os -> os.networking().subnet().create(builder.build())));
    }

    private Thing plug(Blueprint.RouterInterface plug) {
        var made = connection.call(os ->
                os.networking().router().attachInterface(plug.routerId(), AttachInterfaceType.SUBNET, plug.subnetId()));
        return new Thing.RouterInterface(made.getPortId(), Instant.MAX, plug.routerId(), Set.of(plug.subnetId()));
    }

    private Thing port(String name, Blueprint.Port port) {
        var builder = Builders.port().name(name).networkId(port.networkId()).adminState(port.up());
        port.subnetId().ifPresent(subnet -> builder.fixedIp(port.address().orElse(null), subnet));
        port.groups().forEach(builder::securityGroup);
        port.pairs().forEach(pair -> builder.allowedAddressPair(pair, null));
        return Things.port(connection.call(os -> os.networking().port().create(builder.build())));
    }

    private void rename(Step.Rename rename) {
        if (rename.kind() == Kind.SERVER) {
            var body = JSON.objectNode();
            body.putObject("server").put("name", rename.name());
            send("PUT", "compute", "/servers/" + rename.id(), Optional.of(body));
            return;
        }
        var field = rename.kind() == Kind.FLOATING_IP ? "description" : "name";
        put(rename.kind(), rename.id(), fields -> fields.put(field, rename.name()));
    }

    /** Nova merges them into what is there. */
    private void mark(Step.Mark mark) {
        var body = JSON.objectNode();
        var metadata = body.putObject("metadata");
        mark.marks().forEach(metadata::put);
        send("POST", "compute", "/servers/" + mark.serverId() + "/metadata", Optional.of(body));
    }

    /** All rules of a group in one call: Neutron takes them all or none. */
    private void addRules(Step.AddRules add) {
        var body = JSON.objectNode();
        var rules = body.putArray("security_group_rules");
        add.rules().forEach(rule -> rules.add(rule(add.groupId(), rule)));
        send("POST", "network", "/security-group-rules", Optional.of(body));
    }

    private static ObjectNode rule(String groupId, Rule rule) {
        var node = JSON.objectNode()
                .put("security_group_id", groupId)
                .put("direction", rule.direction().name().toLowerCase(Locale.ROOT))
                .put("ethertype", rule.ethertype());
        rule.protocol().ifPresent(protocol -> node.put("protocol", protocol));
        rule.ports().ifPresent(ports -> node.put("port_range_min", ports.from()).put("port_range_max", ports.to()));
        rule.peer().ifPresent(peer -> {
            switch (peer) {
                case Rule.Peer.Group group -> node.put("remote_group_id", group.id());
                case Rule.Peer.Range range -> node.put("remote_ip_prefix", range.cidr());
            }
        });
        return node;
    }

    /** openstack4j would send what Neutron does not let one change. */
    private void amend(Step.AmendPort amend) {
        put(Kind.PORT, amend.portId(), fields -> {
            fields.put("admin_state_up", amend.blueprint().up());
            if (amend.guard()) {
                fields.put("port_security_enabled", true);
            }
            var groups = fields.putArray("security_groups");
            amend.blueprint().groups().forEach(groups::add);
            var pairs = fields.putArray("allowed_address_pairs");
            amend.blueprint().pairs().forEach(pair -> pairs.addObject().put("ip_address", pair));
            amend.blueprint().address().ifPresent(address -> fields.putArray("fixed_ips")
                    .addObject()
                    .put("subnet_id", amend.blueprint().subnetId().orElseThrow())
                    .put("ip_address", address));
        });
    }

    private void put(Kind kind, String id, Consumer<ObjectNode> change) {
        var body = JSON.objectNode();
        change.accept(body.putObject(member(kind)));
        send("PUT", Paths.service(kind), Paths.of(kind) + "/" + id, Optional.of(body));
    }

    private void send(String verb, String service, String path, Optional<JsonNode> body) {
        connection.json(verb, service, path, Map.of(), body);
    }

    /** What is to be removed and is not there is removed. */
    private static void gone(Runnable removal) {
        try {
            removal.run();
        } catch (CloudException e) {
            if (e.sort() != Sort.NOT_FOUND) {
                throw e;
            }
        }
    }

    private static String member(Kind kind) {
        return switch (kind) {
            case SECURITY_GROUP -> "security_group";
            case FLOATING_IP -> "floatingip";
            case LOAD_BALANCER -> "loadbalancer";
            default -> kind.word();
        };
    }
}
