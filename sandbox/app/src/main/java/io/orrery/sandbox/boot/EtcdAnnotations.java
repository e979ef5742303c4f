package io.orrery.sandbox.boot;

/**
 * How RKE2 and those who scale its servers speak about etcd members, on the Node.
 *
 * @see <a href="https://github.com/k3s-io/k3s/tree/main/pkg/etcd">k3s, managed etcd</a>
 */
final class EtcdAnnotations {
    static final String NODE_NAME = "etcd.rke2.cattle.io/node-name";
    static final String NODE_ADDRESS = "etcd.rke2.cattle.io/node-address";

    /** Set to "true" by who wants the member out. */
    static final String REMOVE = "etcd.rke2.cattle.io/remove";

    /** Set by RKE2 when it is out. */
    static final String REMOVED = "etcd.rke2.cattle.io/removed-node-name";

    private EtcdAnnotations() {}
}
