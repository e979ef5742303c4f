package io.orrery.cluster.userdata;

import java.util.List;
import java.util.Map;

/** The static pod by which the servers hand the registration address to each other (ARP, leader election). */
final class KubeVip {

    static final String PATH = "/var/lib/rancher/rke2/agent/pod-manifests/kube-vip.yaml";

    private KubeVip() {}

    static Map<String, Object> pod(String image, String address) {
        var container = Map.of(
                "name", "kube-vip",
                "image", image,
                "args", List.of("manager"),
                "env",
                        List.of(
                                env("vip_arp", "true"),
                                env("address", address),
                                env("port", "6443"),
                                env("vip_subnet", "32"),
                                env("cp_enable", "true"),
                                env("cp_namespace", "kube-system"),
                                env("svc_enable", "false"),
                                env("vip_leaderelection", "true"),
                                env("vip_leaseduration", "15"),
                                env("vip_renewdeadline", "10"),
                                env("vip_retryperiod", "2"),
                                Map.of(
                                        "name",
                                        "vip_nodename",
                                        "valueFrom",
                                        Map.of("fieldRef", Map.of("fieldPath", "spec.nodeName")))),
                "securityContext", Map.of("capabilities", Map.of("add", List.of("NET_ADMIN", "NET_RAW"))),
                "volumeMounts", List.of(Map.of("name", "kubeconfig", "mountPath", "/etc/kubernetes/admin.conf")));
        return Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Pod",
                "metadata",
                Map.of("name", "kube-vip", "namespace", "kube-system"),
                "spec",
                Map.of(
                        "hostNetwork",
                        true,
                        "priorityClassName",
                        "system-node-critical",
                        "containers",
                        List.of(container),
                        "volumes",
                        List.of(Map.of(
                                "name",
                                "kubeconfig",
                                "hostPath",
                                Map.of("path", "/etc/rancher/rke2/rke2.yaml", "type", "File")))));
    }

    private static Map<String, Object> env(String name, String value) {
        return Map.of("name", name, "value", value);
    }
}
