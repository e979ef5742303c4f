package io.orrery.contracts;

import java.util.Objects;

/**
 * A secret on its way from one service to another, encrypted for one purpose and one platform uid.
 *
 * @param purpose which keyset opens it
 * @param digest keyed digest of the plaintext (hex): equal secrets have equal digests, and nothing else can be told
 *     from it
 * @param ciphertext base64; differs every time the same secret is sealed
 */
public record Sealed(
        Purpose purpose, String digest, @Incidental String ciphertext) {

    /** What a secret is for. Each purpose has a keyset of its own, mounted only where it is needed. */
    public enum Purpose {
        /** User-data of the machines: cluster seals, provisioner opens. */
        BOOTSTRAP,
        /** CA keys and tokens of a Kubernetes cluster: cluster's own. */
        CLUSTER_KEYS,
        /** Administrator's kubeconfig: cluster seals; spark-deployer, job-tracker and monitoring open. */
        KUBECONFIG,
        /** Keys of the platform's bucket: provisioner seals; spark-deployer and job-tracker open. */
        S3,
        /** What the cloud controller and Cinder CSI sign in with: provisioner seals, cluster opens. */
        CLOUD,
        /** Client credentials of the job registry: job-tracker seals, spark-deployer opens. */
        REGISTRY
    }

    public Sealed {
        Objects.requireNonNull(purpose, "purpose");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(ciphertext, "ciphertext");
    }

    @Override
    public String toString() {
        return "Sealed[" + purpose + "]";
    }
}
