package io.orrery.jobtracker.reconcile;

import java.net.URI;
import java.time.Duration;

/**
 * How jobs are tracked.
 *
 * @param api base URL of the registry, as pods reach it
 * @param issuer URL of the issuer, as pods reach it
 * @param lostGrace how long an application must be missing before its job is given up
 * @param succeedingGrace how long SUCCEEDING may last after the driver has ended
 * @param firstRetry first delay before something that failed is tried again
 */
public record TrackerSettings(URI api, URI issuer, Duration lostGrace, Duration succeedingGrace, Duration firstRetry) {}
