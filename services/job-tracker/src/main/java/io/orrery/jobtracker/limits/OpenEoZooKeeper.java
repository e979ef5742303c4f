package io.orrery.jobtracker.limits;

import io.orrery.contracts.PlatformName;
import org.apache.curator.framework.CuratorFramework;

/** The ZooKeeper that openEO of a platform looks into, which is another than Orrery's own. */
public interface OpenEoZooKeeper {

    /**
     * A session for a question or two.
     *
     * @throws UnreachableException if there is no way there at the moment
     */
    Session open(PlatformName platform);

    /** To be closed when the question is answered. */
    interface Session extends AutoCloseable {

        CuratorFramework zookeeper();

        @Override
        void close();
    }

    /** It does not answer, or there is no way to it; the message is for people. */
    final class UnreachableException extends RuntimeException {
        private static final long serialVersionUID = 1;

        public UnreachableException(String message, Throwable cause) {
            super(message, cause);
        }

        public UnreachableException(String message) {
            super(message);
        }
    }
}
