package io.orrery.sparkdeployer.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.orrery.sparkdeployer.model.Desired;
import io.orrery.sparkdeployer.model.Marks;
import io.orrery.sparkdeployer.model.Names;
import io.orrery.sparkdeployer.model.ResultStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** The files and secrets that openEO starts with. */
final class Configuration {

    static final String BACKEND_FILE = "backendconfig.py";
    static final String REGISTRY_ENTRY = "OPENEO_EJR_OIDC_CLIENT_CREDENTIALS";
    static final String ACCESS_KEY = "accessKey";
    static final String SECRET_KEY = "secretKey";

    /** A ConfigMap holds 1 MiB in all (etcd's limit for a request is 1.5); binary data counts in base64 there. */
    private static final int PLAIN_LIMIT = 900 * 1024;

    private Configuration() {}

    static List<HasMetadata> of(Desired desired) {
        var objects = new ArrayList<HasMetadata>();
        objects.add(catalogue(desired));
        objects.add(backend(desired));
        objects.add(secret(
                desired,
                Names.REGISTRY_SECRET,
                "Opaque",
                Map.of(REGISTRY_ENTRY, desired.registry().clientCredentials())));
        desired.store().ifPresent(store -> objects.add(secret(desired, Names.STORE_SECRET, "Opaque", keys(store))));
        if (!desired.secrets().isEmpty()) {
            objects.add(secret(desired, Names.MOUNTED_SECRET, "Opaque", mounted(desired)));
        }
        desired.certificate()
                .ifPresent(entries -> objects.add(secret(desired, Names.TLS_SECRET, "kubernetes.io/tls", entries)));
        return List.copyOf(objects);
    }

    /** layercatalog.json, or layercatalog.json.gz where the plain one does not fit; openEO reads both. */
    static String catalogueFile(Desired desired) {
        return fits(desired) ? "layercatalog.json" : "layercatalog.json.gz";
    }

    /** Every entry of every mounted credential; of two with one name the credential named later wins. */
    static Map<String, String> mounted(Desired desired) {
        var entries = new TreeMap<String, String>();
        desired.openeo()
                .secrets()
                .forEach(name -> entries.putAll(desired.secrets().getOrDefault(name, Map.of())));
        return entries;
    }

    private static boolean fits(Desired desired) {
        return desired.catalogue().json().getBytes(UTF_8).length <= PLAIN_LIMIT;
    }

    private static HasMetadata catalogue(Desired desired) {
        var map = new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(desired.jobs())
                .withName(Names.CATALOGUE)
                .addToAnnotations(Marks.SOURCE, desired.catalogue().source())
                .addToAnnotations(
                        Marks.SOURCE_DIGEST,
                        KeptCatalogue.sha256(desired.catalogue().json()))
                .endMetadata();
        var json = desired.catalogue().json();
        return fits(desired)
                ? map.addToData(catalogueFile(desired), json).build()
                : map.addToBinaryData(catalogueFile(desired), base64(zipped(json)))
                        .build();
    }

    private static HasMetadata backend(Desired desired) {
        var file = """
                from openeogeotrellis.config import GpsBackendConfig

                config = GpsBackendConfig(
                    id="%1$s",
                    capabilities_title="openEO %1$s",
                    oidc_providers=[],
                )
                """.formatted(desired.platform());
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(desired.jobs())
                .withName(Names.BACKEND_CONFIG)
                .endMetadata()
                .addToData(BACKEND_FILE, file)
                .build();
    }

    private static Map<String, String> keys(ResultStore store) {
        return Map.of(
                ACCESS_KEY, store.keys().accessKey(),
                SECRET_KEY, store.keys().secretKey());
    }

    private static HasMetadata secret(Desired desired, String name, String type, Map<String, String> entries) {
        var data = entries.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> base64(entry.getValue().getBytes(UTF_8)),
                        (a, b) -> b,
                        TreeMap::new));
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(desired.jobs())
                .withName(name)
                .endMetadata()
                .withType(type)
                .withData(data)
                .build();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] zipped(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to be written", e);
        }
        return bytes.toByteArray();
    }
}
