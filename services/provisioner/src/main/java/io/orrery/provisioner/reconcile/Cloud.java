package io.orrery.provisioner.reconcile;

import io.orrery.contracts.Sealed;
import io.orrery.provisioner.model.Catalogue;
import io.orrery.provisioner.model.Kind;
import io.orrery.provisioner.model.Observed;
import io.orrery.provisioner.model.Thing;
import io.orrery.provisioner.plan.Step;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** One project of a cloud. Every call may throw {@link CloudException}. */
public interface Cloud {

    /**
     * Everything in the project, by bulk lists.
     *
     * @param notBefore a snapshot that was begun earlier is not good enough
     */
    Observed observe(Instant notBefore);

    /** What the cloud offers; it changes rarely. */
    Catalogue catalogue(Instant notBefore);

    /**
     * Does what the step says.
     *
     * @param secrets opens what is sealed in the step
     * @return the thing as it stands now, where the cloud says so
     */
    Optional<Thing> apply(Step step, Function<Sealed, byte[]> secrets);

    /** Whether there is such a thing, asked for by its id. */
    boolean exists(Kind kind, String id);

    /** What the one who is signed in has made to sign S3 requests in the project with. */
    List<Thing.Ec2Credential> ec2Credentials();

    /** Where the catalog says that S3 is spoken. */
    Optional<URI> objectStore();

    String region();
}
