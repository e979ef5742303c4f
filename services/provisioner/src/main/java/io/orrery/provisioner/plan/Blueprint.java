package io.orrery.provisioner.plan;

import io.orrery.contracts.Sealed;
import io.orrery.contracts.Slot;
import io.orrery.provisioner.model.Thing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a thing is to be like when it is made. Ids in it are those of things that stand already. */
public sealed interface Blueprint {

    /** What the ledger has to hold before it is made, because nobody says it again. */
    default Optional<Sealed> secret() {
        return Optional.empty();
    }

    record Bucket() implements Blueprint {}

    record Ec2Credential() implements Blueprint {}

    /** @param chosen its secret, opened only when the call is made */
    record ApplicationCredential(Sealed chosen) implements Blueprint {
        @Override
        public Optional<Sealed> secret() {
            return Optional.of(chosen);
        }
    }

    record Network() implements Blueprint {}

    record Subnet(String networkId, String cidr, List<String> dns) implements Blueprint {}

    record Router(String externalNetworkId) implements Blueprint {}

    record RouterInterface(String routerId, String subnetId) implements Blueprint {}

    record SecurityGroup(String about) implements Blueprint {}

    /**
     * @param subnetId empty: whatever the network gives
     * @param address empty: whatever is free
     * @param up a port that is down holds its address and nothing more
     */
    record Port(
            String networkId,
            Optional<String> subnetId,
            Optional<String> address,
            boolean up,
            Set<String> groups,
            Set<String> pairs)
            implements Blueprint {

        /** Whether the port that was made by it has not the address that it is to have. */
        boolean isElsewhere(Thing.Port port) {
            return address.isPresent() && !address.equals(subnetId.map(port.addresses()::get));
        }

        /** The same without its address, which is not to be touched where it is right. */
        Port anywhere() {
            return new Port(networkId, subnetId, Optional.empty(), up, groups, pairs);
        }
    }

    record FloatingIp(String externalNetworkId, String portId) implements Blueprint {}

    /**
     * With all that hangs on it.
     *
     * @param portId of ours, which outlives it: so its heir has the same address
     */
    record LoadBalancer(String portId, List<Entrance> entrances) implements Blueprint {
        public LoadBalancer {
            entrances = List.copyOf(entrances);
        }
    }

    record ServerGroup(String policy) implements Blueprint {}

    /**
     * @param ports the first one is the platform's own network
     * @param userData opened only when the call is made
     * @param marks go into Nova's metadata
     */
    record Server(
            Slot.Design design,
            List<String> ports,
            Optional<String> serverGroupId,
            Sealed userData,
            Map<String, String> marks)
            implements Blueprint {}
}
