package io.orrery.contracts.platform;

import io.orrery.contracts.platform.Violation.Code;
import java.time.Duration;

/** A retention that keeps something, and a registry that can be called. */
final class JobRules implements Rules.Rule {

    private static final Pointer RETENTION = new Pointer("/spec/jobs/retention");
    private static final Duration LEAST = Duration.ofDays(1);
    private static final Duration MOST = Duration.ofDays(3650);

    @Override
    public void check(Bound bound, Findings findings) {
        Urls.web(bound, new Pointer("/spec/jobs/registry/url"), findings);
        bound.at(RETENTION, Duration.class)
                .filter(retention -> retention.compareTo(LEAST) < 0 || retention.compareTo(MOST) > 0)
                .ifPresent(retention -> findings.add(
                        RETENTION,
                        Code.OUT_OF_RANGE,
                        "must be from " + Durations.write(LEAST) + " to " + Durations.write(MOST) + ", found "
                                + Durations.write(retention)));
    }
}
