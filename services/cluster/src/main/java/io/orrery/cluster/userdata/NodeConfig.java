package io.orrery.cluster.userdata;

import io.orrery.cluster.keys.Tokens;
import io.orrery.cluster.model.ClusterKeys;
import io.orrery.cluster.model.Recipe;
import io.orrery.contracts.platform.Kubernetes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * RKE2's config.yaml for each role. The machine's name is left to the machine: its host name is the server's name. What
 * must be equal on all servers is in {@link #server} and so comes out of one recipe.
 */
final class NodeConfig {

    private final Recipe recipe;
    private final ClusterKeys keys;

    NodeConfig(Recipe recipe, ClusterKeys keys) {
        this.recipe = recipe;
        this.keys = keys;
    }

    /** For the first server: it has nobody to join. */
    Map<String, Object> init() {
        return server();
    }

    Map<String, Object> joiningServer() {
        var config = server();
        config.put("server", registration());
        return config;
    }

    Map<String, Object> agent() {
        var config = new LinkedHashMap<String, Object>();
        config.put("server", registration());
        config.put("token", Tokens.agent(keys));
        return config;
    }

    private Map<String, Object> server() {
        var config = new LinkedHashMap<String, Object>();
        config.put("token", Tokens.server(keys));
        // RKE2 takes this one literally: in its full form the whole text would be the password.
        config.put("agent-token", keys.agentPassword());
        config.put("tls-san", recipe.names());
        config.put("cni", recipe.cni().name().toLowerCase(Locale.ROOT));
        config.put("cluster-cidr", recipe.pods().toString());
        config.put("service-cidr", recipe.services().toString());
        config.put("write-kubeconfig-mode", "0600");
        config.put("etcd-expose-metrics", true);
        config.put("etcd-snapshot-schedule-cron", recipe.snapshots().cron().expression());
        config.put("etcd-snapshot-retention", recipe.snapshots().keep());
        if (!disabled().isEmpty()) {
            config.put("disable", disabled());
        }
        if (recipe.reserved()) {
            config.put("node-taint", List.of("CriticalAddonsOnly=true:NoExecute"));
        }
        return config;
    }

    private List<String> disabled() {
        var disabled = new ArrayList<String>();
        if (recipe.ingress()) {
            disabled.add(Rke2Version.of(recipe.version()).bringsTraefik() ? "rke2-traefik" : "rke2-ingress-nginx");
        }
        return disabled;
    }

    private String registration() {
        return "https://" + recipe.registration() + ":9345";
    }

    /** Chart values that the pod network needs to fit the machines' network; none if the defaults do. */
    Map<String, Object> networkValues() {
        // Canal's pods do not find out by themselves; 50 bytes are VXLAN's.
        return recipe.cni() == Kubernetes.Cni.CANAL && recipe.mtu() != 1500
                ? Map.of("calico", Map.of("vethuMTU", recipe.mtu() - 50))
                : Map.of();
    }
}
