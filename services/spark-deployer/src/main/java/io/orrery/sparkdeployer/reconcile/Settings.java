package io.orrery.sparkdeployer.reconcile;

import java.time.Duration;

/**
 * How patient the reconciler is.
 *
 * @param poll between two looks at what is under way
 * @param patience how long openEO may take to answer before that is a trouble
 * @param giveUp how long an API server may be unreachable at removal before what is in it is given up
 */
public record Settings(Duration poll, Duration patience, Duration giveUp) {}
