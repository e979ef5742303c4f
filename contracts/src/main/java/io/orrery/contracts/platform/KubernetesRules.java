package io.orrery.contracts.platform;

import io.orrery.contracts.platform.Kubernetes.Distribution;
import io.orrery.contracts.platform.Violation.Code;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Kubernetes' version and pod network, and what a managed and an existing one need around them. */
final class KubernetesRules implements Rules.Rule {

    private static final Pointer KUBERNETES = new Pointer("/spec/kubernetes");
    private static final Pointer CLOUD = new Pointer("/spec/cloud");
    private static final Pointer S3 = new Pointer("/spec/storage/s3");

    private static final Map<Distribution, Pattern> VERSIONS = new EnumMap<>(Map.of(
            Distribution.RKE2, Pattern.compile("v1\\.[1-9][0-9]?\\.[0-9]{1,3}(-rc[0-9]+)?\\+rke2r[1-9][0-9]?"),
            Distribution.RKE, Pattern.compile("v1\\.[1-9][0-9]?\\.[0-9]{1,3}-rancher[1-9][0-9]?-[1-9][0-9]?")));

    private static final Map<Distribution, String> WORDS = new EnumMap<>(Map.of(
            Distribution.RKE2, "vX.Y.Z+rke2rN, such as v1.35.4+rke2r1",
            Distribution.RKE, "vX.Y.Z-rancherN-M, such as v1.32.6-rancher1-1"));

    @Override
    public void check(Bound bound, Findings findings) {
        distribution(bound, findings);
        bound.at(KUBERNETES, Kubernetes.class).ifPresent(kubernetes -> {
            switch (kubernetes) {
                case Kubernetes.Managed ignored -> cloud(bound, findings);
                case Kubernetes.Existing ignored -> storage(bound, findings);
            }
        });
    }

    private static void distribution(Bound bound, Findings findings) {
        bound.at(KUBERNETES.to("distribution"), Distribution.class).ifPresent(distribution -> {
            var at = KUBERNETES.to("version");
            bound.at(at, String.class)
                    .filter(version ->
                            !VERSIONS.get(distribution).matcher(version).matches())
                    .ifPresent(version -> findings.add(
                            at,
                            Code.MALFORMED,
                            Texts.shown(version) + " is no version of this distribution: it is written "
                                    + WORDS.get(distribution)));
            bound.at(KUBERNETES.to("cni"), Kubernetes.Cni.class)
                    .filter(cni -> cni == Kubernetes.Cni.CILIUM && distribution == Distribution.RKE)
                    .ifPresent(cni -> findings.add(
                            KUBERNETES.to("cni"), Code.CONFLICT, "rke knows canal, calico and flannel only"));
        });
    }

    private static void cloud(Bound bound, Findings findings) {
        if (bound.isAbsent(CLOUD)) {
            findings.add(
                    CLOUD, Code.MISSING, "cloud is missing: the entry of clouds.yaml that the machines are made with");
        }
    }

    /** Without a cloud there is neither a catalogue to find the object store in, nor a Keystone to make keys. */
    private static void storage(Bound bound, Findings findings) {
        if (bound.isAbsent(CLOUD) && bound.isAbsent(S3.to("endpoint"))) {
            findings.add(S3.to("endpoint"), Code.MISSING, "endpoint is missing: without a cloud it has to be said");
        }
        if (bound.isAbsent(CLOUD) && bound.isAbsent(S3.to("credentials"))) {
            findings.add(
                    S3.to("credentials"), Code.MISSING, "credentials are missing: without a cloud none can be made");
        }
    }
}
