package io.orrery.jobtracker.zookeeper;

import io.orrery.contracts.Sealed;
import io.orrery.contracts.Sealed.Purpose;
import io.orrery.contracts.Uid;
import io.orrery.jobtracker.issuer.KeyVault;
import io.orrery.jobtracker.registry.JobStore.StoreException;
import io.orrery.reconciler.facts.FactCodec;
import io.orrery.reconciler.seal.Sealer;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.KeeperException.NoNodeException;
import org.apache.zookeeper.KeeperException.NodeExistsException;

/** Keeps the signing key in ZooKeeper, sealed. */
public final class ZooKeeperKeyVault implements KeyVault {

    private static final String NODE = "/orrery/job-issuer/signing-key";

    /** The key is no platform's; sealing binds to a uid, and this one belongs to nobody. */
    private static final Uid NOBODY = new Uid(new UUID(0, 0));

    private final CuratorFramework zookeeper;
    private final Sealer sealer;

    public ZooKeeperKeyVault(CuratorFramework zookeeper, Sealer sealer) {
        this.zookeeper = zookeeper;
        this.sealer = sealer;
    }

    @Override
    public byte[] keep(Supplier<byte[]> made) {
        try {
            return sealer.open(NOBODY, readOrMake(made));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new StoreException("cannot read or keep the signing key", e);
        }
    }

    private Sealed readOrMake(Supplier<byte[]> made) throws Exception {
        try {
            return read();
        } catch (NoNodeException e) {
            return make(made.get());
        }
    }

    private Sealed make(byte[] key) throws Exception {
        var sealed = sealer.seal(Purpose.REGISTRY, NOBODY, key);
        try {
            zookeeper.create().creatingParentsIfNeeded().forPath(NODE, FactCodec.write(sealed));
            return sealed;
        } catch (NodeExistsException e) {
            return read();
        }
    }

    private Sealed read() throws Exception {
        return FactCodec.read(zookeeper.getData().forPath(NODE), Sealed.class);
    }
}
