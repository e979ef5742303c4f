package io.orrery.sandbox.openstack.neutron;

import static io.orrery.sandbox.openstack.neutron.Attribute.Form.ANY;
import static io.orrery.sandbox.openstack.neutron.Attribute.Form.ID;
import static io.orrery.sandbox.openstack.neutron.Attribute.Form.IDS;
import static io.orrery.sandbox.openstack.neutron.Attribute.Form.ID_OR_NULL;
import static io.orrery.sandbox.openstack.neutron.Attribute.Form.TEXT;
import static io.orrery.sandbox.openstack.neutron.Attribute.Form.TRUTH;
import static io.orrery.sandbox.openstack.neutron.Attribute.fixed;
import static io.orrery.sandbox.openstack.neutron.Attribute.mutable;
import static io.orrery.sandbox.openstack.neutron.Attribute.required;

import java.util.List;
import java.util.Map;

/** The kinds of resources that the network service has, with their attributes. */
final class Kinds {
    static final Kind NETWORK = new Kind(
            "network",
            "networks",
            "networks",
            "NetworkNotFound",
            "Network %s could not be found.",
            List.of(
                    mutable("name", TEXT, ""),
                    mutable("description", TEXT, ""),
                    mutable("admin_state_up", TRUTH, true),
                    mutable("shared", TRUTH, false),
                    mutable("router:external", TRUTH, false),
                    mutable("port_security_enabled", TRUTH, true),
                    mutable("mtu", ANY, 1450),
                    mutable("is_default", TRUTH, false),
                    fixed("availability_zone_hints", ANY, List.of())),
            List.of("subnets", "availability_zones", "ipv4_address_scope", "ipv6_address_scope"));

    static final Kind SUBNET = new Kind(
            "subnet",
            "subnets",
            "subnets",
            "SubnetNotFound",
            "Subnet %s could not be found.",
            List.of(
                    required("ip_version", ANY),
                    required("network_id", ID),
                    mutable("name", TEXT, ""),
                    mutable("description", TEXT, ""),
                    fixed("cidr", ANY, null),
                    mutable("gateway_ip", ANY, "(first)"),
                    mutable("allocation_pools", ANY, "(all)"),
                    mutable("dns_nameservers", ANY, List.of()),
                    mutable("host_routes", ANY, List.of()),
                    mutable("enable_dhcp", TRUTH, true),
                    mutable("service_types", ANY, List.of()),
                    fixed("subnetpool_id", ID_OR_NULL, null),
                    fixed("ipv6_ra_mode", ANY, null),
                    fixed("ipv6_address_mode", ANY, null)),
            List.of());

    static final Kind PORT = new Kind(
            "port",
            "ports",
            "ports",
            "PortNotFound",
            "Port %s could not be found.",
            List.of(
                    required("network_id", ID),
                    mutable("name", TEXT, ""),
                    mutable("description", TEXT, ""),
                    mutable("admin_state_up", TRUTH, true),
                    fixed("mac_address", TEXT, ""),
                    mutable("device_id", TEXT, ""),
                    mutable("device_owner", TEXT, ""),
                    mutable("fixed_ips", ANY, "(any)"),
                    mutable("allowed_address_pairs", ANY, List.of()),
                    mutable("extra_dhcp_opts", ANY, List.of()),
                    mutable("security_groups", IDS, List.of("(default)")),
                    mutable("port_security_enabled", TRUTH, true),
                    mutable("binding:vnic_type", TEXT, "normal")),
            List.of());

    static final Kind ROUTER = new Kind(
            "router",
            "routers",
            "routers",
            "RouterNotFound",
            "Router %s could not be found",
            List.of(
                    mutable("name", TEXT, ""),
                    mutable("description", TEXT, ""),
                    mutable("admin_state_up", TRUTH, true),
                    mutable("external_gateway_info", ANY, null),
                    mutable("routes", ANY, List.of()),
                    fixed("availability_zone_hints", ANY, List.of()),
                    fixed("flavor_id", ID_OR_NULL, null)),
            List.of("availability_zones"));

    static final Kind FLOATING_IP = new Kind(
            "floatingip",
            "floatingips",
            "floatingips",
            "FloatingIPNotFound",
            "Floating IP %s could not be found",
            List.of(
                    required("floating_network_id", ID),
                    mutable("description", TEXT, ""),
                    mutable("port_id", ID_OR_NULL, null),
                    mutable("fixed_ip_address", ANY, null),
                    fixed("floating_ip_address", ANY, null),
                    fixed("subnet_id", ID_OR_NULL, null)),
            List.of("router_id", "port_details"));

    static final Kind SECURITY_GROUP = new Kind(
            "security_group",
            "security_groups",
            "security-groups",
            "SecurityGroupNotFound",
            "Security group %s does not exist",
            List.of(mutable("name", TEXT, ""), mutable("description", TEXT, ""), mutable("stateful", TRUTH, true)),
            List.of("security_group_rules", "shared"));

    static final Kind RULE = new Kind(
            "security_group_rule",
            "security_group_rules",
            "security-group-rules",
            "SecurityGroupRuleNotFound",
            "Security group rule %s does not exist",
            List.of(
                    required("security_group_id", ID),
                    required("direction", TEXT),
                    fixed("ethertype", TEXT, "IPv4"),
                    fixed("protocol", ANY, null),
                    fixed("port_range_min", ANY, null),
                    fixed("port_range_max", ANY, null),
                    fixed("remote_ip_prefix", ANY, null),
                    fixed("remote_group_id", ID_OR_NULL, null),
                    fixed("remote_address_group_id", ID_OR_NULL, null),
                    fixed("description", TEXT, "")),
            List.of("normalized_cidr"));

    /** Kinds that exist and of which there are none here: listing them is a true answer. */
    static final Map<String, String> NONE = Map.of(
            "subnetpools", "subnetpools",
            "address-scopes", "address_scopes",
            "agents", "agents");

    private Kinds() {}
}
