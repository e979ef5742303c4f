package io.orrery.reconciler.runtime;

import io.orrery.reconciler.runtime.ZooKeeperConfig.Tls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.api.ACLProvider;
import org.apache.zookeeper.ClientCnxnSocketNetty;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.common.ClientX509Util;
import org.apache.zookeeper.common.X509Util;
import org.apache.zookeeper.data.ACL;

/** How every client of ZooKeeper in a service gets there: over TLS and with credentials, where these are set up. */
public final class ZooKeeperConnection {

    private static final ACLProvider FOR_US_ONLY = new ACLProvider() {
        @Override
        public List<ACL> getDefaultAcl() {
            return ZooDefs.Ids.CREATOR_ALL_ACL;
        }

        @Override
        public List<ACL> getAclForPath(String path) {
            return ZooDefs.Ids.CREATOR_ALL_ACL;
        }
    };

    private ZooKeeperConnection() {}

    /** A client that wants no more than to be told how to try again. */
    public static CuratorFrameworkFactory.Builder builder(ZooKeeperConfig config) {
        var builder = CuratorFrameworkFactory.builder()
                .connectString(config.connect())
                .sessionTimeoutMs((int) config.sessionTimeout().toMillis())
                .connectionTimeoutMs((int) config.connectionTimeout().toMillis());
        config.credentials()
                .ifPresent(file -> builder.authorization("digest", line(file)).aclProvider(FOR_US_ONLY));
        config.tls().ifPresent(tls -> builder.zkClientConfig(secure(tls)));
        return builder;
    }

    private static byte[] line(Path file) {
        try {
            return Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("ZooKeeper's credentials cannot be read", e);
        }
    }

    private static ZKClientConfig secure(Tls tls) {
        var secure = new ZKClientConfig();
        secure.setProperty(ZKClientConfig.SECURE_CLIENT, "true");
        secure.setProperty(ZKClientConfig.ZOOKEEPER_CLIENT_CNXN_SOCKET, ClientCnxnSocketNetty.class.getName());
        try (X509Util names = new ClientX509Util()) {
            secure.setProperty(
                    names.getSslTruststoreLocationProperty(), tls.trusted().toString());
            secure.setProperty(names.getSslTruststoreTypeProperty(), "PEM");
            tls.identity().ifPresent(identity -> {
                secure.setProperty(names.getSslKeystoreLocationProperty(), identity.toString());
                secure.setProperty(names.getSslKeystoreTypeProperty(), "PEM");
            });
        }
        return secure;
    }
}
