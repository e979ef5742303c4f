package io.orrery.sparkdeployer.plan;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.orrery.sparkdeployer.model.Desired;
import io.orrery.sparkdeployer.model.Names;
import io.orrery.sparkdeployer.model.ResultStore;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The environment that openEO's settings are read from. Later entries win: first what has a sensible value, then mounted
 * credentials, then what the document says, and last what only Orrery can know.
 */
final class Environment {

    static final String CATALOGUE_FOLDER = "/opt";
    static final String BACKEND_FOLDER = "/opt/backend_config";

    private final Map<String, EnvVar> variables = new LinkedHashMap<>();

    private Environment() {}

    static List<EnvVar> driver(Desired desired) {
        var env = new Environment();
        env.common(desired);
        env.value("KUBE_OPENEO_API_PORT", String.valueOf(Names.API_PORT));
        env.field("POD_NAME", "metadata.name");
        env.field("POD_NAMESPACE", "metadata.namespace");
        env.value("OPENEO_CATALOG_FILES", CATALOGUE_FOLDER + "/" + Configuration.catalogueFile(desired));
        env.value("OPENEO_EJR_API", desired.registry().api().toString());
        env.value("OPENEO_EJR_BACKEND_ID", desired.registry().backendId());
        env.secret(Configuration.REGISTRY_ENTRY, Names.REGISTRY_SECRET, Configuration.REGISTRY_ENTRY);
        return List.copyOf(env.variables.values());
    }

    static List<EnvVar> executor(Desired desired) {
        var env = new Environment();
        env.common(desired);
        return List.copyOf(env.variables.values());
    }

    private void common(Desired desired) {
        desired.store().ifPresent(this::store);
        Configuration.mounted(desired).keySet().forEach(name -> secret(name, Names.MOUNTED_SECRET, name));
        desired.openeo().env().forEach(this::value);
        value("KUBE", "true");
        value("OPENEO_BACKEND_CONFIG", BACKEND_FOLDER + "/" + Configuration.BACKEND_FILE);
        value("ZOOKEEPERNODES", ZooKeeper.connect(desired));
    }

    /** SWIFT_* is where results go, AWS_* where EO data is read: the same, unless credentials or document say otherwise. */
    private void store(ResultStore store) {
        value("SWIFT_URL", store.endpoint().toString());
        value("SWIFT_BUCKET", store.bucket());
        secret("SWIFT_ACCESS_KEY_ID", Names.STORE_SECRET, Configuration.ACCESS_KEY);
        secret("SWIFT_SECRET_ACCESS_KEY", Names.STORE_SECRET, Configuration.SECRET_KEY);
        value("AWS_S3_ENDPOINT", authority(store.endpoint()));
        value(
                "AWS_HTTPS",
                String.valueOf("https".equals(store.endpoint().getScheme())).toUpperCase(Locale.ROOT));
        value("AWS_REGION", store.region());
        value("AWS_DEFAULT_REGION", store.region());
        value("AWS_VIRTUAL_HOSTING", "FALSE");
        secret("AWS_ACCESS_KEY_ID", Names.STORE_SECRET, Configuration.ACCESS_KEY);
        secret("AWS_SECRET_ACCESS_KEY", Names.STORE_SECRET, Configuration.SECRET_KEY);
    }

    /** GDAL wants host and port, and has the scheme from AWS_HTTPS. */
    private static String authority(URI endpoint) {
        return endpoint.getAuthority();
    }

    private void value(String name, String value) {
        put(new EnvVar(name, value, null));
    }

    private void field(String name, String path) {
        put(new EnvVarBuilder()
                .withName(name)
                .withNewValueFrom()
                .withNewFieldRef("v1", path)
                .endValueFrom()
                .build());
    }

    private void secret(String name, String secret, String key) {
        put(new EnvVarBuilder()
                .withName(name)
                .withNewValueFrom()
                .withNewSecretKeyRef(key, secret, false)
                .endValueFrom()
                .build());
    }

    private void put(EnvVar variable) {
        variables.remove(variable.getName());
        variables.put(variable.getName(), variable);
    }
}
