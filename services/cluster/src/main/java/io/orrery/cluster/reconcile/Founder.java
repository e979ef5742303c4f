package io.orrery.cluster.reconcile;

import io.orrery.cluster.keys.KeyMaker;
import io.orrery.cluster.model.ClusterKeys;
import io.orrery.cluster.model.Recipe;
import io.orrery.cluster.plan.Founding;
import io.orrery.cluster.userdata.UserData;
import io.orrery.contracts.ClusterStatus.Bootstrap;
import io.orrery.contracts.PlatformStatus;
import io.orrery.contracts.Sealed;
import io.orrery.contracts.Sealed.Purpose;
import io.orrery.contracts.Slot;
import io.orrery.contracts.Uid;
import io.orrery.reconciler.facts.FactCodec;
import io.orrery.reconciler.seal.Sealer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Makes what machines boot with, and keeps it fitting to the document for machines that come later. */
public final class Founder {

    private final KeyMaker keyMaker;
    private final UserData userData;
    private final Sealer sealer;

    public Founder(KeyMaker keyMaker, UserData userData, Sealer sealer) {
        this.keyMaker = keyMaker;
        this.userData = userData;
        this.sealer = sealer;
    }

    /** What machines are to boot with now: the former, if nothing asks for another. */
    Bootstrap bootstrap(PlatformStatus platform, Optional<Bootstrap> former, List<Slot> slots, Recipe recipe) {
        return switch (Founding.decide(former, slots)) {
            case Founding.Anew anew -> found(platform, anew, recipe);
            case Founding.Appoint appoint ->
                refresh(platform.uid(), former.orElseThrow(), recipe, Optional.of(appoint.first()));
            case Founding.Keep keep ->
                refresh(
                        platform.uid(),
                        former.orElseThrow(),
                        recipe,
                        former.get().initSlot());
        };
    }

    ClusterKeys keys(Uid uid, Bootstrap bootstrap) {
        try {
            return FactCodec.read(sealer.open(uid, bootstrap.keys()), ClusterKeys.class);
        } catch (IOException e) {
            throw new IllegalStateException("the cluster's keys cannot be read", e);
        }
    }

    private Bootstrap found(PlatformStatus platform, Founding.Anew anew, Recipe recipe) {
        var uid = platform.uid();
        var keys = keyMaker.make(platform.platform() + "-" + uid.shortForm() + "-" + anew.incarnation());
        return new Bootstrap(
                anew.incarnation(),
                anew.first(),
                Optional.of(seal(uid, userData.init(recipe, keys))),
                seal(uid, userData.server(recipe, keys)),
                seal(uid, userData.agent(recipe, keys)),
                sealer.seal(Purpose.CLUSTER_KEYS, uid, FactCodec.write(keys)));
    }

    /** The first machine's user-data stays what it was: that machine may have booted with it. */
    private Bootstrap refresh(Uid uid, Bootstrap former, Recipe recipe, Optional<String> initSlot) {
        var keys = keys(uid, former);
        return new Bootstrap(
                former.incarnation(),
                initSlot,
                former.init(),
                seal(uid, userData.server(recipe, keys)),
                seal(uid, userData.agent(recipe, keys)),
                former.keys());
    }

    private Sealed seal(Uid uid, byte[] data) {
        return sealer.seal(Purpose.BOOTSTRAP, uid, data);
    }

    /** What {@code bootstrap} becomes once the cluster is ready: nobody gets the keys of its authorities again. */
    static Bootstrap founded(Bootstrap bootstrap) {
        return new Bootstrap(
                bootstrap.incarnation(),
                Optional.empty(),
                Optional.empty(),
                bootstrap.server(),
                bootstrap.agent(),
                bootstrap.keys());
    }
}
