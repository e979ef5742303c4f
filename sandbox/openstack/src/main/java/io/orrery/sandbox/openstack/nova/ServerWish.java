package io.orrery.sandbox.openstack.nova;

import io.orrery.sandbox.openstack.glance.Image;
import io.orrery.sandbox.openstack.model.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request for a server after everything in it was found to be in order. */
record ServerWish(
        Caller caller,
        String name,
        String description,
        Flavor flavor,
        Optional<Image> image,
        List<NetworkWish> networks,
        List<String> securityGroups,
        List<Disk> disks,
        Map<String, String> metadata,
        List<String> tags,
        UserData userData,
        boolean configDrive,
        String zone,
        Optional<String> key,
        Optional<ServerGroup> group,
        String requestId) {

    ServerWish {
        networks = List.copyOf(networks);
        securityGroups = List.copyOf(securityGroups);
        disks = List.copyOf(disks);
        metadata = Map.copyOf(metadata);
        tags = List.copyOf(tags);
    }

    /** A network card that is to be. */
    sealed interface NetworkWish {
        /** A port that is there already. */
        record Port(String id) implements NetworkWish {}

        /** A new port on this network. */
        record Network(String id, Optional<String> address) implements NetworkWish {}
    }

    /** A volume that is to be plugged in. */
    sealed interface Disk {
        boolean deleteOnTermination();

        /** One that is there already. */
        record Existing(String volume, boolean deleteOnTermination) implements Disk {}

        /**
         * A new one.
         *
         * @param size in GiB
         * @param image what it is filled with
         */
        record Fresh(int size, Optional<String> image, boolean deleteOnTermination) implements Disk {}
    }
}
