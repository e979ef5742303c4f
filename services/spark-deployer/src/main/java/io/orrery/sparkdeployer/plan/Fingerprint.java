package io.orrery.sparkdeployer.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keyed digests of manifests. Keyed, because they stand in annotations that many may read, and some manifests hold
 * secrets that could be guessed from a plain digest.
 */
final class Fingerprint {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int LENGTH = 32;

    private static final ObjectMapper CANONICAL = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final SecretKeySpec key;

    Fingerprint(String key) {
        this.key = new SecretKeySpec(key.getBytes(UTF_8), ALGORITHM);
    }

    /** 32 hexadecimal digits. Equal trees have equal fingerprints, whatever the order of their keys. */
    String of(Object tree) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            var plain = CANONICAL.convertValue(tree, Object.class);
            return HexFormat.of()
                    .formatHex(mac.doFinal(CANONICAL.writeValueAsBytes(plain)))
                    .substring(0, LENGTH);
        } catch (GeneralSecurityException | JsonProcessingException e) {
            throw new IllegalStateException("every JVM has " + ALGORITHM + ", and manifests are trees", e);
        }
    }
}
