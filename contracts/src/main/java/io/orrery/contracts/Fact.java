package io.orrery.contracts;

import java.util.Optional;

/** What is told on a compacted topic, keyed by platform: always the whole, so that the newest record is enough. */
public sealed interface Fact permits PlatformStatus, StageStatus {

    PlatformName platform();

    Uid uid();

    /** The middle word of the CloudEvents type. */
    String subject();

    /** What happened, in the past tense, to make this status out of the former one. */
    String happenedSince(Optional<? extends Fact> former);

    /** The CloudEvents type: names the fact that made this status be told. */
    default String typeSince(Optional<? extends Fact> former) {
        return "orrery." + subject() + "." + happenedSince(former) + ".v1";
    }
}
