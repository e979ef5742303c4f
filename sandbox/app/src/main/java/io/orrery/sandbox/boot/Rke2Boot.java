package io.orrery.sandbox.boot;

import io.orrery.sandbox.controllers.kubelet.NodeSpec;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a machine is to be in which cluster, as its user-data says. */
record Rke2Boot(Rke2Unit unit, Rke2Config config, CloudConfig cloud, String version) {
    private static final Pattern INSTALLED = Pattern.compile("INSTALL_RKE2_VERSION=[\"']?(v[0-9][^\\s\"']*)");

    /** What must be equal on all servers of a cluster. */
    private static final List<String> CRITICAL = List.of(
            "agent-token",
            "cluster-cidr",
            "cluster-dns",
            "cluster-domain",
            "disable-cloud-controller",
            "disable-kube-proxy",
            "egress-selector-mode",
            "service-cidr");

    private static final String UNINITIALIZED = "node.cloudprovider.kubernetes.io/uninitialized";

    /** @param bakedVersion of the RKE2 in the image, where no command installs another */
    static Rke2Boot of(Rke2Unit unit, CloudConfig cloud, String bakedVersion) throws JoinRefused {
        var installed = cloud.executed()
                .map(INSTALLED::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst();
        return new Rke2Boot(unit, Rke2Config.of(cloud), cloud, installed.orElse(bakedVersion));
    }

    /** Where the cluster is that it joins; none for the server that begins one. */
    Optional<URI> registration() throws JoinRefused {
        var server = config.text("server");
        if (unit == Rke2Unit.AGENT && server.isEmpty()) {
            throw JoinRefused.fatal("--server is required");
        }
        if (server.isPresent() && !server.get().startsWith("https://")) {
            throw JoinRefused.fatal("only https:// URLs are supported, invalid scheme: " + server.get());
        }
        try {
            return server.map(URI::create);
        } catch (IllegalArgumentException e) {
            throw JoinRefused.fatal("Invalid server url, failed to parse: " + server.orElseThrow());
        }
    }

    JoinToken token() throws JoinRefused {
        if (unit == Rke2Unit.AGENT && config.text("token").isEmpty()) {
            throw JoinRefused.fatal("--token is required");
        }
        return JoinToken.parse(config.text("token").orElse(""));
    }

    Map<String, String> criticalSettings() {
        var settings = new TreeMap<String, String>();
        CRITICAL.forEach(key -> config.text(key).ifPresent(value -> settings.put(key, value)));
        return settings;
    }

    /** As RKE2 refuses it, which leaves external addresses to the cloud provider. */
    void refuseContradictions() throws JoinRefused {
        if (config.text("node-external-ip").isPresent()
                && (config.text("cloud-provider-name").isPresent()
                        || config.text("cloud-provider-config").isPresent())) {
            throw JoinRefused.fatal("--node-external-ip and --cloud-provider-name or --cloud-provider-config"
                    + " are mutually exclusive");
        }
    }

    NodeSpec node(Guest guest) {
        var name = nodeName(guest);
        var spec = unit == Rke2Unit.SERVER ? NodeSpec.server(name) : NodeSpec.agent(name);
        var address = internalIp(guest);
        spec = capacity(guest, spec).withKubeletVersion(version).withInternalIp(address);
        if (unit == Rke2Unit.SERVER) {
            spec = spec.withAnnotation(
                            EtcdAnnotations.NODE_NAME,
                            name + "-"
                                    + guest.id()
                                            .substring(0, Math.min(8, guest.id().length())))
                    .withAnnotation(EtcdAnnotations.NODE_ADDRESS, address);
        }
        for (var label : config.list("node-label")) {
            var parts = label.split("=", 2);
            spec = spec.withLabel(parts[0], parts.length > 1 ? parts[1] : "");
        }
        for (var taint : config.list("node-taint")) {
            spec = tainted(spec, taint);
        }
        if (config.text("cloud-provider-name").filter("external"::equals).isPresent()) {
            spec = spec.withTaint(UNINITIALIZED, "true", "NoSchedule");
        }
        var external = config.text("node-external-ip");
        if (external.isPresent()) {
            spec = spec.withExternalIp(external.get());
        }
        var serverId = serverId(guest);
        return serverId.isEmpty() ? spec : spec.withServerId(serverId.get());
    }

    /**
     * What the kubelet is told of the server it runs on. User-data that serves many machines cannot hold it; a script
     * that asks cloud-init for it and writes the argument is taken as having done so.
     */
    private Optional<String> serverId(Guest guest) {
        var asked = cloud.executed()
                .anyMatch(text -> text.contains("instance_id") && text.contains("provider-id=openstack:///"));
        return asked
                ? Optional.of(guest.id())
                : config.argument("kubelet-arg", "provider-id")
                        .map(provider -> provider.substring(provider.lastIndexOf('/') + 1));
    }

    /** The host name, which Nova makes of the server's name, unless the configuration says another. */
    String nodeName(Guest guest) {
        return config.text("node-name").orElseGet(() -> guest.name()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[ _]", "-")
                .replaceAll("[^a-z0-9.-]", ""));
    }

    String internalIp(Guest guest) {
        return config.text("node-ip").orElseGet(() -> guest.nics().stream()
                .map(Guest.Nic::address)
                .findFirst()
                .orElse("127.0.0.1"));
    }

    private static NodeSpec capacity(Guest guest, NodeSpec spec) {
        return guest.vcpus() == 0
                ? spec
                : spec.withCapacity("cpu", String.valueOf(guest.vcpus()))
                        .withCapacity("memory", guest.memoryMib() + "Mi");
    }

    /** {@code key=value:effect} or {@code key:effect}. */
    private static NodeSpec tainted(NodeSpec spec, String taint) {
        var effect = taint.lastIndexOf(':');
        var pair = (effect < 0 ? taint : taint.substring(0, effect)).split("=", 2);
        return spec.withTaint(
                pair[0], pair.length > 1 ? pair[1] : null, effect < 0 ? "NoSchedule" : taint.substring(effect + 1));
    }
}
