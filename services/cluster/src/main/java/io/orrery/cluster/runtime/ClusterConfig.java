package io.orrery.cluster.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The cluster service's own settings. */
@ConfigMapping(prefix = "orrery.cluster")
public interface ClusterConfig {

    Joining joining();

    Kubeconfig kubeconfig();

    Removal removal();

    Machines machines();

    /** How long one call to an API server may take. */
    @WithDefault("10s")
    Duration patience();

    /** Between two looks at a cluster that is on its way, or does not answer. */
    @WithDefault("1s")
    Duration probe();

    /** Pods may hold up a node that is to go so long. */
    @WithDefault("10m")
    Duration drainDeadline();

    /** Machines on their way into a cluster. */
    interface Joining {

        /** From a machine's start to its node; a later one is rejected. */
        @WithDefault("15m")
        Duration deadline();
    }

    /** Ways into clusters. */
    interface Kubeconfig {

        /** Of the one that is told to other services; another is told at half of it. */
        @WithDefault("7d")
        Duration life();

        /** Of those that people ask for. */
        @WithDefault("8h")
        Duration onDemandLife();

        /** {@code socks5://host:port} by which API servers are reached that are not reached directly. */
        Optional<URI> proxy();

        /** Where kubeconfigs of existing clusters are mounted, each under its name. */
        @WithDefault("/etc/orrery/kubeconfigs")
        Path folder();
    }

    /** Platforms on their way out. */
    interface Removal {

        /** A cluster that has been silent so long is given up. */
        @WithDefault("10m")
        Duration abandonAfter();

        /** Controllers in the cluster may take so long to give back load balancers and volumes. */
        @WithDefault("5m")
        Duration releaseDeadline();
    }

    /** What machines are told. */
    interface Machines {

        /** RKE2's install script, for images that do not bring RKE2. */
        @WithDefault("https://get.rke2.io")
        URI installer();

        /** What hands the API's address from server to server. */
        @WithDefault("ghcr.io/kube-vip/kube-vip:v1.0.0")
        String kubeVipImage();
    }
}
