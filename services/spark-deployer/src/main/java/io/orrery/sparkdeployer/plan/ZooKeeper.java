package io.orrery.sparkdeployer.plan;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.orrery.sparkdeployer.model.Desired;
import io.orrery.sparkdeployer.model.Names;
import io.orrery.sparkdeployer.model.Storage;
import java.util.List;
import java.util.Map;

/**
 * ZooKeeper for openEO's own use: user-defined processes and limits. One node is enough for that, as openEO reads it
 * seldom and goes on without it. The official image, since the chart that everybody used has lost its images.
 */
final class ZooKeeper {

    static final String VERSION = "3.9";

    private static final String DATA = "data";
    private static final int PORT = 2181;
    /** The user that the image runs as. */
    private static final long USER = 1000;

    private static final Map<String, String> SELECTOR = Map.of("app.kubernetes.io/name", Names.ZOOKEEPER);

    private ZooKeeper() {}

    /** As openEO wants it in ZOOKEEPERNODES. */
    static String connect(Desired desired) {
        return Names.ZOOKEEPER + "." + desired.jobs() + ".svc.cluster.local:" + PORT;
    }

    static HasMetadata service(Desired desired) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(desired.jobs())
                .withName(Names.ZOOKEEPER)
                .endMetadata()
                .withNewSpec()
                .withClusterIP("None")
                .withSelector(SELECTOR)
                .addNewPort()
                .withName("client")
                .withPort(PORT)
                .withProtocol("TCP")
                .withNewTargetPort(PORT)
                .endPort()
                .endSpec()
                .build();
    }

    /**
     * The set of one.
     *
     * @param labels for the volume claim, which the StatefulSet makes and nobody but us removes
     */
    static HasMetadata statefulSet(Desired desired, Storage storage, Map<String, String> labels) {
        return switch (storage) {
            case CLAIMS -> claiming(set(desired), labels);
            case NONE -> passing(set(desired));
        };
    }

    private static HasMetadata claiming(StatefulSetBuilder set, Map<String, String> labels) {
        return set.editSpec()
                .addNewVolumeClaimTemplate()
                .withNewMetadata()
                .withName(DATA)
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withNewResources()
                .addToRequests("storage", new Quantity("1Gi"))
                .endResources()
                .endSpec()
                .endVolumeClaimTemplate()
                .endSpec()
                .build();
    }

    private static HasMetadata passing(StatefulSetBuilder set) {
        return set.editSpec()
                .editTemplate()
                .editSpec()
                .addNewVolume()
                .withName(DATA)
                .withNewEmptyDir()
                .endEmptyDir()
                .endVolume()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    private static StatefulSetBuilder set(Desired desired) {
        return new StatefulSetBuilder()
                .withNewMetadata()
                .withNamespace(desired.jobs())
                .withName(Names.ZOOKEEPER)
                .endMetadata()
                .withNewSpec()
                .withServiceName(Names.ZOOKEEPER)
                .withReplicas(1)
                .withNewSelector()
                .withMatchLabels(SELECTOR)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(SELECTOR)
                .endMetadata()
                .withNewSpec()
                .withNewSecurityContext()
                .withRunAsUser(USER)
                .withRunAsGroup(USER)
                .withFsGroup(USER)
                .endSecurityContext()
                .addNewContainer()
                .withName(Names.ZOOKEEPER)
                .withImage("zookeeper:" + VERSION)
                .withEnv(List.of(
                        new EnvVar("ZK_SERVER_HEAP", "256", null),
                        new EnvVar("ZOO_ADMINSERVER_ENABLED", "false", null),
                        new EnvVar("ZOO_AUTOPURGE_PURGEINTERVAL", "24", null),
                        new EnvVar("ZOO_DATA_LOG_DIR", "/data/log", null)))
                .addNewPort()
                .withName("client")
                .withContainerPort(PORT)
                .withProtocol("TCP")
                .endPort()
                .withNewReadinessProbe()
                .withNewTcpSocket()
                .withNewPort(PORT)
                .endTcpSocket()
                .endReadinessProbe()
                .withNewResources()
                .addToRequests("cpu", new Quantity("100m"))
                .addToRequests("memory", new Quantity("384Mi"))
                .addToLimits("memory", new Quantity("512Mi"))
                .endResources()
                .addNewVolumeMount()
                .withName(DATA)
                .withMountPath("/data")
                .endVolumeMount()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec();
    }
}
