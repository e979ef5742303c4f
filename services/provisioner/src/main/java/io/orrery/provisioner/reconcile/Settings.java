package io.orrery.provisioner.reconcile;

import java.time.Duration;

/**
 * How patient the reconciler is.
 *
 * @param lostAnswer how long a create whose answer was lost is looked for before it is made again
 * @param longestBuild a machine that takes longer is stuck
 * @param freshness how old a snapshot of the project may be
 * @param leisure the same, for platforms that are as their documents say: so many of them share a snapshot
 * @param offers how old the list of flavors and images may be
 * @param soon when something is looked at again that is under way
 * @param bucketCheck between two looks at a bucket that stands
 */
public record Settings(
        Duration lostAnswer,
        Duration longestBuild,
        Duration freshness,
        Duration leisure,
        Duration offers,
        Duration soon,
        Duration bucketCheck) {

    public static final Settings USUAL = new Settings(
            Duration.ofSeconds(60),
            Duration.ofMinutes(15),
            Duration.ofSeconds(1),
            Duration.ofSeconds(15),
            Duration.ofMinutes(5),
            Duration.ofSeconds(1),
            Duration.ofMinutes(5));
}
