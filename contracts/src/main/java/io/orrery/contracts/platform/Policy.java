package io.orrery.contracts.platform;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What Orrery may do by itself. */
public record Policy(
        @Key(
                about = "repair: what differs is put right; report: it is only told.",
                change = ChangeClass.LIVE,
                absent = "repair")
        Drift drift,

        @Key(
                about = "Machines that may be replaced within an hour.",
                change = ChangeClass.LIVE,
                absent = "5",
                min = 0,
                max = 500)
        int replacementsPerHour,

        @Key(
                about = "Whether the bucket and what is in it stay when the platform is removed.",
                change = ChangeClass.LIVE,
                absent = "true")
        boolean keepBucket) {

    public enum Drift {
        @JsonProperty("repair")
        REPAIR,
        @JsonProperty("report")
        REPORT
    }
}
