package io.orrery.contracts.platform;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Kubernetes: made by Orrery, or found. */
public sealed interface Kubernetes {

    /** Installed on the machines of the pools. */
    @Case("")
    record Managed(
            @Key(
                    about = "rke2, or rke (classic RKE, at its end of life).",
                    change = ChangeClass.REFUSED,
                    absent = "rke2")
            Distribution distribution,

            @Key(
                    about = "The distribution's version: vX.Y.Z+rke2rN, or vX.Y.Z-rancherN-M for rke.",
                    change = ChangeClass.ROLL,
                    absent = "v1.35.4+rke2r1")
            String version,

            @Key(about = "The pod network.", change = ChangeClass.REFUSED, absent = "canal")
            Cni cni,

            @Key(about = "Addresses of pods.", change = ChangeClass.REFUSED, absent = "10.42.0.0/16")
            Cidr pods,

            @Key(about = "Addresses of services.", change = ChangeClass.REFUSED, absent = "10.43.0.0/16")
            Cidr services,

            @Key(about = "Snapshots of etcd in the platform's bucket.", change = ChangeClass.LIVE)
            Snapshots snapshots)
            implements Kubernetes {}

    /** One that is there already: nothing is made on a cloud, and nothing of it is removed but what Orrery put in. */
    @Case("existing")
    record Existing(
            @Key(about = "A Kubernetes that exists already.", change = ChangeClass.REFUSED)
            Found existing) implements Kubernetes {}

    /** Where the existing one is. */
    record Found(
            @Key(
                    about = "Name of the mounted secret that holds its kubeconfig.",
                    change = ChangeClass.LIVE,
                    pattern = Shape.MOUNTED,
                    shape = Shape.MOUNTED_WORDS)
            String kubeconfig) {}

    /** When etcd is saved, and how many savings are kept. */
    record Snapshots(
            @Key(about = "When, as a cron expression in UTC.", change = ChangeClass.LIVE, absent = "0 */12 * * *")
            Cron cron,

            @Key(about = "How many are kept.", change = ChangeClass.LIVE, absent = "5", min = 1, max = 1000)
            int keep) {}

    enum Distribution {
        @JsonProperty("rke2")
        RKE2,
        @JsonProperty("rke")
        RKE
    }

    enum Cni {
        @JsonProperty("canal")
        CANAL,
        @JsonProperty("calico")
        CALICO,
        @JsonProperty("cilium")
        CILIUM,
        @JsonProperty("flannel")
        FLANNEL
    }
}
