package io.orrery.cluster.reconcile;

import io.orrery.cluster.keys.Kubeconfigs;
import io.orrery.cluster.model.ClusterKeys;
import io.orrery.contracts.ClusterStatus;
import io.orrery.contracts.ClusterStatus.Access;
import io.orrery.contracts.ClusterStatus.Bootstrap;
import io.orrery.contracts.PlatformStatus;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The kubeconfig that is told: the same until half its life is over. */
final class Accesses {

    private final Kubeconfigs kubeconfigs;
    private final Founder founder;
    private final Duration life;
    private final Clock clock;

    Accesses(Kubeconfigs kubeconfigs, Founder founder, Duration life, Clock clock) {
        this.kubeconfigs = kubeconfigs;
        this.founder = founder;
        this.life = life;
        this.clock = clock;
    }

    Access current(
            PlatformStatus platform,
            Optional<ClusterStatus> former,
            Bootstrap bootstrap,
            URI apiServer,
            ClusterKeys keys) {
        return former.filter(status -> status.bootstrap()
                        .filter(before -> before.incarnation() == bootstrap.incarnation())
                        .isPresent())
                .flatMap(ClusterStatus::access)
                .filter(access -> access.apiServer().equals(apiServer))
                .filter(access -> clock.instant().isBefore(access.expires().minus(life.dividedBy(2))))
                .orElseGet(() -> mint(platform, apiServer, keys));
    }

    private Access mint(PlatformStatus platform, URI apiServer, ClusterKeys keys) {
        var kubeconfig = kubeconfigs.mint(platform.platform().value(), apiServer, keys, life);
        return new Access(apiServer, founder.sealKubeconfig(platform.uid(), kubeconfig.yaml()), kubeconfig.expires());
    }
}
