package io.orrery.reconciler.facts;

import io.orrery.contracts.Fact;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Topic;
import java.util.Set;

/** What has been told so far, held in memory: the newest fact of each topic and platform. */
public interface Facts {

    PlatformFacts about(PlatformName platform);

    /** Every platform that anything is known of, also those that are only remembered by a stage. */
    Set<PlatformName> names();

    /** Calls back, on the thread that brought it, after each fact that is new here. */
    void onChange(Listener listener);

    /** Is told of what is new. */
    @FunctionalInterface
    interface Listener {
        void changed(Topic topic, PlatformName platform);
    }

    /** Tells facts to everybody. Works for the leader only. */
    interface Teller {

        /**
         * Tells the fact, unless it is no news, and returns once Kafka has acknowledged it; from then on {@link Facts}
         * know it too.
         *
         * @throws NotLeaderException if another replica leads now
         */
        void tell(Fact fact);

        /** Tells that there is nothing more to know on this topic about the platform (a tombstone). */
        void forget(Topic topic, PlatformName platform);
    }

    /** Thrown by what only the leader may do. */
    final class NotLeaderException extends IllegalStateException {
        private static final long serialVersionUID = 1;

        public NotLeaderException(String message, Throwable cause) {
            super(message, cause);
        }

        public NotLeaderException(String message) {
            super(message);
        }
    }
}
