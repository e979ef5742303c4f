package io.orrery.jobtracker.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The issuer's keys, in the order in which they sign: one that did and whose tokens may still be about, one that does,
 * one that will. From when on a key signs stands in it as "nbf".
 */
record KeyRing(List<RSAKey> keys) {

    private static final int KEY_BITS = 2048;

    KeyRing {
        keys = List.copyOf(keys);
    }

    static KeyRing read(String json) {
        try {
            return new KeyRing(
                    JWKSet.parse(json).getKeys().stream().map(JWK::toRSAKey).toList());
        } catch (ParseException e) {
            throw new IllegalStateException("the signing keys that are kept are none", e);
        }
    }

    /** With the private parts. */
    String write() {
        return set().toString(false);
    }

    JWKSet set() {
        return new JWKSet(List.copyOf(keys));
    }

    /** The ring with its first key, which signs at once; or with the next and without those that are over, if it is time. */
    KeyRing at(Instant now, Rotation rotation) {
        var kept = new ArrayList<RSAKey>();
        IntStream.range(0, keys.size())
                .filter(it -> it == keys.size() - 1
                        || signsFrom(keys.get(it + 1)).plus(rotation.kept()).isAfter(now))
                .mapToObj(keys::get)
                .forEach(kept::add);
        if (kept.isEmpty()) {
            kept.add(make(now));
        }
        var next = signsFrom(kept.getLast()).plus(rotation.use());
        var soonest = now.plus(rotation.lead());
        if (!next.isAfter(soonest)) {
            kept.add(make(soonest));
        }
        return new KeyRing(kept);
    }

    /** The one that signs now. */
    RSAKey signer(Instant now) {
        return keys.stream()
                .filter(key -> !signsFrom(key).isAfter(now))
                .reduce((former, later) -> later)
                .orElse(keys.getFirst());
    }

    private static Instant signsFrom(RSAKey key) {
        return key.getNotBeforeTime().toInstant();
    }

    private static RSAKey make(Instant signsFrom) {
        try {
            return new RSAKeyGenerator(KEY_BITS)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyIDFromThumbprint(true)
                    .notBeforeTime(Date.from(signsFrom))
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot make a signing key", e);
        }
    }
}
