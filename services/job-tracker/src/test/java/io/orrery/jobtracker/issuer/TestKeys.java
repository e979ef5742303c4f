package io.orrery.jobtracker.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.orrery.jobtracker.Samples;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Signing keys by number, each made once: that takes most of a second. They sign from noon on. */
final class TestKeys {

    private static final Map<Integer, RSAKey> KEYS = new ConcurrentHashMap<>();

    private TestKeys() {}

    static RSAKey key(int number) {
        return KEYS.computeIfAbsent(number, any -> make());
    }

    /** A vault that keeps this key already. */
    static InMemoryVault vault(int number) {
        var vault = new InMemoryVault();
        vault.create(new JWKSet(key(number)).toString(false));
        return vault;
    }

    private static RSAKey make() {
        try {
            return new RSAKeyGenerator(2048)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyIDFromThumbprint(true)
                    .notBeforeTime(Date.from(Samples.NOON))
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
