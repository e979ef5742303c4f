package io.orrery.sandbox.controllers.kubelet;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.FileNotFoundException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files that a pod's ConfigMap and Secret volumes hold, read from the API when they are asked for. */
public final class PodFiles {

    private final KubernetesClient client;
    private final Pod pod;

    PodFiles(KubernetesClient client, Pod pod) {
        this.client = client;
        this.pod = pod;
    }

    byte[] read(Container container, String path) throws FileNotFoundException {
        var mount = container.getVolumeMounts().stream()
                .filter(m -> path.equals(m.getMountPath()) || path.startsWith(folder(m)))
                .max(Comparator.comparingInt(m -> m.getMountPath().length()))
                .orElseThrow(() -> missing(path));
        var inside = path.equals(mount.getMountPath())
                ? ""
                : path.substring(folder(mount).length());
        var name = mount.getSubPath() == null
                ? inside
                : inside.isEmpty() ? mount.getSubPath() : mount.getSubPath() + "/" + inside;
        var content = volume(mount.getName()).map(this::files).orElse(Map.of()).get(name);
        if (content == null) {
            throw missing(path);
        }
        return content;
    }

    /** Why the volumes cannot be mounted yet, in the kubelet's words; empty if they can. */
    Optional<String> obstacle() {
        return pod.getSpec().getVolumes().stream()
                .map(this::obstacle)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> obstacle(Volume volume) {
        var failed = "MountVolume.SetUp failed for volume \"" + volume.getName() + "\" : ";
        var map = volume.getConfigMap();
        if (map != null && !Boolean.TRUE.equals(map.getOptional()) && configMap(map.getName()) == null) {
            return Optional.of(failed + "configmap \"" + map.getName() + "\" not found");
        }
        var secret = volume.getSecret();
        if (secret != null && !Boolean.TRUE.equals(secret.getOptional()) && secret(secret.getSecretName()) == null) {
            return Optional.of(failed + "secret \"" + secret.getSecretName() + "\" not found");
        }
        var claim = volume.getPersistentVolumeClaim();
        if (claim != null && !isBound(claim.getClaimName())) {
            return Optional.of(
                    failed + "persistentvolumeclaim \"" + claim.getClaimName() + "\" is not found or not bound");
        }
        return Optional.empty();
    }

    private boolean isBound(String claim) {
        var found = client.persistentVolumeClaims()
                .inNamespace(namespace())
                .withName(claim)
                .get();
        return found != null
                && found.getStatus() != null
                && "Bound".equals(found.getStatus().getPhase());
    }

    private Optional<Volume> volume(String name) {
        return pod.getSpec().getVolumes().stream()
                .filter(volume -> name.equals(volume.getName()))
                .findFirst();
    }

    private Map<String, byte[]> files(Volume volume) {
        if (volume.getConfigMap() != null) {
            var map = configMap(volume.getConfigMap().getName());
            return map == null
                    ? Map.of()
                    : arranged(content(map), volume.getConfigMap().getItems());
        }
        if (volume.getSecret() != null) {
            var secret = secret(volume.getSecret().getSecretName());
            return secret == null
                    ? Map.of()
                    : arranged(content(secret), volume.getSecret().getItems());
        }
        return Map.of();
    }

    private static Map<String, byte[]> arranged(Map<String, byte[]> content, List<KeyToPath> items) {
        if (items.isEmpty()) {
            return content;
        }
        var arranged = new HashMap<String, byte[]>();
        items.forEach(item -> Optional.ofNullable(content.get(item.getKey()))
                .ifPresent(bytes -> arranged.put(item.getPath(), bytes)));
        return arranged;
    }

    private static Map<String, byte[]> content(ConfigMap map) {
        var content = new HashMap<String, byte[]>();
        map.getData().forEach((key, text) -> content.put(key, text.getBytes(StandardCharsets.UTF_8)));
        map.getBinaryData()
                .forEach((key, base64) -> content.put(key, Base64.getDecoder().decode(base64)));
        return content;
    }

    private static Map<String, byte[]> content(Secret secret) {
        var content = new HashMap<String, byte[]>();
        secret.getData()
                .forEach((key, base64) -> content.put(key, Base64.getDecoder().decode(base64)));
        return content;
    }

    private ConfigMap configMap(String name) {
        return client.configMaps().inNamespace(namespace()).withName(name).get();
    }

    private Secret secret(String name) {
        return client.secrets().inNamespace(namespace()).withName(name).get();
    }

    private String namespace() {
        return pod.getMetadata().getNamespace();
    }

    private static String folder(VolumeMount mount) {
        return mount.getMountPath().endsWith("/") ? mount.getMountPath() : mount.getMountPath() + "/";
    }

    private static FileNotFoundException missing(String path) {
        return new FileNotFoundException("[Errno 2] No such file or directory: '" + path + "'");
    }
}
