package io.orrery.provisioner.model;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** What can be made on a cloud. The word is the OpenStack client's. */
public enum Kind {
    NETWORK("network"),
    SUBNET("subnet"),
    ROUTER("router"),
    ROUTER_INTERFACE("router interface"),
    SECURITY_GROUP("security group"),
    PORT("port"),
    FLOATING_IP("floating ip"),
    SERVER_GROUP("server group"),
    SERVER("server"),
    LOAD_BALANCER("load balancer"),
    VOLUME("volume"),
    SNAPSHOT("volume snapshot"),
    BUCKET("bucket"),
    EC2_CREDENTIAL("ec2 credential"),
    APPLICATION_CREDENTIAL("application credential");

    private final String word;

    Kind(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    public static Kind of(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no kind " + word));
    }

    /** Whether the service takes its time, and answers a deletion before it is done. */
    public boolean lingers() {
        return EnumSet.of(SERVER, VOLUME, SNAPSHOT, LOAD_BALANCER).contains(this);
    }

    /** What must be gone before the last thing of this kind can go: OpenStack answers 409 before. */
    public Set<Kind> heldBy() {
        return switch (this) {
            case SERVER, SERVER_GROUP, SNAPSHOT, LOAD_BALANCER, BUCKET, EC2_CREDENTIAL -> EnumSet.noneOf(Kind.class);
            case FLOATING_IP, APPLICATION_CREDENTIAL -> EnumSet.of(SERVER);
            case VOLUME -> EnumSet.of(SERVER, SNAPSHOT);
            case PORT -> EnumSet.of(SERVER, FLOATING_IP, LOAD_BALANCER);
            case SECURITY_GROUP, ROUTER_INTERFACE -> EnumSet.of(PORT, FLOATING_IP, LOAD_BALANCER);
            case ROUTER -> EnumSet.of(ROUTER_INTERFACE);
            case SUBNET -> EnumSet.of(PORT, ROUTER_INTERFACE);
            case NETWORK -> EnumSet.of(SUBNET, PORT);
        };
    }
}
