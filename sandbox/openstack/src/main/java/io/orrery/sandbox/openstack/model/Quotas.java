package io.orrery.sandbox.openstack.model;

import java.util.HashMap;
import java.util.Map;

/**
 * How much a project may have, by the services' own names; -1 is without limit.
 *
 * @param compute Nova: instances, cores, ram (MiB), key_pairs, server_groups, server_group_members, metadata_items
 * @param network Neutron: network, subnet, port, router, floatingip, security_group, security_group_rule
 * @param volume Cinder: volumes, gigabytes, snapshots, and each of them for a type ({@code volumes___DEFAULT__}); per_volume_gigabytes
 * @param balancing Octavia: loadbalancer
 */
public record Quotas(
        Map<String, Integer> compute,
        Map<String, Integer> network,
        Map<String, Integer> volume,
        Map<String, Integer> balancing) {
    public Quotas {
        compute = Map.copyOf(compute);
        network = Map.copyOf(network);
        volume = Map.copyOf(volume);
        balancing = Map.copyOf(balancing);
    }

    /** A member project of a middling public cloud. */
    public static Quotas usual() {
        return new Quotas(
                Map.of(
                        "instances", 20,
                        "cores", 80,
                        "ram", 400 * 1024,
                        "key_pairs", 100,
                        "server_groups", 10,
                        "server_group_members", 10,
                        "metadata_items", 128),
                Map.of(
                        "network", 100,
                        "subnet", 100,
                        "subnetpool", -1,
                        "port", 500,
                        "router", 10,
                        "floatingip", 50,
                        "rbac_policy", 10,
                        "security_group", 10,
                        "security_group_rule", 100),
                Map.of(
                        "volumes", 10,
                        "gigabytes", 1000,
                        "snapshots", 10,
                        "per_volume_gigabytes", -1,
                        "backups", 10,
                        "backup_gigabytes", 1000,
                        "volumes___DEFAULT__", -1,
                        "gigabytes___DEFAULT__", -1,
                        "snapshots___DEFAULT__", -1),
                Map.of("loadbalancer", 10, "listener", -1, "pool", -1, "member", -1, "healthmonitor", -1));
    }

    /** The same with one limit of Nova's set. */
    public Quotas withCompute(String name, int limit) {
        return new Quotas(with(compute, name, limit), network, volume, balancing);
    }

    /** The same with one limit of Neutron's set. */
    public Quotas withNetwork(String name, int limit) {
        return new Quotas(compute, with(network, name, limit), volume, balancing);
    }

    /** The same with one limit of Cinder's set. */
    public Quotas withVolume(String name, int limit) {
        return new Quotas(compute, network, with(volume, name, limit), balancing);
    }

    private static Map<String, Integer> with(Map<String, Integer> limits, String name, int limit) {
        var changed = new HashMap<>(limits);
        changed.put(name, limit);
        return changed;
    }
}
