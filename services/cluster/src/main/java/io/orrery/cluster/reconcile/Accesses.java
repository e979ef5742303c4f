package io.orrery.cluster.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orrery.cluster.keys.Kubeconfigs;
import io.orrery.cluster.model.Kubeconfig;
import io.orrery.contracts.ClusterStatus;
import io.orrery.contracts.ClusterStatus.Access;
import io.orrery.contracts.ClusterStatus.Bootstrap;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Sealed;
import io.orrery.contracts.Sealed.Purpose;
import io.orrery.contracts.Uid;
import io.orrery.reconciler.seal.Sealer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The kubeconfig that is told, and that this service enters with itself: the same until half its life is over. It is
 * minted while machines still boot, as an RSA key may take a second.
 */
public final class Accesses {

    /** A way into the cluster of one incarnation. */
    record Way(Clusters.Key cluster, Kubeconfig kubeconfig, Access access) {}

    private final Kubeconfigs kubeconfigs;
    private final Founder founder;
    private final Sealer sealer;
    private final Duration life;
    private final Clock clock;
    private final Map<PlatformName, Way> ways = new ConcurrentHashMap<>();

    public Accesses(Kubeconfigs kubeconfigs, Founder founder, Sealer sealer, Duration life, Clock clock) {
        this.kubeconfigs = kubeconfigs;
        this.founder = founder;
        this.sealer = sealer;
        this.life = life;
        this.clock = clock;
    }

    /** @param former as it was told; its bootstrap may be another incarnation's */
    Way current(Clusters.Key cluster, Optional<ClusterStatus> former, Bootstrap bootstrap, URI apiServer) {
        return ways.compute(cluster.platform(), (platform, way) -> Optional.ofNullable(way)
                .filter(known -> known.cluster.equals(cluster) && isFresh(known.access, apiServer))
                .or(() -> told(cluster, former, apiServer))
                .orElseGet(() -> mint(cluster, bootstrap, apiServer)));
    }

    void forget(PlatformName platform) {
        ways.remove(platform);
    }

    Sealed seal(Uid uid, String kubeconfig) {
        return sealer.seal(Purpose.KUBECONFIG, uid, kubeconfig.getBytes(UTF_8));
    }

    private Optional<Way> told(Clusters.Key cluster, Optional<ClusterStatus> former, URI apiServer) {
        return former.filter(status -> status.bootstrap()
                        .filter(before -> before.incarnation() == cluster.incarnation())
                        .isPresent())
                .flatMap(ClusterStatus::access)
                .filter(access -> isFresh(access, apiServer))
                .map(access -> new Way(cluster, open(cluster.uid(), access), access));
    }

    private Kubeconfig open(Uid uid, Access access) {
        return new Kubeconfig(
                access.apiServer(), new String(sealer.open(uid, access.kubeconfig()), UTF_8), access.expires());
    }

    private Way mint(Clusters.Key cluster, Bootstrap bootstrap, URI apiServer) {
        var keys = founder.keys(cluster.uid(), bootstrap);
        var kubeconfig = kubeconfigs.mint(cluster.platform().value(), apiServer, keys, life);
        var access = new Access(apiServer, seal(cluster.uid(), kubeconfig.yaml()), kubeconfig.expires());
        return new Way(cluster, kubeconfig, access);
    }

    private boolean isFresh(Access access, URI apiServer) {
        return access.apiServer().equals(apiServer)
                && clock.instant().isBefore(access.expires().minus(life.dividedBy(2)));
    }
}
