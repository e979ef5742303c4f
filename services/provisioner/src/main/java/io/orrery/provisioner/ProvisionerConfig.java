package io.orrery.provisioner;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How the provisioner works. */
@ConfigMapping(prefix = "orrery.provisioner")
interface ProvisionerConfig {

    Cloud cloud();

    /** How long a create whose answer was lost is looked for before it is made again. */
    @WithDefault("60s")
    Duration lostAnswer();

    /** A machine that takes longer to build is replaced. */
    @WithDefault("15m")
    Duration longestBuild();

    /** How old a look at a project may be; platforms of one project share it. */
    @WithDefault("1s")
    Duration freshness();

    /** The same for a platform that is as its document says: what people change by hand is seen that much later. */
    @WithDefault("15s")
    Duration leisure();

    /** Between two looks at something that is under way. */
    @WithDefault("1s")
    Duration soon();

    /** Where teardown certificates are kept; without it they are put into platforms' buckets, where these stay. */
    Optional<Certificates> certificates();

    /** A bucket that is there already. */
    interface Certificates {

        URI endpoint();

        /** No default: with one, this group would never be absent. */
        Optional<String> region();

        String bucket();

        /** Name of a mounted secret with the keys, as in documents. */
        String credentials();
    }

    /** How clouds are spoken to. */
    interface Cloud {

        /** A clouds.yaml to be taken before those of the usual places. */
        Optional<Path> cloudsYaml();

        @WithDefault("5s")
        Duration connectTimeout();

        /** How many platforms of one cloud are worked on at once, so that one that hangs does not hold up the others'. */
        @WithDefault("64")
        int platformsAtOnce();

        /** For one whole answer. */
        @WithDefault("60s")
        Duration answerTimeout();

        /** Requests that may be under way at once, for each cloud. */
        @WithDefault("16")
        int inFlight();

        /** Requests that may begin in a second, for each cloud. */
        @WithDefault("50")
        int perSecond();

        /** Before what failed is sent once more, if that does no harm; before the third time it is twice as long. */
        @WithDefault("250ms")
        Duration pause();

        /** For a service of a cloud that has failed again and again. */
        @WithDefault("15s")
        Duration rest();
    }
}
