package io.orrery.jobtracker;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** How this service is set up. */
@ConfigMapping(prefix = "orrery.job-tracker")
public interface JobTrackerConfig {

    /** Where pods reach this service: the registry is at {@code /registry} below it, the issuer at {@code /issuer}. */
    @WithDefault("${orrery.address}")
    URI publicUrl();

    /** Of a token. openEO's driver asks for a new one 300 s before the end: less than that means one for each request. */
    @WithDefault("1h")
    Duration tokenLife();

    /** For how long a key of the issuer signs, before the next one does. */
    @WithDefault("30d")
    Duration keyLife();

    /** For how long a key is published before it signs: longer than anybody keeps a copy of the issuer's keys. */
    @WithDefault("1h")
    Duration keyLead();

    /** A file of clients beside those that are made for each platform: id, SHA-256 of the secret, backend ids. */
    Optional<Path> clients();

    /** An issuer that others run, in place of the one built in. */
    Optional<Oidc> oidc();

    /** How it is used. No defaults in here: with one, the whole group would be there, and incomplete. */
    interface Oidc {
        /** Its URL, exactly as it stands in its tokens. */
        URI issuer();

        /** A folder with a file for each platform, {@code id:secret} of the client that its driver signs in with. */
        Path drivers();

        /** Tokens must be for one of them; none: any. */
        Optional<Set<String>> audiences();

        /** A file with {@code id:secret}: with it the issuer is asked about tokens (RFC 7662), without it they are JWTs. */
        Optional<Path> introspection();
    }

    /**
     * Connect string of the ZooKeeper that openEO looks into, with {@code %s} for the platform's name; without it the
     * one that spark-deployer puts into the platform's cluster, through the API server.
     */
    Optional<String> openeoZookeeper();

    /** Of a stream of events in which nothing happens. */
    @WithDefault("15s")
    Duration streamHeartbeat();

    /** How long an application must be missing before its job is given up. */
    @WithDefault("60s")
    Duration lostGrace();

    /** How long an application may say SUCCEEDING after its driver has ended. */
    @WithDefault("60s")
    Duration succeedingGrace();

    /** How long the body of a request to the registry may take to arrive. */
    @WithDefault("60s")
    Duration bodyTimeout();

    /** What the bodies that are being read may take together; there is no room for more, and 503. */
    @WithDefault("64M")
    MemorySize bodiesAtOnce();

    /** How long a client may take to read an answer of the registry. */
    @WithDefault("120s")
    Duration answerTimeout();

    /** What the answer to a search may hold; a larger one is refused with 400. */
    @WithDefault("256M")
    MemorySize largestAnswer();

    /** Between two looks for jobs that are old, and for what unfinished writes have left. */
    Duration upkeep();

    /** A bucket of the registry's own, for the large fields of jobs, and for jobs that are old. */
    Optional<S3> s3();

    /** Where these go. No defaults in here: with one, the whole group would be there, and incomplete. */
    interface S3 {
        URI endpoint();

        Optional<String> region();

        String bucket();

        String accessKey();

        String secretKey();
    }
}
