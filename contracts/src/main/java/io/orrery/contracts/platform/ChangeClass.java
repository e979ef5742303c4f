package io.orrery.contracts.platform;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a change of a field costs on a platform that runs; in rising order, so that the highest of a plan is its {@code max}. */
public enum ChangeClass {
    /** Done in place; nothing stops. */
    @JsonProperty("live")
    LIVE,
    /** Machines are replaced one after the other; the service goes on. */
    @JsonProperty("roll")
    ROLL,
    /** What hangs on the field is removed and made again, so a person has to confirm it. */
    @JsonProperty("rebuild")
    REBUILD,
    /** Cannot be changed at all: it takes another platform. */
    @JsonProperty("refused")
    REFUSED
}
