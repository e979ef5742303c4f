package io.orrery.cluster.reconcile;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param joinDeadline from a machine's start to its node
 * @param drainDeadline pods may hold up their node so long
 * @param probe between two looks at a cluster that is on its way
 * @param abandonAfter a cluster being removed that has been silent so long is given up
 * @param releaseDeadline controllers may take so long to give back what they hold in the cloud
 * @param kubeconfigLife of what is told; another is told at half of it
 */
public record Settings(
        Duration joinDeadline,
        Duration drainDeadline,
        Duration probe,
        Duration abandonAfter,
        Duration releaseDeadline,
        Duration kubeconfigLife) {}
