package io.orrery.provisioner.reconcile;

import io.orrery.contracts.PlatformName;
import io.orrery.reconciler.loop.Outcome;
import io.orrery.reconciler.loop.Reconciler;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * Keeps the platforms of one cloud from taking all of the loop's workers: while that cloud hangs, those of the others are
 * worked on. A platform that finds its lane full comes again soon.
 */
public final class Lanes implements Reconciler {

    private static final Outcome SOON = new Outcome.Progressing(Duration.ofSeconds(1));

    private final Reconciler reconciler;
    private final Function<PlatformName, Optional<String>> cloud;
    private final int width;
    private final Map<String, Semaphore> lanes = new ConcurrentHashMap<>();

    /**
     * @param cloud of a platform, by name; one that is on none has no lane to keep to
     * @param width how many platforms of one cloud may be worked on at once
     */
    public Lanes(Reconciler reconciler, Function<PlatformName, Optional<String>> cloud, int width) {
        this.reconciler = reconciler;
        this.cloud = cloud;
        this.width = width;
    }

    @Override
    public Outcome reconcile(PlatformName platform) throws Exception {
        var name = cloud.apply(platform);
        if (name.isEmpty()) {
            return reconciler.reconcile(platform);
        }
        var lane = lanes.computeIfAbsent(name.get(), it -> new Semaphore(width));
        if (!lane.tryAcquire()) {
            return SOON;
        }
        try {
            return reconciler.reconcile(platform);
        } finally {
            lane.release();
        }
    }
}
