package io.orrery.provisioner.openstack;

import io.orrery.provisioner.model.Kind;
import java.util.Map;

/** Where the kinds live in the services' APIs. */
final class Paths {

    /** From 2.64 a server group has one policy, and 2.15 brought the soft ones. */
    static final Map<String, String> SERVER_GROUPS = Map.of("OpenStack-API-Version", "compute 2.64");

    /** From 2.3 it is said of each volume of a server whether it goes with it. */
    static final Map<String, String> SERVERS = Map.of("OpenStack-API-Version", "compute 2.3");

    private Paths() {}

    static String service(Kind kind) {
        return switch (kind) {
            case SERVER, SERVER_GROUP -> "compute";
            case NETWORK, SUBNET, ROUTER, ROUTER_INTERFACE, SECURITY_GROUP, PORT, FLOATING_IP -> "network";
            case VOLUME, SNAPSHOT -> "volume";
            case LOAD_BALANCER -> "load-balancer";
            case EC2_CREDENTIAL, APPLICATION_CREDENTIAL -> "identity";
            case BUCKET -> throw new IllegalArgumentException("a bucket is S3's");
        };
    }

    static String of(Kind kind) {
        return switch (kind) {
            case NETWORK -> "/networks";
            case SUBNET -> "/subnets";
            case ROUTER -> "/routers";
            case ROUTER_INTERFACE, PORT -> "/ports";
            case SECURITY_GROUP -> "/security-groups";
            case FLOATING_IP -> "/floatingips";
            case SERVER -> "/servers";
            case SERVER_GROUP -> "/os-server-groups";
            case VOLUME -> "/volumes";
            case SNAPSHOT -> "/snapshots";
            case LOAD_BALANCER -> "/lbaas/loadbalancers";
            case EC2_CREDENTIAL -> "/credentials/OS-EC2"; // of a user, see Connection.user
            case APPLICATION_CREDENTIAL -> "/application_credentials"; // likewise
            case BUCKET -> throw new IllegalArgumentException("a bucket is S3's");
        };
    }
}
