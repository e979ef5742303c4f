package io.orrery.cluster.userdata;

import io.orrery.contracts.platform.Cidr;
import java.util.List;
import java.util.Map;

/**
 * Keeps pods away from the cloud's metadata address: whoever reads it gets the machine's user-data, and pods run other
 * people's code. A table of its own, before all that pod networks install, on each machine before Kubernetes starts
 * there: without it Kubernetes does not start.
 */
final class MetadataGuard {

    static final String UNIT = "orrery-metadata-guard.service";

    private static final String ADDRESS = "169.254.169.254";
    private static final String RULES = "/etc/orrery/metadata-guard.nft";

    private MetadataGuard() {}

    static void install(CloudConfig config, Cidr pods) {
        config.file(RULES, rules(pods));
        config.file("/etc/systemd/system/" + UNIT, unit());
        config.run("systemctl", "daemon-reload");
        config.run("systemctl", "enable", "--now", UNIT);
    }

    private static String rules(Cidr pods) {
        return """
                add table inet orrery_metadata_guard
                delete table inet orrery_metadata_guard
                table inet orrery_metadata_guard {
                  chain from_pods {
                    type filter hook prerouting priority -310; policy accept;
                    ip saddr %s ip daddr %s drop
                  }
                }
                """.formatted(pods, ADDRESS);
    }

    private static String unit() {
        return """
                [Unit]
                Description=Keeps pods away from the metadata service
                Before=rke2-server.service rke2-agent.service

                [Service]
                Type=oneshot
                RemainAfterExit=yes
                ExecStart=/usr/sbin/nft -f %s

                [Install]
                WantedBy=multi-user.target
                RequiredBy=rke2-server.service rke2-agent.service
                """.formatted(RULES);
    }

    /** Cilium's pods may go round netfilter; it has to be told itself. */
    static Map<String, Object> ciliumPolicy() {
        return Map.of(
                "apiVersion",
                "cilium.io/v2",
                "kind",
                "CiliumClusterwideNetworkPolicy",
                "metadata",
                Map.of("name", "orrery-metadata-guard"),
                "spec",
                Map.of(
                        "endpointSelector", Map.of(),
                        "enableDefaultDeny", Map.of("egress", false, "ingress", false),
                        "egressDeny", List.of(Map.of("toCIDR", List.of(ADDRESS + "/32")))));
    }
}
