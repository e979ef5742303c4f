package io.orrery.jobtracker.reconcile;

import io.orrery.jobtracker.model.Application;
import java.util.Optional;
import java.util.stream.Stream;

/** The batch jobs' applications of one platform, followed as they change. */
public interface Applications extends AutoCloseable {

    /** Hears of what changes. */
    interface Listener {

        /** The application of this job is new, other, or gone. */
        void changed(String jobId);

        /** Whether the watch stands has changed. */
        void connection();
    }

    /** Begins to follow, and goes on trying while the cluster does not answer. Called once. */
    void follow(Listener listener);

    /** Whether the watch stands, and everything that was there at its beginning is known. */
    boolean isConnected();

    /** Why the watch does not stand, in words for people. */
    String trouble();

    /** What is known now; all of it once connected. */
    Stream<Application> all();

    /** By the job it is for: several if it was started more than once. */
    Stream<Application> of(String jobId);

    Optional<Application> named(String name);

    /** Asks the cluster itself: a list that is short is no proof. False also if the cluster does not answer. */
    boolean isGone(String name);

    @Override
    void close();
}
