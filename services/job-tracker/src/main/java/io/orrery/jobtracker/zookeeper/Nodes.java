package io.orrery.jobtracker.zookeeper;

import java.util.List;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.KeeperException.NoNodeException;

/** What ZooKeeper's client does not say in one word. */
final class Nodes {

    private Nodes() {}

    /** The paths of the node's children; none if there is no such node. */
    static List<String> children(CuratorFramework zookeeper, String path) throws Exception {
        try {
            return zookeeper.getChildren().forPath(path).stream()
                    .map(name -> path + "/" + name)
                    .toList();
        } catch (NoNodeException e) {
            return List.of();
        }
    }
}
