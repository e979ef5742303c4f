package io.orrery.sparkdeployer.plan;

import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.orrery.sparkdeployer.model.Desired;
import io.orrery.sparkdeployer.model.Kind;
import io.orrery.sparkdeployer.model.Marks;
import io.orrery.sparkdeployer.model.Names;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** openEO's web application: a Spark application that never ends. */
final class WebApplication {

    /** The group that owns Spark's folders in openEO's images. */
    private static final long SPARK_GROUP = 18585;

    private static final long RETRY_SECONDS = 5;

    private static final Map<String, String> SPARK_CONF = new TreeMap<>(Map.of(
            "spark.executorEnv.DRIVER_IMPLEMENTATION_PACKAGE", "openeogeotrellis",
            "spark.appMasterEnv.DRIVER_IMPLEMENTATION_PACKAGE", "openeogeotrellis"));

    private WebApplication() {}

    /** Without its checksum. */
    static GenericKubernetesResource of(Desired desired) {
        return new GenericKubernetesResourceBuilder()
                .withApiVersion(Kind.SPARK_APPLICATION.apiVersion())
                .withKind(Kind.SPARK_APPLICATION.word())
                .withNewMetadata()
                .withNamespace(desired.jobs())
                .withName(Names.OPENEO)
                .endMetadata()
                .addToAdditionalProperties("spec", spec(desired))
                .build();
    }

    /**
     * The application, with a checksum of all it starts with on its driver: another checksum is another spec, so that the
     * operator runs it anew, and the pod shows which configuration it has.
     */
    static GenericKubernetesResource withChecksum(GenericKubernetesResource application, String checksum) {
        Map<String, Object> spec = new LinkedHashMap<>(application.get("spec"));
        Map<String, Object> driver = new LinkedHashMap<>(application.get("spec", "driver"));
        driver.put("annotations", Map.of(Marks.DIGEST, checksum));
        spec.put("driver", driver);
        return new GenericKubernetesResourceBuilder(application)
                .addToAdditionalProperties("spec", spec)
                .build();
    }

    /** The checksum that a driver has to bear to be the wanted one. */
    static String checksum(GenericKubernetesResource application) {
        return application.get("spec", "driver", "annotations", Marks.DIGEST);
    }

    private static Map<String, Object> spec(Desired desired) {
        var openeo = desired.openeo();
        var spec = new LinkedHashMap<String, Object>();
        spec.put("type", "Python");
        spec.put("mode", "cluster");
        spec.put("pythonVersion", "3");
        spec.put("sparkVersion", openeo.application().sparkVersion());
        spec.put("image", openeo.image());
        spec.put("imagePullPolicy", "IfNotPresent");
        spec.put("mainApplicationFile", openeo.application().file().toString());
        if (!openeo.application().jars().isEmpty()) {
            spec.put(
                    "deps",
                    Map.of(
                            "jars",
                            openeo.application().jars().stream()
                                    .map(URI::toString)
                                    .toList()));
        }
        spec.put("sparkConf", SPARK_CONF);
        spec.put(
                "restartPolicy",
                new TreeMap<>(Map.of(
                        "type", "Always",
                        "onFailureRetryInterval", RETRY_SECONDS,
                        "onSubmissionFailureRetryInterval", RETRY_SECONDS)));
        spec.put("volumes", List.of(volume("catalogue", Names.CATALOGUE), volume("backend", Names.BACKEND_CONFIG)));
        spec.put("driver", driver(desired));
        spec.put("executor", executor(desired));
        return spec;
    }

    private static Map<String, Object> driver(Desired desired) {
        var driver = part(
                desired.openeo().driver().cores(),
                desired.openeo().driver().memory().forSpark(),
                "web-driver");
        driver.put("serviceAccount", Names.WEB_ACCOUNT);
        driver.put("env", Environment.driver(desired));
        driver.put(
                "ports",
                List.of(new ContainerPortBuilder()
                        .withName("webapp")
                        .withContainerPort(Names.API_PORT)
                        .withProtocol("TCP")
                        .build()));
        var file = Configuration.catalogueFile(desired);
        driver.put(
                "volumeMounts",
                List.of(
                        new VolumeMountBuilder(mount("catalogue", Environment.CATALOGUE_FOLDER + "/" + file))
                                .withSubPath(file)
                                .build(),
                        mount("backend", Environment.BACKEND_FOLDER)));
        return driver;
    }

    private static Map<String, Object> executor(Desired desired) {
        var executors = desired.openeo().executors();
        var executor = part(executors.cores(), executors.memory().forSpark(), "web-executor");
        executor.put("instances", executors.instances());
        executor.put("serviceAccount", Names.WEB_ACCOUNT);
        executor.put("env", Environment.executor(desired));
        executor.put("volumeMounts", List.of(mount("backend", Environment.BACKEND_FOLDER)));
        return executor;
    }

    private static Map<String, Object> part(int cores, String memory, String role) {
        var part = new LinkedHashMap<String, Object>();
        part.put("cores", cores);
        part.put("memory", memory);
        part.put("labels", new TreeMap<>(Map.of("app.kubernetes.io/name", Names.OPENEO, "openeo-role", role)));
        part.put(
                "podSecurityContext",
                new PodSecurityContextBuilder().withFsGroup(SPARK_GROUP).build());
        return part;
    }

    private static Volume volume(String name, String configMap) {
        return new VolumeBuilder()
                .withName(name)
                .withNewConfigMap()
                .withName(configMap)
                .endConfigMap()
                .build();
    }

    private static VolumeMount mount(String name, String path) {
        return new VolumeMountBuilder()
                .withName(name)
                .withMountPath(path)
                .withReadOnly(true)
                .build();
    }
}
