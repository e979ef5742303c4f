package io.orrery.sandbox.backbone;

import java.nio.file.Path;

/** ZooKeeper as its clients see it. */
public interface ZooKeeper extends Program {
    String connectString();

    /**
     * Another one than the backbone's, not started yet.
     *
     * @param folder where its data stay
     */
    static ZooKeeper alone(Path folder, String address, int port) {
        return new ZooKeeperNode(folder, address, port);
    }
}
