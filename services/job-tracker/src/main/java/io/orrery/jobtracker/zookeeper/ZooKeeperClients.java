package io.orrery.jobtracker.zookeeper;

import io.orrery.jobtracker.issuer.Client;
import io.orrery.jobtracker.issuer.Clients;
import io.orrery.jobtracker.registry.JobStore.StoreException;
import io.orrery.reconciler.facts.FactCodec;
import java.io.IOException;
import java.util.Optional;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.cache.ChildData;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.apache.zookeeper.KeeperException.NoNodeException;

/**
 * The issuer's clients, a node each under {@code /orrery/job-clients}. Every token that comes in is checked against
 * them, so they are kept in memory; one that is not there is asked for, since another replica may just have made it.
 */
public final class ZooKeeperClients implements Clients, AutoCloseable {

    private static final String ROOT = "/orrery/job-clients";

    private final CuratorFramework zookeeper;
    private final CuratorCache cache;

    public ZooKeeperClients(CuratorFramework zookeeper) {
        this.zookeeper = zookeeper;
        this.cache = CuratorCache.build(zookeeper, ROOT);
    }

    /** ZooKeeper's client has to be started. */
    public void open() {
        cache.start();
    }

    @Override
    public Optional<Client> find(String id) {
        var path = path(id);
        return cache.get(path).map(ChildData::getData).or(() -> read(path)).map(ZooKeeperClients::decode);
    }

    @Override
    public void put(Client client) {
        try {
            zookeeper
                    .create()
                    .orSetData()
                    .creatingParentsIfNeeded()
                    .forPath(path(client.id()), FactCodec.write(client));
        } catch (Exception e) {
            throw new StoreException("cannot keep the client " + client.id(), e);
        }
    }

    @Override
    public void remove(String id) {
        try {
            zookeeper.delete().quietly().forPath(path(id));
        } catch (Exception e) {
            throw new StoreException("cannot remove the client " + id, e);
        }
    }

    @Override
    public void close() {
        cache.close();
    }

    private Optional<byte[]> read(String path) {
        try {
            return Optional.of(zookeeper.getData().forPath(path));
        } catch (NoNodeException e) {
            return Optional.empty();
        } catch (Exception e) {
            throw new StoreException("cannot look for a client", e);
        }
    }

    private static Client decode(byte[] data) {
        try {
            return FactCodec.read(data, Client.class);
        } catch (IOException e) {
            throw new StoreException("a client's node cannot be read", e);
        }
    }

    private static String path(String id) {
        return ROOT + "/" + Names.encode(id);
    }
}
