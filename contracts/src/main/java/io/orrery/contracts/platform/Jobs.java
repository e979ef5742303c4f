package io.orrery.contracts.platform;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** How batch jobs are registered, followed and paid for. */
public record Jobs(
        @Key(about = "An Elastic Job Registry of others; without it Orrery's own.", change = ChangeClass.LIVE)
        Optional<Registry> registry,

        @Key(
                about = "Who follows the jobs: Orrery, or upstream's tracker as a CronJob.",
                change = ChangeClass.LIVE,
                absent = "orrery")
        Tracker tracker,

        @Key(
                about = "When upstream's tracker runs, as a cron expression in UTC.",
                change = ChangeClass.LIVE,
                absent = "*/5 * * * *")
        Cron cron,

        @Key(
                about = "How long a finished job stays in the registry's quick part, such as 90d.",
                change = ChangeClass.LIVE,
                absent = "90d")
        Duration retention,

        @Key(about = "Prices, in credits.", change = ChangeClass.LIVE)
        Costs costs) {

    /** A registry that others run. */
    public record Registry(
            @Key(about = "Its base URL, as pods reach it.", change = ChangeClass.LIVE)
            URI url,

            @Key(
                    about = "Name of the mounted secret with its OIDC client credentials.",
                    change = ChangeClass.LIVE,
                    pattern = Shape.MOUNTED,
                    shape = Shape.MOUNTED_WORDS)
            Optional<String> credentials) {}

    public enum Tracker {
        @JsonProperty("orrery")
        ORRERY,
        @JsonProperty("upstream")
        UPSTREAM
    }

    /** Prices in credits. What a job costs is the sum over its usage, and the fee. */
    public record Costs(
            @Key(about = "Credits for an hour of one core.", change = ChangeClass.LIVE, absent = "0", min = 0)
            BigDecimal cpuHour,

            @Key(about = "Credits for an hour of one GiB of memory.", change = ChangeClass.LIVE, absent = "0", min = 0)
            BigDecimal memoryGibHour,

            @Key(about = "Credits for each job, whatever it uses.", change = ChangeClass.LIVE, absent = "0", min = 0)
            BigDecimal fee) {}
}
