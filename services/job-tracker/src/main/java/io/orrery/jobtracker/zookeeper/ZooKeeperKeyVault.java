package io.orrery.jobtracker.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orrery.contracts.Sealed;
import io.orrery.contracts.Sealed.Purpose;
import io.orrery.contracts.Uid;
import io.orrery.jobtracker.issuer.KeyVault;
import io.orrery.jobtracker.registry.JobStore.StoreException;
import io.orrery.reconciler.facts.FactCodec;
import io.orrery.reconciler.seal.Sealer;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.KeeperException.BadVersionException;
import org.apache.zookeeper.KeeperException.NoNodeException;
import org.apache.zookeeper.KeeperException.NodeExistsException;
import org.apache.zookeeper.data.Stat;
import org.jboss.logging.Logger;

/** Keeps the signing keys in ZooKeeper, sealed. */
public final class ZooKeeperKeyVault implements KeyVault {

    private static final Logger LOG = Logger.getLogger(ZooKeeperKeyVault.class);
    private static final String NODE = "/orrery/job-issuer/signing-keys";

    /** The keys are no platform's; sealing binds to a uid, and this one belongs to nobody. */
    private static final Uid NOBODY = new Uid(new UUID(0, 0));

    private final CuratorFramework zookeeper;
    private final Sealer sealer;

    public ZooKeeperKeyVault(CuratorFramework zookeeper, Sealer sealer) {
        this.zookeeper = zookeeper;
        this.sealer = sealer;
    }

    @Override
    public Optional<Kept> read() {
        var stat = new Stat();
        try {
            var data = zookeeper.getData().storingStatIn(stat).forPath(NODE);
            return Optional.of(new Kept(open(data), stat.getVersion()));
        } catch (NoNodeException e) {
            return Optional.empty();
        } catch (Exception e) {
            throw new StoreException("cannot read the signing keys", e);
        }
    }

    @Override
    public void create(String keys) {
        try {
            zookeeper.create().creatingParentsIfNeeded().forPath(NODE, seal(keys));
        } catch (NodeExistsException e) {
            LOG.debug("another replica has made the signing keys");
        } catch (Exception e) {
            throw new StoreException("cannot keep the signing keys", e);
        }
    }

    @Override
    public void replace(Kept former, String keys) {
        try {
            zookeeper.setData().withVersion(former.version()).forPath(NODE, seal(keys));
        } catch (BadVersionException | NoNodeException e) {
            LOG.debug("another replica has changed the signing keys");
        } catch (Exception e) {
            throw new StoreException("cannot change the signing keys", e);
        }
    }

    private byte[] seal(String keys) {
        return FactCodec.write(sealer.seal(Purpose.REGISTRY, NOBODY, keys.getBytes(UTF_8)));
    }

    private String open(byte[] data) throws IOException {
        return new String(sealer.open(NOBODY, FactCodec.read(data, Sealed.class)), UTF_8);
    }
}
