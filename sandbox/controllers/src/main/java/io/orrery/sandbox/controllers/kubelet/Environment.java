package io.orrery.sandbox.controllers.kubelet;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A container's environment variables, with their sources read from the API. */
final class Environment {

    /** A key or object that is needed is not there: the container waits with CreateContainerConfigError. */
    static final class MissingSource extends Exception {
        private static final long serialVersionUID = 1;

        MissingSource(String message) {
            super(message);
        }
    }

    private static final Pattern REFERENCE = Pattern.compile("\\$\\(([-._a-zA-Z][-._a-zA-Z0-9]*)\\)");

    private final KubernetesClient client;
    private final Pod pod;
    private final Map<String, String> fields;

    Environment(KubernetesClient client, Pod pod, String podIp, String hostIp) {
        this.client = client;
        this.pod = pod;
        this.fields = fields(pod, podIp, hostIp);
    }

    Map<String, String> of(Container container) throws MissingSource {
        var env = new HashMap<String, String>();
        for (var source : container.getEnvFrom()) {
            var prefix = Optional.ofNullable(source.getPrefix()).orElse("");
            if (source.getConfigMapRef() != null) {
                var reference = source.getConfigMapRef();
                data(configMap(reference.getName()), reference.getName(), reference.getOptional())
                        .forEach((key, value) -> env.put(prefix + key, value));
            } else if (source.getSecretRef() != null) {
                var reference = source.getSecretRef();
                decoded(secret(reference.getName()), reference.getName(), reference.getOptional())
                        .forEach((key, value) -> env.put(prefix + key, value));
            }
        }
        for (var variable : container.getEnv()) {
            if (variable.getValueFrom() == null) {
                env.put(
                        variable.getName(),
                        expanded(Optional.ofNullable(variable.getValue()).orElse(""), env));
            } else {
                value(variable.getValueFrom()).ifPresent(value -> env.put(variable.getName(), value));
            }
        }
        return env;
    }

    private Optional<String> value(EnvVarSource source) throws MissingSource {
        if (source.getSecretKeyRef() != null) {
            var ref = source.getSecretKeyRef();
            var data = decoded(secret(ref.getName()), ref.getName(), ref.getOptional());
            return key(data, "Secret", ref.getName(), ref.getKey(), ref.getOptional());
        }
        if (source.getConfigMapKeyRef() != null) {
            var ref = source.getConfigMapKeyRef();
            var data = data(configMap(ref.getName()), ref.getName(), ref.getOptional());
            return key(data, "ConfigMap", ref.getName(), ref.getKey(), ref.getOptional());
        }
        if (source.getFieldRef() != null) {
            return Optional.of(fields.getOrDefault(source.getFieldRef().getFieldPath(), ""));
        }
        return Optional.empty();
    }

    private Optional<String> key(Map<String, String> data, String kind, String name, String key, Boolean optional)
            throws MissingSource {
        if (!data.containsKey(key) && !Boolean.TRUE.equals(optional)) {
            throw new MissingSource("couldn't find key " + key + " in " + kind + " "
                    + pod.getMetadata().getNamespace() + "/" + name);
        }
        return Optional.ofNullable(data.get(key));
    }

    private static Map<String, String> data(ConfigMap map, String name, Boolean optional) throws MissingSource {
        if (map == null && !Boolean.TRUE.equals(optional)) {
            throw new MissingSource("configmap \"" + name + "\" not found");
        }
        return map == null ? Map.of() : map.getData();
    }

    private static Map<String, String> decoded(Secret secret, String name, Boolean optional) throws MissingSource {
        if (secret == null && !Boolean.TRUE.equals(optional)) {
            throw new MissingSource("secret \"" + name + "\" not found");
        }
        var data = new HashMap<String, String>();
        if (secret != null) {
            secret.getData()
                    .forEach((key, base64) ->
                            data.put(key, new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8)));
        }
        return data;
    }

    private ConfigMap configMap(String name) {
        return client.configMaps()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(name)
                .get();
    }

    private Secret secret(String name) {
        return client.secrets()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(name)
                .get();
    }

    /** {@code $(NAME)} becomes the value of a variable that came before; an unknown one stays as it is. */
    private static String expanded(String value, Map<String, String> env) {
        return REFERENCE
                .matcher(value)
                .replaceAll(found -> Matcher.quoteReplacement(env.getOrDefault(found.group(1), found.group())));
    }

    private static Map<String, String> fields(Pod pod, String podIp, String hostIp) {
        var metadata = pod.getMetadata();
        var fields = new HashMap<String, String>();
        fields.put("metadata.name", metadata.getName());
        fields.put("metadata.namespace", metadata.getNamespace());
        fields.put("metadata.uid", metadata.getUid());
        fields.put("spec.nodeName", pod.getSpec().getNodeName());
        fields.put(
                "spec.serviceAccountName",
                Optional.ofNullable(pod.getSpec().getServiceAccountName()).orElse("default"));
        fields.put("status.podIP", podIp);
        fields.put("status.podIPs", podIp);
        fields.put("status.hostIP", hostIp);
        metadata.getLabels().forEach((key, value) -> fields.put("metadata.labels['" + key + "']", value));
        metadata.getAnnotations().forEach((key, value) -> fields.put("metadata.annotations['" + key + "']", value));
        return fields;
    }
}
