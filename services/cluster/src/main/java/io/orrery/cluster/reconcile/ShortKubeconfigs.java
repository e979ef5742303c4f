package io.orrery.cluster.reconcile;

import io.orrery.cluster.keys.Kubeconfigs;
import io.orrery.cluster.model.Kubeconfig;
import io.orrery.contracts.ClusterStatus;
import java.time.Duration;
import java.util.Optional;

/** Kubeconfigs for people, each made when it is asked for. */
public final class ShortKubeconfigs {

    private final Kubeconfigs kubeconfigs;
    private final Founder founder;
    private final Duration life;

    public ShortKubeconfigs(Kubeconfigs kubeconfigs, Founder founder, Duration life) {
        this.kubeconfigs = kubeconfigs;
        this.founder = founder;
        this.life = life;
    }

    /** Empty if nobody has seen the cluster's API answer, or if its keys are not ours. */
    public Optional<Kubeconfig> mint(ClusterStatus status) {
        return status.bootstrap().flatMap(bootstrap -> status.access()
                .map(access -> kubeconfigs.mint(
                        status.platform().value(), access.apiServer(), founder.keys(status.uid(), bootstrap), life)));
    }
}
