package io.orrery.sandbox.controllers.spark;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.orrery.sandbox.controllers.loop.Owners;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The objects that one submission of an application consists of, labelled as the operator and Spark label them.
 *
 * @param submission the operator's id of this attempt
 * @param sparkId    Spark's application id, {@code spark-} and 32 hexadecimal digits
 */
record SparkPods(HasMetadata application, SparkSpec spec, String submission, String sparkId, String specHash) {

    static final String APP_NAME = "sparkoperator.k8s.io/app-name";
    static final String SUBMISSION = "sparkoperator.k8s.io/submission-id";
    static final String SPARK_ID = "spark-app-selector";
    static final String ROLE = "spark-role";
    static final String SPEC_HASH = "controllers.orrery.io/spec-hash";

    private static final String EXECUTOR = "spark-kubernetes-executor";
    private static final int UI_PORT = 4040;

    static String driverName(HasMetadata application, SparkSpec spec) {
        return Optional.ofNullable(spec.driver())
                .map(SparkSpec.PodPart::podName)
                .orElseGet(() -> application.getMetadata().getName() + "-driver");
    }

    static String uiServiceName(HasMetadata application) {
        return application.getMetadata().getName() + "-ui-svc";
    }

    Pod driver() {
        var container = container(spec.driver(), Driver.CONTAINER)
                .addAllToArgs(List.of(
                        "driver",
                        "--properties-file",
                        "/opt/spark/conf/spark.properties",
                        "--class",
                        spec.mainClass() == null ? "org.apache.spark.deploy.PythonRunner" : spec.mainClass(),
                        spec.mainApplicationFile()))
                .addAllToArgs(spec.arguments())
                .addToEnv(field("SPARK_DRIVER_BIND_ADDRESS", "status.podIP"))
                .build();
        return pod(spec.driver(), "driver", driverName(application, spec), container)
                .editMetadata()
                .withOwnerReferences(Owners.reference(application))
                .addToAnnotations(SPEC_HASH, specHash)
                .endMetadata()
                .build();
    }

    /** Executors belong to the driver, as Spark makes them: they go with it. */
    Pod executor(Pod driver, int number) {
        var name = prefix() + "-exec-" + number;
        var container = container(spec.executor(), EXECUTOR)
                .addToArgs("executor")
                .addToEnv(new EnvVar("SPARK_EXECUTOR_ID", String.valueOf(number), null))
                .addToEnv(field("SPARK_EXECUTOR_POD_IP", "status.podIP"))
                .build();
        return pod(spec.executor(), "executor", name, container)
                .editMetadata()
                .withOwnerReferences(Owners.reference(driver))
                .addToLabels("spark-exec-id", String.valueOf(number))
                .endMetadata()
                .build();
    }

    /** Without an address of its own: executors find the driver's pod by it. */
    Service driverService() {
        return service(prefix() + "-driver-svc")
                .editSpec()
                .withClusterIP("None")
                .addToPorts(new ServicePortBuilder()
                        .withName("driver-rpc-port")
                        .withPort(7078)
                        .withNewTargetPort(7078)
                        .build())
                .addToPorts(new ServicePortBuilder()
                        .withName("blockmanager")
                        .withPort(7079)
                        .withNewTargetPort(7079)
                        .build())
                .endSpec()
                .build();
    }

    Service uiService() {
        return service(uiServiceName(application))
                .editSpec()
                .withType("ClusterIP")
                .addToPorts(new ServicePortBuilder()
                        .withName("spark-driver-ui-port")
                        .withPort(UI_PORT)
                        .withNewTargetPort(UI_PORT)
                        .build())
                .endSpec()
                .build();
    }

