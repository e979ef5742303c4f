package io.orrery.provisioner.model;

import java.util.Comparator;

/**
 * Something of which a project may have only so much.
 *
 * @param words what people call it, with its unit where there is one
 */
public record Measure(Service service, String words) implements Comparable<Measure> {

    /** Who says how much there may be. */
    public enum Service {
        COMPUTE,
        VOLUME,
        NETWORK,
        LOAD_BALANCER
    }

    public static final Measure INSTANCES = new Measure(Service.COMPUTE, "instances");
    public static final Measure CORES = new Measure(Service.COMPUTE, "cores");
    public static final Measure RAM = new Measure(Service.COMPUTE, "MiB of RAM");
    public static final Measure SERVER_GROUPS = new Measure(Service.COMPUTE, "server groups");
    /** The most for each group: what is used is not said. */
    public static final Measure SERVER_GROUP_MEMBERS = new Measure(Service.COMPUTE, "members of a server group");

    public static Measure membersOf(String pool) {
        return new Measure(Service.COMPUTE, "members of the server group of " + pool);
    }

    public static final Measure VOLUMES = new Measure(Service.VOLUME, "volumes");
    public static final Measure GIGABYTES = new Measure(Service.VOLUME, "GiB of volumes");
    /** The most for each volume: what is used is not said. */
    public static final Measure VOLUME_SIZE = new Measure(Service.VOLUME, "GiB of a volume");

    public static final Measure NETWORKS = new Measure(Service.NETWORK, "networks");
    public static final Measure SUBNETS = new Measure(Service.NETWORK, "subnets");
    public static final Measure PORTS = new Measure(Service.NETWORK, "ports");
    public static final Measure ROUTERS = new Measure(Service.NETWORK, "routers");
    public static final Measure FLOATING_IPS = new Measure(Service.NETWORK, "floating IPs");
    public static final Measure SECURITY_GROUPS = new Measure(Service.NETWORK, "security groups");
    public static final Measure SECURITY_GROUP_RULES = new Measure(Service.NETWORK, "security group rules");
    /** Not a quota of the project: how many there are for everybody, where the cloud says so. */
    public static final Measure EXTERNAL_ADDRESSES = new Measure(Service.NETWORK, "addresses of the external network");

    /** The most of them: what is used is not said. */
    public static final Measure LOAD_BALANCERS = new Measure(Service.LOAD_BALANCER, "load balancers");

    public static Measure volumesOf(String type) {
        return new Measure(Service.VOLUME, "volumes of type " + type);
    }

    public static Measure gigabytesOf(String type) {
        return new Measure(Service.VOLUME, "GiB of volumes of type " + type);
    }

    @Override
    public int compareTo(Measure other) {
        return Comparator.comparing(Measure::service)
                .thenComparing(Measure::words)
                .compare(this, other);
    }
}
