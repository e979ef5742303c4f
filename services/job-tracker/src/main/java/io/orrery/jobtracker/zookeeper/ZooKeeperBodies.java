package io.orrery.jobtracker.zookeeper;

import io.orrery.jobtracker.registry.BodyStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.KeeperException.NoNodeException;
import org.apache.zookeeper.common.ZKConfig;

/**
 * The large parts of jobs where the registry has no bucket: {@code /orrery/job-bodies/<backend>/<shelf>/<key>}. What
 * does not fit into a message of ZooKeeper is refused.
 */
public final class ZooKeeperBodies implements BodyStore {

    private static final String ROOT = "/orrery/job-bodies";

    /** Requests carry more than the data: path, access list, session. */
    private static final int ROOM_FOR_THE_REST = 16 * 1024;

    /** What ZooKeeper takes if nobody says otherwise, in bytes. */
    private static final int DEFAULT_LARGEST = 0xfffff;

    private final CuratorFramework zookeeper;

    public ZooKeeperBodies(CuratorFramework zookeeper) {
        this.zookeeper = zookeeper;
    }

    /** As this process has it in {@code jute.maxbuffer}; the servers must allow as much. */
    @Override
    public long largest() {
        return (long) Integer.getInteger(ZKConfig.JUTE_MAXBUFFER, DEFAULT_LARGEST) - ROOM_FOR_THE_REST;
    }

    @Override
    public boolean takesSegments() {
        return false;
    }

    @Override
    public void put(String key, byte[] content) {
        try {
            zookeeper.create().orSetData().creatingParentContainersIfNeeded().forPath(path(key), content);
        } catch (Exception e) {
            throw Failures.of("keep " + key, e);
        }
    }

    @Override
    public Optional<byte[]> get(String key) {
        try {
            return Optional.of(zookeeper.getData().forPath(path(key)));
        } catch (NoNodeException e) {
            return Optional.empty();
        } catch (Exception e) {
            throw Failures.of("read " + key, e);
        }
    }

    @Override
    public Optional<byte[]> get(String key, long offset, int length) {
        var from = Math.toIntExact(offset);
        return get(key).map(content -> Arrays.copyOfRange(content, from, from + length));
    }

    @Override
    public void delete(String key) {
        try {
            zookeeper.delete().quietly().forPath(path(key));
        } catch (Exception e) {
            throw Failures.of("delete " + key, e);
        }
    }

    @Override
    public void deleteAll(String prefix) {
        try (var kept = list(prefix)) {
            kept.forEach(it -> delete(it.key()));
        }
    }

    @Override
    public Stream<Kept> list(String prefix) {
        var kept = new ArrayList<Kept>();
        try {
            for (var backend : Nodes.children(zookeeper, ROOT)) {
                for (var shelf : Nodes.children(zookeeper, backend)) {
                    for (var path : Nodes.children(zookeeper, shelf)) {
                        add(path, prefix, kept);
                    }
                }
            }
        } catch (Exception e) {
            throw Failures.of("list " + prefix, e);
        }
        return kept.stream();
    }

    private void add(String path, String prefix, List<Kept> kept) throws Exception {
        var key = key(path);
        if (key.startsWith(prefix)) {
            Optional.ofNullable(zookeeper.checkExists().forPath(path))
                    .ifPresent(stat -> kept.add(new Kept(key, Instant.ofEpochMilli(stat.getMtime()))));
        }
    }

    private static String path(String key) {
        var backend = key.substring(0, key.indexOf('/', key.indexOf('/') + 1));
        var shelf = "%02x".formatted(Math.floorMod(key.hashCode(), Paths.SHELVES));
        return ROOT + "/" + Names.encode(backend) + "/" + shelf + "/" + Names.encode(key);
    }

    private static String key(String path) {
        return Names.decode(path.substring(path.lastIndexOf('/') + 1));
    }
}
