package io.orrery.jobtracker.limits;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orrery.contracts.PlatformName;
import io.orrery.jobtracker.limits.OpenEoZooKeeper.UnreachableException;
import java.util.Optional;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.utils.ZKPaths;
import org.apache.zookeeper.KeeperException.NoNodeException;
import org.apache.zookeeper.KeeperException.NotEmptyException;
import org.apache.zookeeper.common.PathUtils;

/**
 * How many Spark applications a user may have at once, where openEO's driver reads it at every start of a job: {@code
 * /openeo/config/users/<user>/concurrent_pod_limit}, a decimal number. Without it CONCURRENT_POD_LIMIT of the driver's
 * environment counts; 0 means no limit. The driver writes the user's id into the path as it is, so it is done here too.
 */
public final class PodLimits {

    private static final String USERS = "/openeo/config/users/";
    private static final String LIMIT = "/concurrent_pod_limit";

    private final OpenEoZooKeeper openEo;

    public PodLimits(OpenEoZooKeeper openEo) {
        this.openEo = openEo;
    }

    /** A user whose id ZooKeeper takes for no path: openEO cannot find a limit for it either. */
    public static final class NoPathException extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoPathException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * What stands there, which is a number unless somebody else wrote it; empty if nothing does.
     *
     * @throws NoPathException if there can be no limit for this user
     * @throws UnreachableException if openEO's ZooKeeper does not answer
     */
    public Optional<String> find(PlatformName platform, String user) {
        return ask(platform, user, (zookeeper, path) -> {
            try {
                return Optional.of(new String(zookeeper.getData().forPath(path), UTF_8).strip());
            } catch (NoNodeException e) {
                return Optional.empty();
            }
        });
    }

    /**
     * From the user's next job on.
     *
     * @throws NoPathException if there can be no limit for this user
     * @throws UnreachableException if openEO's ZooKeeper does not answer; it may have been set
     */
    public void set(PlatformName platform, String user, int limit) {
        ask(platform, user, (zookeeper, path) -> zookeeper
                .create()
                .orSetData()
                .creatingParentsIfNeeded()
                .forPath(path, String.valueOf(limit).getBytes(UTF_8)));
    }

    /**
     * The driver's own limit counts again. Does nothing if there is none.
     *
     * @throws NoPathException if there can be no limit for this user
     * @throws UnreachableException if openEO's ZooKeeper does not answer; it may have been removed
     */
    public void remove(PlatformName platform, String user) {
        ask(platform, user, (zookeeper, path) -> {
            zookeeper.delete().quietly().forPath(path);
            return removeIfEmpty(zookeeper, ZKPaths.getPathAndNode(path).getPath());
        });
    }

    private static boolean removeIfEmpty(CuratorFramework zookeeper, String path) throws Exception {
        try {
            zookeeper.delete().quietly().forPath(path);
            return true;
        } catch (NotEmptyException e) {
            return false;
        }
    }

    private interface Question<T> {
        T ask(CuratorFramework zookeeper, String path) throws Exception;
    }

    private <T> T ask(PlatformName platform, String user, Question<T> question) {
        var path = path(user);
        try (var session = openEo.open(platform)) {
            return question.ask(session.zookeeper(), path);
        } catch (UnreachableException e) {
            throw e;
        } catch (Exception e) {
            throw new UnreachableException("openEO's ZooKeeper did not answer: " + e.getMessage(), e);
        }
    }

    private static String path(String user) {
        var path = USERS + user + LIMIT;
        try {
            PathUtils.validatePath(path);
            return path;
        } catch (IllegalArgumentException e) {
            throw new NoPathException("openEO can have no limit for a user of this name: " + e.getMessage(), e);
        }
    }
}
