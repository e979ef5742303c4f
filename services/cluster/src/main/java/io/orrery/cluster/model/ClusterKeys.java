package io.orrery.cluster.model;

import java.util.Objects;

/**
 * The secrets of one incarnation of a cluster, made before its first machine: whoever holds them is the cluster.
 *
 * @param serverCa signs what the API server and port 9345 show; stands in every kubeconfig
 * @param clientCa signs clients of the API server; Kubernetes reads CN as the user and each O as a group
 * @param requestHeaderCa signs the front proxy's client
 * @param etcdPeerCa signs what etcd's members show each other
 * @param etcdServerCa signs etcd's serving certificates and the API server's client certificate for etcd
 * @param serviceKey signs the tokens of service accounts; a PEM key
 * @param serverPassword with it a machine joins as a server, and reads all keys of the cluster
 * @param agentPassword with it a machine joins as an agent, no more
 */
public record ClusterKeys(
        Pair serverCa,
        Pair clientCa,
        Pair requestHeaderCa,
        Pair etcdPeerCa,
        Pair etcdServerCa,
        String serviceKey,
        String serverPassword,
        String agentPassword) {

    public ClusterKeys {
        Objects.requireNonNull(serverCa, "serverCa");
        Objects.requireNonNull(clientCa, "clientCa");
        Objects.requireNonNull(requestHeaderCa, "requestHeaderCa");
        Objects.requireNonNull(etcdPeerCa, "etcdPeerCa");
        Objects.requireNonNull(etcdServerCa, "etcdServerCa");
        Objects.requireNonNull(serviceKey, "serviceKey");
        Objects.requireNonNull(serverPassword, "serverPassword");
        Objects.requireNonNull(agentPassword, "agentPassword");
    }

    @Override
    public String toString() {
        return "ClusterKeys[withheld]";
    }
}
