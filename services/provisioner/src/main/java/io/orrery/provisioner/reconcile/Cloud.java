package io.orrery.provisioner.reconcile;

import io.orrery.contracts.CloudCredential;
import io.orrery.contracts.Sealed;
import io.orrery.provisioner.model.Catalogue;
import io.orrery.provisioner.model.Kind;
import io.orrery.provisioner.model.Observed;
import io.orrery.provisioner.model.Room;
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

    /** The project's servers alone, likewise. */
    List<Thing> servers(Instant notBefore);

    /** What the cloud offers; it changes rarely. */
    Catalogue catalogue(Instant notBefore);

    /** How much more the project may have now: asked for before a plan is begun. */
    Room room(Room.Question question);

    /**
     * Does what the step says.
     *
     * @param secrets opens what is sealed in the step
     * @return the thing as it stands now, where the cloud says so
     */
    Optional<Thing> apply(Step step, Function<Sealed, byte[]> secrets);

    /** The id of the newest call that was made about a server, by which the cloud's people find it in their logs. */
    Optional<String> lastRequest(String serverId);

    /** Whether there is such a thing, asked for by its id. */
    boolean exists(Kind kind, String id);

    /** Volumes, snapshots and load balancers of the project, whoever made them: among them those of Kubernetes. */
    List<Thing> traces(Instant notBefore);

    /** Load balancers of the project, with what hangs on those that are Orrery's. */
    List<Thing> balancers(Instant notBefore);

    /** Credentials of the kind that the one who is signed in has for the project. */
    List<Thing> credentials(Kind kind, Instant notBefore);

    /** What a program signs in with that is given an application credential. */
    CloudCredential login(String id, byte[] secret);

    /** What Orrery itself signs in with, if it is an application credential. */
    Optional<CloudCredential> ownLogin();

    /** Where the catalog says that S3 is spoken. */
    Optional<URI> objectStore();

    String region();

    /** The id of the project that the credential is for. */
    String project();
}
