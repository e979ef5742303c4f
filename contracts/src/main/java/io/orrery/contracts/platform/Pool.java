package io.orrery.contracts.platform;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A group of equal machines. */
public record Pool(
        @Key(
                about = "Tells the pool from the others and stands in the names of its machines.",
                change = ChangeClass.REFUSED,
                pattern = "[a-z]([-a-z0-9]{0,18}[a-z0-9])?",
                shape = "a DNS label of at most 20 characters that begins with a letter",
                identity = true)
        String name,

        @Key(about = "server: control plane and etcd; agent: work.", change = ChangeClass.REFUSED)
        Role role,

        @Key(about = "How many machines.", change = ChangeClass.LIVE, min = 0, max = 500)
        int count,

        @Key(
                about = "The machines' flavor, by name or id.",
                change = ChangeClass.ROLL,
                pattern = Shape.NAME,
                shape = Shape.NAME_WORDS)
        String flavor,

        @Key(
                about = "How the machines keep apart on the hosts of the cloud.",
                change = ChangeClass.ROLL,
                absent = "soft-anti-affinity")
        Spread spread,

        @Key(about = "A volume for each machine.", change = ChangeClass.ROLL)
        Optional<Volume> volume,

        @Key(
                about = "Labels of the nodes.",
                change = ChangeClass.LIVE,
                pattern = Shape.QUALIFIED,
                shape = Shape.QUALIFIED_WORDS,
                max = 64)
        Map<String, String> labels,

        @Key(about = "Taints of the nodes, as key=value:Effect.", change = ChangeClass.LIVE, max = 32)
        List<Taint> taints,

        @Key(
                about = "Availability zones to spread the machines over; none leaves it to the cloud.",
                change = ChangeClass.ROLL,
                pattern = Shape.NAME,
                shape = Shape.NAME_WORDS,
                max = 16)
        List<String> zones,

        @Key(
                about =
                        "Whether the machines read their user-data from a drive, where the network's metadata is not to be"
                                + " relied on.",
                change = ChangeClass.ROLL,
                absent = "false")
        boolean configDrive) {

    public Pool {
        labels = Ordered.copyOf(labels);
        taints = List.copyOf(taints);
        zones = List.copyOf(zones);
    }

    public enum Role {
        @JsonProperty("server")
        SERVER,
        @JsonProperty("agent")
        AGENT
    }

    /** Nova's server group policies, by Nova's names. */
    public enum Spread {
        @JsonProperty("soft-anti-affinity")
        SOFT_ANTI_AFFINITY,
        @JsonProperty("anti-affinity")
        ANTI_AFFINITY,
        @JsonProperty("none")
        NONE
    }

    /** A Cinder volume, made and removed with its machine. */
    public record Volume(
            @Key(about = "Size in GiB.", change = ChangeClass.ROLL, min = 1, max = 65536)
            int size,

            @Key(
                    about = "Volume type; without it the cloud's default.",
                    change = ChangeClass.ROLL,
                    pattern = Shape.NAME,
                    shape = Shape.NAME_WORDS)
            Optional<String> type,

            @Key(
                    about = "boot: the root disk, in place of the flavor's own; data: a second disk.",
                    change = ChangeClass.ROLL,
                    absent = "data")
            Use use) {}

    public enum Use {
        @JsonProperty("boot")
        BOOT,
        @JsonProperty("data")
        DATA
    }
}
