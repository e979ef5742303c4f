package io.orrery.cli.legacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orrery.cli.CommandException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.ExponentialBackoffRetry;
import org.apache.zookeeper.KeeperException.NoNodeException;

/**
 * Jobs where openEO's driver kept them: {@code <root>/done/<user>/<job>} and {@code <root>/ongoing/<user>/<job>}. A job
 * that was being moved stands in both; what is done comes first, and so is what counts.
 */
final class LegacyTree implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("zk://([^/]+)(/.*)?");
    private static final String ROOT = "/openeo/jobs";
    private static final int SECONDS_TO_CONNECT = 15;

    /** @param text what the node holds */
    record Node(String path, String text) {}

    private final CuratorFramework zookeeper;
    private final String root;

    private LegacyTree(CuratorFramework zookeeper, String root) {
        this.zookeeper = zookeeper;
        this.root = root;
    }

    /** @param address {@code zk://host:port[,host:port][/path]} */
    static LegacyTree open(String address) {
        var parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            throw new CommandException(address + " is no zk://host:port/path");
        }
        var path = Optional.ofNullable(parts.group(2)).orElse("").replaceAll("/+$", "");
        var builder = CuratorFrameworkFactory.builder()
                .connectString(parts.group(1))
                .retryPolicy(new ExponentialBackoffRetry(500, 5));
        credentials().ifPresent(it -> builder.authorization("digest", it.getBytes(UTF_8)));
        var tree = new LegacyTree(builder.build(), path.isEmpty() ? ROOT : path);
        tree.connect(address);
        return tree;
    }

    private static Optional<String> credentials() {
        return Optional.ofNullable(System.getenv("ZOOKEEPER_USERNAME"))
                .map(user -> user + ":" + System.getenv().getOrDefault("ZOOKEEPER_PASSWORD", ""));
    }

    private void connect(String address) {
        zookeeper.start();
        try {
            if (!zookeeper.blockUntilConnected(SECONDS_TO_CONNECT, TimeUnit.SECONDS)) {
                close();
                throw new CommandException(address + " does not answer");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted", e);
        }
    }

    /** Of all jobs. */
    List<String> paths() {
        var found = new ArrayList<String>();
        for (var part : List.of("/done", "/ongoing")) {
            for (var user : children(root + part)) {
                found.addAll(children(user));
            }
        }
        return found;
    }

    /** @return empty if it has gone since */
    Optional<Node> read(String path) {
        try {
            return Optional.of(new Node(path, new String(zookeeper.getData().forPath(path), UTF_8)));
        } catch (NoNodeException e) {
            return Optional.empty();
        } catch (Exception e) {
            throw new CommandException("cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    private List<String> children(String path) {
        try {
            return zookeeper.getChildren().forPath(path).stream()
                    .sorted()
                    .map(name -> path + "/" + name)
                    .toList();
        } catch (NoNodeException e) {
            return List.of();
        } catch (Exception e) {
            throw new CommandException("cannot list " + path + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        zookeeper.close();
    }
}
