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
    BUCKET("bucket"),
    EC2_CREDENTIAL("ec2 credential");

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

    /** What must be gone before the last thing of this kind can go: OpenStack answers 409 before. */
    public Set<Kind> heldBy() {
        return switch (this) {
            case SERVER, BUCKET, EC2_CREDENTIAL -> EnumSet.noneOf(Kind.class);
            case FLOATING_IP, SERVER_GROUP -> EnumSet.of(SERVER);
            case PORT -> EnumSet.of(SERVER, FLOATING_IP);
            case SECURITY_GROUP, ROUTER_INTERFACE -> EnumSet.of(PORT, FLOATING_IP);
            case ROUTER -> EnumSet.of(ROUTER_INTERFACE);
            case SUBNET -> EnumSet.of(PORT, ROUTER_INTERFACE);
            case NETWORK -> EnumSet.of(SUBNET, PORT);
        };
    }
}
