package io.orrery.sparkdeployer.model;

import io.orrery.contracts.WorkloadStatus.Evidence;

/** What came of asking openEO. */
public sealed interface Probe {

    /** It answered, and it was the wanted configuration that did. */
    record Answered(Evidence evidence) implements Probe {}

    /**
     * It did not answer as it should.
     *
     * @param reason a stable word for machines
     * @param message why, in words a person understands; holds no secret
     */
    record Silent(String reason, String message) implements Probe {}
}
