package io.orrery.monitoring.plan;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.orrery.monitoring.model.HistoryServer;
import java.util.List;
import java.util.Map;

/**
 * Spark History Server as Kubernetes objects. Rendered here, since the charts there are pin an old Spark and a service
 * account of their own. The order is that of applying; removal goes backwards.
 */
public final class Manifests {

    /** A label of this stage's own: other stages delete what carries theirs and is not wished for by them. */
    public static final String OWNER = "orrery.io/observability-of";

    private static final String KEYS = HistoryServer.NAME + "-s3";

    private Manifests() {}

    public static List<HasMetadata> of(HistoryServer server) {
        return List.of(namespace(server), keys(server), service(server), deployment(server));
    }

    private static HasMetadata namespace(HistoryServer server) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(server.namespace())
                .withLabels(labels(server))
                .endMetadata()
                .build();
    }

    private static HasMetadata keys(HistoryServer server) {
        return new SecretBuilder()
                .withMetadata(metadata(KEYS, server))
                .withType("Opaque")
                .withStringData(Map.of(
                        "AWS_ACCESS_KEY_ID", server.accessKey(),
                        "AWS_SECRET_ACCESS_KEY", server.secretKey()))
                .build();
    }

    private static HasMetadata service(HistoryServer server) {
        return new ServiceBuilder()
                .withMetadata(metadata(HistoryServer.NAME, server))
                .withNewSpec()
                .withSelector(selector())
                .addNewPort()
                .withName("http")
                .withPort(HistoryServer.PORT)
                .withNewTargetPort(HistoryServer.PORT)
                .endPort()
                .endSpec()
                .build();
    }

    private static HasMetadata deployment(HistoryServer server) {
        return new DeploymentBuilder()
                .withMetadata(metadata(HistoryServer.NAME, server))
                .withNewSpec()
                .withReplicas(1)
                .withNewSelector()
                .withMatchLabels(selector())
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(selector())
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName(HistoryServer.NAME)
                .withImage(server.image())
                .withCommand("/opt/spark/bin/spark-class", "org.apache.spark.deploy.history.HistoryServer")
                .withEnv(environment(server))
                .addNewPort()
                .withName("http")
                .withContainerPort(HistoryServer.PORT)
                .endPort()
                .withNewReadinessProbe()
                .withNewHttpGet()
                .withPath("/")
                .withNewPort(HistoryServer.PORT)
                .endHttpGet()
                .endReadinessProbe()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    private static List<EnvVar> environment(HistoryServer server) {
        return List.of(
                variable("SPARK_NO_DAEMONIZE", "true"),
                variable("SPARK_HISTORY_OPTS", options(server)),
                fromKeys("AWS_ACCESS_KEY_ID"),
                fromKeys("AWS_SECRET_ACCESS_KEY"));
    }

    private static String options(HistoryServer server) {
        return String.join(
                " ",
                "-Dspark.history.fs.logDirectory=s3a://%s/%s/".formatted(server.bucket(), HistoryServer.LOGS),
                "-Dspark.history.ui.port=" + HistoryServer.PORT,
                "-Dspark.hadoop.fs.s3a.endpoint=" + server.endpoint(),
                "-Dspark.hadoop.fs.s3a.endpoint.region=" + server.region(),
                "-Dspark.hadoop.fs.s3a.path.style.access=true");
    }

    private static EnvVar variable(String name, String value) {
        return new EnvVarBuilder().withName(name).withValue(value).build();
    }

    private static EnvVar fromKeys(String name) {
        return new EnvVarBuilder()
                .withName(name)
                .withNewValueFrom()
                .withNewSecretKeyRef(name, KEYS, false)
                .endValueFrom()
                .build();
    }

    private static ObjectMeta metadata(String name, HistoryServer server) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(server.namespace())
                .withLabels(labels(server))
                .build();
    }

    private static Map<String, String> labels(HistoryServer server) {
        return Map.of("app.kubernetes.io/managed-by", "orrery-monitoring", OWNER, server.owner());
    }

    private static Map<String, String> selector() {
        return Map.of("app.kubernetes.io/name", HistoryServer.NAME);
    }
}
