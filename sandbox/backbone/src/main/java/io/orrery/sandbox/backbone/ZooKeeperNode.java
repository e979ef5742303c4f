package io.orrery.sandbox.backbone;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.zookeeper.server.embedded.ExitHandler;
import org.apache.zookeeper.server.embedded.ZooKeeperServerEmbedded;

/** Apache ZooKeeper, stand-alone. */
final class ZooKeeperNode extends Switchable implements ZooKeeper {
    /** Before it answers it reads all its data, of which there may be some GB. */
    private static final Duration START_DEADLINE = Duration.ofMinutes(10);

    private final Path folder;
    private final String address;
    private final int port;
    private ZooKeeperServerEmbedded server;

    ZooKeeperNode(Path folder, String address, int port) {
        super("ZooKeeper");
        this.folder = folder;
        this.address = address;
        this.port = port;
    }

    @Override
    public String connectString() {
        return address + ":" + port;
    }

    @Override
    void up() throws Exception {
        var starting = ZooKeeperServerEmbedded.builder()
                .baseDir(Files.createDirectories(folder))
                .configuration(properties())
                .exitHandler(ExitHandler.LOG_ONLY)
                .build();
        try {
            starting.start(START_DEADLINE.toMillis());
        } catch (Exception e) {
            starting.close();
            throw e;
        }
        server = starting;
    }

    @Override
    void down() {
        server.close();
        server = null;
    }

    private Properties properties() {
        var properties = new Properties();
        properties.put("dataDir", folder.resolve("data").toString());
        properties.put("clientPort", String.valueOf(port));
        properties.put("clientPortAddress", address);
        properties.put("admin.enableServer", "false");
        properties.put("maxClientCnxns", "0");
        properties.put("maxCnxns", "10000");
        // sessions may last from 1 s to 60 s: the tests of lost leadership want short ones
        properties.put("tickTime", "500");
        properties.put("minSessionTimeout", "1000");
        properties.put("maxSessionTimeout", "60000");
        properties.put("autopurge.snapRetainCount", "3");
        properties.put("autopurge.purgeInterval", "1");
        return properties;
    }
}
