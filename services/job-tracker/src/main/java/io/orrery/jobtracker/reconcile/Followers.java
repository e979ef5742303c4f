package io.orrery.jobtracker.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orrery.contracts.ClusterStatus.Access;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.PlatformStatus;
import io.orrery.contracts.Uid;
import io.orrery.jobtracker.model.Job;
import io.orrery.jobtracker.registry.Registry;
import io.orrery.reconciler.facts.Facts;
import io.orrery.reconciler.seal.Sealer;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** The followers of all platforms, one each; replaced when the way into the cluster has changed. */
public final class Followers implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Followers.class);

    /** What a follower was made for. */
    private record Way(Uid uid, String kubeconfigDigest, String namespace) {}

    private record Running(Way way, Follower follower, ResultsOfPlatform results) implements AutoCloseable {
        @Override
        public void close() {
            follower.close();
            results.close();
        }
    }

    private final Map<PlatformName, Running> running = new ConcurrentHashMap<>();
    private final Facts facts;
    private final Registry registry;
    private final Sealer sealer;
    private final Clusters clusters;
    private final Buckets buckets;
    private final TrackerSettings settings;
    private final Clock clock;
    private final Consumer<PlatformName> wake;

    /** @param wake is called when there is something new to tell about a platform */
    public Followers(
            Facts facts,
            Registry registry,
            Sealer sealer,
            Clusters clusters,
            Buckets buckets,
            TrackerSettings settings,
            Clock clock,
            Consumer<PlatformName> wake) {
        this.facts = facts;
        this.registry = registry;
        this.sealer = sealer;
        this.clusters = clusters;
        this.buckets = buckets;
        this.settings = settings;
        this.clock = clock;
        this.wake = wake;
        registry.onChange(this::changed);
    }

    /** The follower of the platform, begun if need be. */
    Follower follow(PlatformStatus platform, Access access) {
        var namespace = platform.document().spec().spark().jobs().namespace();
        var way = new Way(platform.uid(), access.kubeconfig().digest(), namespace);
        return running.compute(platform.platform(), (name, former) -> {
                    if (former != null && former.way.equals(way)) {
                        return former;
                    }
                    Optional.ofNullable(former).ifPresent(Running::close);
                    return begin(name, way, access);
                })
                .follower;
    }

    private Running begin(PlatformName name, Way way, Access access) {
        LOG.infof("following the jobs of %s in %s", name, way.namespace);
        var kubeconfig = new String(sealer.open(way.uid, access.kubeconfig()), UTF_8);
        var results = new ResultsOfPlatform(name, facts, sealer, buckets);
        var follower = new Follower(
                name,
                registry,
                clusters.at(kubeconfig, way.namespace),
                results::get,
                settings,
                clock,
                () -> wake.accept(name));
        return new Running(way, follower, results);
    }

    /** Stops following; does nothing if nobody does. */
    void stop(PlatformName platform) {
        Optional.ofNullable(running.remove(platform)).ifPresent(Running::close);
    }

    private void changed(Job job) {
        if (PlatformName.isValid(job.backendId())) {
            var platform = new PlatformName(job.backendId());
            Optional.ofNullable(running.get(platform)).ifPresent(it -> it.follower.changed(job));
            wake.accept(platform);
        }
    }

    /** Stops following everything: another replica leads now. */
    @Override
    public void close() {
        running.keySet().forEach(this::stop);
    }
}