    private ServiceBuilder service(String name) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(application.getMetadata().getNamespace())
                .withName(name)
                .withLabels(ownLabels("driver"))
                .withOwnerReferences(Owners.reference(application))
                .endMetadata()
                .withNewSpec()
                .withSelector(Map.of(APP_NAME, application.getMetadata().getName(), ROLE, "driver"))
                .endSpec();
    }

    private String prefix() {
        return application.getMetadata().getName() + "-" + sparkId.substring("spark-".length(), 22);
    }

    private Map<String, String> ownLabels(String role) {
        return Map.of(
                APP_NAME,
                application.getMetadata().getName(),
                SUBMISSION,
                submission,
                "sparkoperator.k8s.io/launched-by-spark-operator",
                "true",
                "spark-app-name",
                application.getMetadata().getName(),
                SPARK_ID,
                sparkId,
                ROLE,
                role,
                "spark-version",
                spec.sparkVersion() == null ? "" : spec.sparkVersion());
    }

    private PodBuilder pod(SparkSpec.PodPart part, String role, String name, Container container) {
        var all = new ArrayList<Container>();
        all.add(container);
        all.addAll(orEmpty(part.sidecars()));
        var nodeSelector = new HashMap<>(spec.nodeSelector());
        nodeSelector.putAll(orEmpty(part.nodeSelector()));
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(application.getMetadata().getNamespace())
                .withName(name)
                .withLabels(orEmpty(part.labels()))
                .addToLabels(ownLabels(role))
                .withAnnotations(orEmpty(part.annotations()))
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withServiceAccountName(part.serviceAccount() == null ? "default" : part.serviceAccount())
                .withContainers(all)
                .withInitContainers(orEmpty(part.initContainers()))
                .withVolumes(volumes(part))
                .withNodeSelector(nodeSelector)
                .withTolerations(orEmpty(part.tolerations()))
                .withAffinity(part.affinity())
                .withSecurityContext(part.podSecurityContext())
                .withHostNetwork(part.hostNetwork())
                .withSchedulerName(part.schedulerName() != null ? part.schedulerName() : spec.batchScheduler())
                .withPriorityClassName(part.priorityClassName())
                .withTerminationGracePeriodSeconds(part.terminationGracePeriodSeconds())
                .withImagePullSecrets(spec.imagePullSecrets().stream()
                        .map(LocalObjectReference::new)
                        .toList())
                .endSpec();
    }

    private ContainerBuilder container(SparkSpec.PodPart part, String name) {
        var builder = new ContainerBuilder()
                .withName(name)
                .withImage(part.image() != null ? part.image() : spec.image())
                .withImagePullPolicy(spec.imagePullPolicy())
                .withPorts(orEmpty(part.ports()))
                .withEnv(orEmpty(part.env()))
                .withEnvFrom(orEmpty(part.envFrom()))
                .withVolumeMounts(mounts(part))
                .withSecurityContext(part.securityContext())
                .withLifecycle(part.lifecycle())
                .withNewResources()
                .addToRequests("cpu", cpu(part))
                .addToRequests("memory", memory(part))
                .addToLimits("memory", memory(part))
                .endResources();
        orEmpty(part.envVars()).forEach((key, value) -> builder.addToEnv(new EnvVar(key, value, null)));
        if (part.coreLimit() != null) {
            builder.editResources()
                    .addToLimits("cpu", new Quantity(part.coreLimit()))
                    .endResources();
        }
        return builder;
    }

    private static Quantity cpu(SparkSpec.PodPart part) {
        return new Quantity(
                part.coreRequest() != null
                        ? part.coreRequest()
                        : part.cores() == null ? "1" : part.cores().toString());
    }

    private Quantity memory(SparkSpec.PodPart part) {
        return JvmMemory.requested(part.memory(), part.memoryOverhead(), "Python".equals(spec.type()));
    }

    private List<Volume> volumes(SparkSpec.PodPart part) {
        var volumes = new ArrayList<>(spec.volumes());
        orEmpty(part.configMaps())
                .forEach(map -> volumes.add(new VolumeBuilder()
                        .withName(map.name() + "-vol")
                        .withNewConfigMap()
                        .withName(map.name())
                        .endConfigMap()
                        .build()));
        orEmpty(part.secrets())
                .forEach(secret -> volumes.add(new VolumeBuilder()
                        .withName(secret.name() + "-vol")
                        .withNewSecret()
                        .withSecretName(secret.name())
                        .endSecret()
                        .build()));
        return volumes;
    }

    private static List<VolumeMount> mounts(SparkSpec.PodPart part) {
        var mounts = new ArrayList<>(orEmpty(part.volumeMounts()));
        orEmpty(part.configMaps()).forEach(map -> mounts.add(mount(map)));
        orEmpty(part.secrets()).forEach(secret -> mounts.add(mount(secret)));
        return mounts;
    }

    private static VolumeMount mount(SparkSpec.NamePath file) {
        return new VolumeMountBuilder()
                .withName(file.name() + "-vol")
                .withMountPath(file.path())
                .build();
    }

    private static EnvVar field(String name, String path) {
        return new EnvVarBuilder()
                .withName(name)
                .withNewValueFrom()
                .withNewFieldRef()
                .withFieldPath(path)
                .endFieldRef()
                .endValueFrom()
                .build();
    }

    private static <T> List<T> orEmpty(List<T> list) {
        return list == null ? List.of() : list;
    }

    private static Map<String, String> orEmpty(Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
