package io.orrery.sparkdeployer.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.orrery.contracts.Uid;
import io.orrery.contracts.platform.LayerCatalogue;
import io.orrery.sparkdeployer.model.Kind;
import io.orrery.sparkdeployer.model.Marks;
import io.orrery.sparkdeployer.model.Names;
import io.orrery.sparkdeployer.model.ObjectKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * A catalogue that was fetched stays in its ConfigMap, so that a service that starts anew, or another replica, goes on with
 * the same one, also while the place that it came from is away.
 */
public final class KeptCatalogue {

    private KeptCatalogue() {}

    /** Where the catalogue comes from, and which one of there: another digest is another source. */
    public static String source(LayerCatalogue.FromUrl from) {
        return from.url() + from.sha256().map(digest -> "#sha256=" + digest).orElse("");
    }

    public static ObjectKey key(String namespace) {
        return new ObjectKey(Kind.CONFIG_MAP, namespace, Names.CATALOGUE);
    }

    /** The text, if this ConfigMap is the platform's own, of this source, and has not been edited by others. */
    public static Optional<String> text(GenericKubernetesResource map, Uid uid, String source) {
        var labels = Optional.ofNullable(map.getMetadata().getLabels()).orElse(Map.of());
        var annotations =
                Optional.ofNullable(map.getMetadata().getAnnotations()).orElse(Map.of());
        return uid.toString().equals(labels.get(Marks.PLATFORM)) && source.equals(annotations.get(Marks.SOURCE))
                ? content(map).filter(text -> sha256(text).equals(annotations.get(Marks.SOURCE_DIGEST)))
                : Optional.empty();
    }

    private static Optional<String> content(GenericKubernetesResource map) {
        Map<String, String> plain = map.get("data");
        Map<String, String> packed = map.get("binaryData");
        return plain != null
                ? plain.values().stream().findFirst()
                : Optional.ofNullable(packed)
                        .flatMap(entries -> entries.values().stream().findFirst())
                        .flatMap(KeptCatalogue::unpacked);
    }

    private static Optional<String> unpacked(String base64) {
        try (var zip =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(base64)))) {
            return Optional.of(new String(zip.readAllBytes(), UTF_8));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
