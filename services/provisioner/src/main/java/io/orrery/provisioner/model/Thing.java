package io.orrery.provisioner.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Something on the cloud, as its service lists it; only what we compare. */
public sealed interface Thing {

    String id();

    /** The name, or where there is none what bears the mark instead. */
    String name();

    /** When it was made; {@link Instant#MAX} where the service does not say. */
    Instant created();

    Kind kind();

    /**
     * @param external whether floating IPs can come from it
     * @param up what is switched off carries nothing
     */
    record Network(String id, String name, Instant created, boolean external, int mtu, boolean up) implements Thing {
        @Override
        public Kind kind() {
            return Kind.NETWORK;
        }
    }

    /**
     * @param dns name servers; none: the cloud's own
     * @param gateway where its machines send what is for others; empty: nowhere
     * @param dhcp whether machines are told their addresses
     */
    record Subnet(
            String id,
            String name,
            Instant created,
            String networkId,
            String cidr,
            Set<String> dns,
            Optional<String> gateway,
            boolean dhcp)
            implements Thing {
        public Subnet {
            dns = Set.copyOf(dns);
        }

        @Override
        public Kind kind() {
            return Kind.SUBNET;
        }
    }

    /**
     * @param gateway the external network behind it
     * @param routes how many it has beside those to its subnets and its gateway
     */
    record Router(String id, String name, Instant created, Optional<String> gateway, boolean up, int routes)
            implements Thing {
        @Override
        public Kind kind() {
            return Kind.ROUTER;
        }
    }

    /** A router's port on a subnet. It has no name. */
    record RouterInterface(String id, Instant created, String routerId, Set<String> subnets) implements Thing {
        public RouterInterface {
            subnets = Set.copyOf(subnets);
        }

        @Override
        public String name() {
            return "";
        }

        @Override
        public Kind kind() {
            return Kind.ROUTER_INTERFACE;
        }
    }

    /**
     * @param addresses by subnet id
     * @param device the server that it is plugged into
     * @param guarded whether security groups and pairs count at all: its port security
     * @param groups ids of its security groups
     * @param pairs addresses that it may speak for beside its own
     */
    record Port(
            String id,
            String name,
            Instant created,
            String networkId,
            Map<String, String> addresses,
            Optional<String> device,
            boolean up,
            boolean guarded,
            Set<String> groups,
            Set<String> pairs)
            implements Thing {

        public Port {
            addresses = Map.copyOf(addresses);
            groups = Set.copyOf(groups);
            pairs = Set.copyOf(pairs);
        }

        @Override
        public Kind kind() {
            return Kind.PORT;
        }
    }

    /**
     * @param name its description: it has no name
     * @param port what it leads to
     */
    record FloatingIp(String id, String name, Instant created, String address, Optional<String> port) implements Thing {
        @Override
        public Kind kind() {
            return Kind.FLOATING_IP;
        }
    }

    /**
     * @param about its description
     * @param rules by their ids
     */
    record SecurityGroup(String id, String name, Instant created, String about, Map<String, Rule> rules)
            implements Thing {
        public SecurityGroup {
            rules = Map.copyOf(rules);
        }

        @Override
        public Kind kind() {
            return Kind.SECURITY_GROUP;
        }
    }

    /** @param members ids of the servers in it */
    record ServerGroup(String id, String name, Set<String> members) implements Thing {
        public ServerGroup {
            members = Set.copyOf(members);
        }

        @Override
        public Instant created() {
            return Instant.MAX;
        }

        @Override
        public Kind kind() {
            return Kind.SERVER_GROUP;
        }
    }

    /** What S3 requests are signed with. It has neither name nor description. */
    record Ec2Credential(String id, String secret) implements Thing {
        @Override
        public String name() {
            return "";
        }

        @Override
        public Instant created() {
            return Instant.MAX;
        }

        @Override
        public Kind kind() {
            return Kind.EC2_CREDENTIAL;
        }

        @Override
        public String toString() {
            return "Ec2Credential[" + id + "]";
        }
    }

    /**
     * @param fault Nova's own words on why it failed
     * @param flavor its id; empty where Nova has not said
     * @param volumes how many it has that go when it goes; empty where Nova has not said
     */
    record Server(
            String id,
            String name,
            Instant created,
            Status status,
            Optional<String> fault,
            Optional<String> flavor,
            Map<String, String> metadata,
            Optional<Integer> volumes)
            implements Thing {

        /** Nova's many statuses, by what they mean to us. */
        public enum Status {
            BUILDING,
            ACTIVE,
            /** Rebooting, paused, suspended: a person or the cloud is at work on it. */
            BUSY,
            STOPPED,
            ERROR,
            DELETING
        }

        public Server {
            Objects.requireNonNull(status, "status");
            metadata = Map.copyOf(metadata);
        }

        @Override
        public Kind kind() {
            return Kind.SERVER;
        }
    }

    /**
     * @param cluster whose it is, if Cinder CSI made it
     * @param kept whether a person has marked it as not to be deleted
     * @param servers that it is plugged into
     */
    record Volume(String id, String name, Instant created, Optional<String> cluster, boolean kept, Set<String> servers)
            implements Thing {
        public Volume {
            servers = Set.copyOf(servers);
        }

        @Override
        public Kind kind() {
            return Kind.VOLUME;
        }
    }

    /** @param cluster whose it is, if Cinder CSI made it */
    record Snapshot(String id, String name, Instant created, String volumeId, Optional<String> cluster, boolean kept)
            implements Thing {
        @Override
        public Kind kind() {
            return Kind.SNAPSHOT;
        }
    }

    /**
     * @param up what is switched off carries nothing
     * @param port that has its address
     * @param listeners of one that is not ours, nothing that hangs on it is looked at
     */
    record LoadBalancer(
            String id,
            String name,
            Instant created,
            Provisioning status,
            boolean up,
            String port,
            List<Balance.Listener> listeners,
            List<Balance.Pool> pools)
            implements Thing {

        /** Octavia's provisioning status, by what it means to us. */
        public enum Provisioning {
            ACTIVE,
            /** A change is being made, and no other one can be: it is answered with 409. */
            PENDING,
            /** It cannot be changed any more. */
            ERROR
        }

        public LoadBalancer {
            listeners = List.copyOf(listeners);
            pools = List.copyOf(pools);
        }

        public LoadBalancer in(Provisioning changed) {
            return new LoadBalancer(id, name, created, changed, up, port, listeners, pools);
        }

        public LoadBalancer with(List<Balance.Listener> otherListeners, List<Balance.Pool> otherPools) {
            return new LoadBalancer(id, name, created, status, up, port, otherListeners, otherPools);
        }

        @Override
        public Kind kind() {
            return Kind.LOAD_BALANCER;
        }
    }

    /** Its secret is never listed. */
    record ApplicationCredential(String id, String name) implements Thing {
        @Override
        public Instant created() {
            return Instant.MAX;
        }

        @Override
        public Kind kind() {
            return Kind.APPLICATION_CREDENTIAL;
        }
    }
}
