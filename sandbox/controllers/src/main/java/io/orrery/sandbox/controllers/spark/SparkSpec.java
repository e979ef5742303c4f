package io.orrery.sandbox.controllers.spark;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The part of a SparkApplication's spec that shows in pods; everything else of it is for Spark, which is not here. */
@JsonIgnoreProperties(ignoreUnknown = true)
record SparkSpec(
        String type,
        String image,
        String imagePullPolicy,
        List<String> imagePullSecrets,
        String mainClass,
        String mainApplicationFile,
        List<String> arguments,
        String sparkVersion,
        RestartPolicy restartPolicy,
        Long timeToLiveSeconds,
        List<Volume> volumes,
        Map<String, String> nodeSelector,
        String batchScheduler,
        DynamicAllocation dynamicAllocation,
        boolean suspend,
        PodPart driver,
        PodPart executor) {

    SparkSpec {
        arguments = arguments == null ? List.of() : List.copyOf(arguments);
        volumes = volumes == null ? List.of() : List.copyOf(volumes);
        imagePullSecrets = imagePullSecrets == null ? List.of() : List.copyOf(imagePullSecrets);
        nodeSelector = nodeSelector == null ? Map.of() : Map.copyOf(nodeSelector);
        restartPolicy = restartPolicy == null ? RestartPolicy.NEVER : restartPolicy;
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record DynamicAllocation(boolean enabled, Integer initialExecutors, Integer minExecutors, Integer maxExecutors) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record NamePath(String name, String path) {}

    /** spec.driver or spec.executor; podName is the former's only, instances the latter's. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record PodPart(
            Number cores,
            String coreRequest,
            String coreLimit,
            String memory,
            String memoryOverhead,
            String image,
            Map<String, String> labels,
            Map<String, String> annotations,
            List<EnvVar> env,
            Map<String, String> envVars,
            List<EnvFromSource> envFrom,
            List<VolumeMount> volumeMounts,
            List<NamePath> configMaps,
            List<NamePath> secrets,
            List<Toleration> tolerations,
            Affinity affinity,
            Map<String, String> nodeSelector,
            String serviceAccount,
            PodSecurityContext podSecurityContext,
            SecurityContext securityContext,
            Boolean hostNetwork,
            List<Container> initContainers,
            List<Container> sidecars,
            List<ContainerPort> ports,
            Long terminationGracePeriodSeconds,
            String schedulerName,
            String priorityClassName,
            Lifecycle lifecycle,
            String podName,
            Integer instances) {}

    /** Executors at the start; with dynamic allocation what Spark begins with, for nobody here asks for more. */
    int executors() {
        if (dynamicAllocation != null && dynamicAllocation.enabled()) {
            return Math.max(
                    Optional.ofNullable(dynamicAllocation.initialExecutors()).orElse(0),
                    Optional.ofNullable(dynamicAllocation.minExecutors()).orElse(0));
        }
        return executor == null ? 0 : Optional.ofNullable(executor.instances()).orElse(1);
    }
}
