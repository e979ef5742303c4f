package io.orrery.cluster.keys;

import io.orrery.cluster.model.ClusterKeys;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;

/** Makes all secrets of an incarnation. Nothing of a former one goes into a new one. */
public final class KeyMaker {

    private static final int PASSWORD_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final RsaKeys rsaKeys;
    private final Clock clock;

    public KeyMaker(RsaKeys rsaKeys, Clock clock) {
        this.rsaKeys = rsaKeys;
        this.clock = clock;
    }

    /** @param of stands in the authorities' names, so that people see whose a certificate is */
    public ClusterKeys make(String of) {
        var now = clock.instant();
        return new ClusterKeys(
                Authority.create(of + "-server-ca", now),
                Authority.create(of + "-client-ca", now),
                Authority.create(of + "-request-header-ca", now),
                Authority.create(of + "-etcd-peer-ca", now),
                Authority.create(of + "-etcd-server-ca", now),
                Pem.write(rsaKeys.take().getPrivate()),
                password(),
                password());
    }

    private static String password() {
        var bytes = new byte[PASSWORD_BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
