package io.orrery.cluster.userdata;

import io.orrery.cluster.model.ClusterKeys;
import io.orrery.cluster.model.Pair;
import io.orrery.cluster.model.Recipe;
import io.orrery.contracts.platform.Kubernetes;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a machine boots with, by its role: after it, RKE2 runs and joins without anybody ever signing in. All machines
 * may boot at once: the units of joiners start again until the first server answers.
 */
public final class UserData {

    private static final String TLS = "/var/lib/rancher/rke2/server/tls/";
    private static final String MANIFESTS = "/var/lib/rancher/rke2/server/manifests/";

    private final URI installer;
    private final String kubeVipImage;

    /**
     * @param installer where RKE2's install script is got from, for images that do not bring RKE2
     * @param kubeVipImage what runs on servers where they hand the API's address to each other
     */
    public UserData(URI installer, String kubeVipImage) {
        this.installer = installer;
        this.kubeVipImage = kubeVipImage;
    }

    /** For the first server, and for it alone: holds the keys of all authorities. */
    public byte[] init(Recipe recipe, ClusterKeys keys) {
        var node = new NodeConfig(recipe, keys);
        var config = machine(recipe, node.init());
        pair(config, "server-ca", keys.serverCa());
        pair(config, "client-ca", keys.clientCa());
        pair(config, "request-header-ca", keys.requestHeaderCa());
        pair(config, "etcd/peer-ca", keys.etcdPeerCa());
        pair(config, "etcd/server-ca", keys.etcdServerCa());
        config.secret(TLS + "service.key", keys.serviceKey());
        if (!node.networkValues().isEmpty()) {
            config.file(MANIFESTS + "orrery-network.yaml", Yaml.write(chartConfig(recipe.cni(), node.networkValues())));
        }
        if (recipe.cni() == Kubernetes.Cni.CILIUM) {
            config.file(MANIFESTS + "orrery-metadata-guard.yaml", Yaml.write(MetadataGuard.ciliumPolicy()));
        }
        return server(config, recipe).bytes();
    }

    public byte[] server(Recipe recipe, ClusterKeys keys) {
        return server(machine(recipe, new NodeConfig(recipe, keys).joiningServer()), recipe)
                .bytes();
    }

    public byte[] agent(Recipe recipe, ClusterKeys keys) {
        var config = machine(recipe, new NodeConfig(recipe, keys).agent());
        return start(config, "agent", "server").bytes();
    }

    private CloudConfig machine(Recipe recipe, Map<String, Object> node) {
        var config = new CloudConfig()
                .secret("/etc/rancher/rke2/config.yaml", Yaml.write(node))
                .file(Installation.PATH, Installation.script(installer, recipe.version()))
                .file(ProviderId.PATH, ProviderId.script());
        MetadataGuard.install(config, recipe.pods());
        return config;
    }

    private CloudConfig server(CloudConfig config, Recipe recipe) {
        if (recipe.held()) {
            config.file(KubeVip.PATH, Yaml.write(KubeVip.pod(kubeVipImage, recipe.registration())));
        }
        return start(config, "server", "agent");
    }

    private static CloudConfig start(CloudConfig config, String role, String other) {
        return config.run("sh", ProviderId.PATH)
                .run("sh", Installation.PATH, role)
                .run("systemctl", "mask", "rke2-" + other + ".service")
                .run("systemctl", "enable", "rke2-" + role + ".service")
                // cloud-init must not wait for it: a joiner's unit is not up before the first server is
                .run("systemctl", "start", "--no-block", "rke2-" + role + ".service");
    }

    private static void pair(CloudConfig config, String name, Pair pair) {
        config.file(TLS + name + ".crt", pair.certificate());
        config.secret(TLS + name + ".key", pair.key());
    }

    private static Map<String, Object> chartConfig(Kubernetes.Cni cni, Map<String, Object> values) {
        var config = new LinkedHashMap<String, Object>();
        config.put("apiVersion", "helm.cattle.io/v1");
        config.put("kind", "HelmChartConfig");
        config.put(
                "metadata", Map.of("name", "rke2-" + cni.name().toLowerCase(Locale.ROOT), "namespace", "kube-system"));
        config.put("spec", Map.of("valuesContent", Yaml.write(values)));
        return config;
    }
}
