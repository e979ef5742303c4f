package io.orrery.provisioner.model;

import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Uid;

/** What the ledger calls the resources of a platform, and what the cloud does. */
public final class Keys {

    public static final String NETWORK = "network";
    public static final String SUBNET = "subnet";
    public static final String ROUTER = "router";
    public static final String ROUTER_INTERFACE = "router-interface";
    public static final String SERVERS = "group:servers";
    public static final String AGENTS = "group:agents";
    public static final String VIP = "vip";
    public static final String BALANCER = "api";
    public static final String FLOATING_IP = "floating-ip";
    public static final String BUCKET = "bucket";
    public static final String EC2_CREDENTIAL = "ec2-credential";
    public static final String APPLICATION_CREDENTIAL = "application-credential";

    private static final int LONGEST_HOST_NAME = 63;

    private Keys() {}

    /** @param policy cannot be changed, so that each one takes a group of its own */
    public static String serverGroup(String pool, String policy) {
        return "spread:" + pool + "." + policy;
    }

    public static String server(String slot) {
        return "server:" + slot;
    }

    /** Whether it is a server that is called so, or the double of one. */
    public static boolean isOfServer(String key) {
        return key.startsWith("server:");
    }

    /** @param index 0: the platform's own network; above: the attached ones, in the document's order */
    public static String port(String slot, int index) {
        return "port:" + slot + ":" + index;
    }

    /** Name of a resource; begins with the mark that makes it ours. A machine's ports are named after the machine. */
    public static String name(PlatformName platform, Uid uid, String key) {
        var parts = key.split(":", -1);
        if (parts.length == 3) {
            return parts[1] + "-" + parts[0] + "-" + parts[2];
        }
        return "orrery-" + platform + "-" + uid.shortForm() + "-" + key.replace(':', '-');
    }

    /**
     * Name of a machine: a host name, so the platform's part is cut where all of it would be too long.
     *
     * @param suffix tells the machine from all that were in the pool before it
     */
    public static String slot(PlatformName platform, Uid uid, String pool, String suffix) {
        var tail = "-" + uid.shortForm() + "-" + pool + "-" + suffix;
        var head = "orrery-" + platform;
        return head.substring(0, Math.min(head.length(), LONGEST_HOST_NAME - tail.length())) + tail;
    }
}
