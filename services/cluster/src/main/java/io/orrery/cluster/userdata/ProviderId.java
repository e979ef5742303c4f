package io.orrery.cluster.userdata;

/** Tells the kubelet which OpenStack server it runs on; the id is known to the machine only, from cloud-init. */
final class ProviderId {

    static final String PATH = "/usr/local/lib/orrery/provider-id.sh";

    private ProviderId() {}

    static String script() {
        return """
                #!/bin/sh
                id=$(cloud-init query instance_id) || exit 0
                mkdir -p /etc/rancher/rke2/config.yaml.d
                printf 'kubelet-arg+:\\n- "provider-id=openstack:///%s"\\n' "$id" \\
                  > /etc/rancher/rke2/config.yaml.d/10-provider-id.yaml
                """;
    }
}
