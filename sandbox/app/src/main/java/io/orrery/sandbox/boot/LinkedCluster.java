package io.orrery.sandbox.boot;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.orrery.sandbox.controllers.kubelet.Kubelet;
import io.orrery.sandbox.kubernetes.ApiServer;
import io.orrery.sandbox.kubernetes.ApiServerSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One cluster: its API server with what runs on it, and the machines that are part of it. The API answers while a majority
 * of etcd's members run, and is gone with the last machine that was a server.
 */
final class LinkedCluster implements AutoCloseable {
    private static final int API_PORT = 6443;
    private static final Duration ADMIN_LIFE = Duration.ofDays(365);

    private final ServedAddress address;
    private final Admission admission;
    private final LinkSettings settings;
    private final ApiServer api;
    private final KubernetesClient client;
    private final EtcdMembers etcd = new EtcdMembers();
    private final EtcdController etcdController;
    private final AutoCloseable controllers;
    private final Map<String, Set<ServedAddress.NetworkAddress>> servers = new HashMap<>();
    private final Map<String, String> machineByNode = new HashMap<>();
    private final Set<String> serverMachines = new HashSet<>();
    private final Map<String, Runnable> lostByMachine = new HashMap<>();
    private boolean answering = true;

    private LinkedCluster(
            ServedAddress address,
            ClusterCa ca,
            Admission admission,
            LinkSettings settings,
            HttpClient.Factory http,
            ApiServer api) {
        this.address = address;
        this.admission = admission;
        this.settings = settings;
        this.api = api;
        this.client = new KubernetesClientBuilder()
                .withConfig(config(ca, api.url()))
                .withHttpClientFactory(http)
                .build();
        this.etcdController = new EtcdController(client, etcd, this::forgetNode, this::followQuorum);
        this.controllers = settings.controllers().apply(client);
    }

    /** Begins a cluster on its first server, which must still join. */
    static LinkedCluster begin(Guest first, Rke2Boot boot, LinkSettings settings, HttpClient.Factory http)
            throws JoinRefused {
        var address = ServedAddress.of(first);
        var ca = ClusterCa.of(boot.cloud());
        var admission = Admission.setBy(boot, ca);
        var names = Stream.concat(boot.config().list("tls-san").stream(), Stream.of(boot.internalIp(first)))
                .distinct()
                .toList();
        ApiServer api;
        try {
            api = ApiServer.start(ApiServerSettings.with(ca.pki())
                    .at(address.bind(), API_PORT)
                    .named(names)
                    .ofVersion(boot.version()));
        } catch (RuntimeException e) {
            throw JoinRefused.fatal("starting kubernetes: preparing server: listen tcp " + address.bind() + ":"
                    + API_PORT + ": " + e.getMessage());
        }
        return new LinkedCluster(address, ca, admission, settings, http, api);
    }

    private static Config config(ClusterCa ca, URI url) {
        var admin = ca.pki().clientCa().issueClient("system:admin", List.of("system:masters"), ADMIN_LIFE);
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(url.toString())
                .withCaCertData(base64(ca.pki().serverCa().certificatePem()))
                .withClientCertData(base64(admin.certificatePem()))
                .withClientKeyData(base64(admin.keyPem()))
                .withClientKeyAlgo("EC")
                .withRequestTimeout(10_000)
                .withConnectionTimeout(5_000)
                .withWatchReconnectInterval(250)
                .withRequestRetryBackoffLimit(0)
                .build();
    }

    private static String base64(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a machine with these interfaces reaches this cluster by this host: in its own network, or from outside. */
    synchronized boolean isReachedBy(String host, Guest from) {
        return host.equals(address.outside())
                || from.nics().stream()
                        .map(nic -> new ServedAddress.NetworkAddress(nic.networkId(), host))
                        .anyMatch(wanted -> address.inside().contains(wanted)
                                || servers.values().stream().anyMatch(own -> own.contains(wanted)));
    }

    /** What a joiner's RKE2 checks before it becomes a part of the cluster. */
    synchronized void admit(Guest guest, Rke2Boot boot, URI registration, Console console) throws JoinRefused {
        if (!answering) {
            throw unreachable(registration);
        }
        admission.check(boot, registration, console);
        requireName(guest, boot);
    }

    static JoinRefused unreachable(URI registration) {
        return JoinRefused.error("failed to get CA certs: Get \"" + registration + "/cacerts\": dial tcp "
                + registration.getHost() + ":" + registration.getPort() + ": connect: connection refused");
    }

    /** A node's name belongs to the machine that had it first, until the Node is deleted. */
    private void requireName(Guest guest, Rke2Boot boot) throws JoinRefused {
        var owner = machineByNode.get(boot.nodeName(guest));
        if (owner != null && !owner.equals(guest.id())) {
            throw JoinRefused.waiting("Waiting to retrieve agent configuration; server is not ready: Node password"
                    + " rejected, duplicate hostname or contents of '/etc/rancher/node/password' may not match server"
                    + " node-passwd entry, try enabling a unique node name with the --with-node-id flag");
        }
    }

    /** Makes an admitted machine a part of the cluster; its kubelet is the caller's to stop. */
    synchronized Kubelet join(Guest guest, Rke2Boot boot, Runnable lost) throws JoinRefused {
        var spec = boot.node(guest);
        machineByNode.put(spec.name(), guest.id());
        if (boot.unit() == Rke2Unit.SERVER) {
            etcd.join(spec.name(), guest.id());
            serverMachines.add(guest.id());
            servers.put(guest.id(), new HashSet<>(ServedAddress.own(guest).toList()));
            followQuorum();
        }
        try {
            var kubelet = Kubelet.join(client, spec, settings.kubelet());
            lostByMachine.put(guest.id(), lost);
            return kubelet;
        } catch (IOException e) {
            throw JoinRefused.fatal("kubelet did not start: " + e.getMessage());
        }
    }

    synchronized boolean knows(String machine) {
        return serverMachines.contains(machine);
    }

    synchronized void stopped(String machine) {
        servers.remove(machine);
        lostByMachine.remove(machine);
        etcd.stopped(machine);
        followQuorum();
    }

    /** Says whether the cluster is at its end with this machine. */
    synchronized boolean deleted(String machine) {
        stopped(machine);
        return serverMachines.remove(machine) && serverMachines.isEmpty();
    }

    private synchronized void forgetNode(String name) {
        machineByNode.remove(name);
    }

    private synchronized void followQuorum() {
        var quorum = etcd.hasQuorum();
        if (quorum == answering) {
            return;
        }
        answering = quorum;
        if (quorum) {
            api.resume();
        } else {
            api.pause();
        }
    }

    synchronized boolean answering() {
        return answering;
    }

    /** By which the world knows the API. */
    String outside() {
        return address.outside();
    }

    /** Where the API is, for who asks what runs in the sandbox. */
    URI url() {
        return api.url();
    }

    Map<String, Long> calls() {
        return api.calls().byTemplate();
    }

    List<String> nodes() {
        try {
            return client.nodes().list().getItems().stream()
                    .map(Node::getMetadata)
                    .map(metadata -> metadata.getName())
                    .toList();
        } catch (KubernetesClientException e) {
            return List.of();
        }
    }

    private synchronized List<Runnable> losers() {
        return List.copyOf(lostByMachine.values());
    }

    @Override
    public void close() {
        losers().forEach(Runnable::run);
        etcdController.close();
        try {
            controllers.close();
        } catch (Exception e) {
            throw new IllegalStateException("the controllers of " + url() + " did not end in order", e);
        } finally {
            client.close();
            api.close();
        }
    }
}
