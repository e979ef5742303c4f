package io.orrery.sparkdeployer.model;

import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Uid;
import io.orrery.contracts.platform.OpenEo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that the manifests follow from.
 *
 * @param jobs namespace of openEO and its batch jobs
 * @param operator namespace of the Spark operator
 * @param secrets mounted credentials by their names: those that become environment variables
 * @param certificate entries of the TLS certificate that the ingress shows
 */
public record Desired(
        PlatformName platform,
        Uid uid,
        String jobs,
        String operator,
        OpenEo openeo,
        Catalogue catalogue,
        JobRegistry registry,
        Optional<ResultStore> store,
        Map<String, Map<String, String>> secrets,
        Optional<Map<String, String>> certificate) {

    /** Shorter values are flags and the like; taking them out would make words unreadable. */
    private static final int SHORTEST_SECRET = 6;

    /** What others have said, without the secrets that they may have let slip. */
    public String withoutSecrets(String text) {
        var values = new ArrayList<String>();
        secrets.values().forEach(entries -> values.addAll(entries.values()));
        certificate.ifPresent(entries -> values.addAll(entries.values()));
        store.map(ResultStore::keys).ifPresent(keys -> values.addAll(List.of(keys.accessKey(), keys.secretKey())));
        var client = registry.client();
        values.add(client.substring(client.indexOf(':') + 1));
        var veiled = text;
        for (var value : values) {
            veiled = value.length() < SHORTEST_SECRET ? veiled : veiled.replace(value, "***");
        }
        return veiled;
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "Desired[" + platform + ", " + uid + "]";
    }
}
