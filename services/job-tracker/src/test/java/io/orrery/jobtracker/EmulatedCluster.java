package io.orrery.jobtracker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.orrery.sandbox.kubernetes.ApiServer;
import io.orrery.sandbox.kubernetes.ApiServerSettings;
import io.orrery.sandbox.kubernetes.pki.ClusterPki;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** An emulated API server on which the test plays openEO and the Spark operator. */
public final class EmulatedCluster implements AutoCloseable {

    public static final String NAMESPACE = "spark-jobs";

    private static final ResourceDefinitionContext KIND = new ResourceDefinitionContext.Builder()
            .withGroup("sparkoperator.k8s.io")
            .withVersion("v1beta2")
            .withKind("SparkApplication")
            .withPlural("sparkapplications")
            .withNamespaced(true)
            .build();

    private final ApiServer server;
    private final String kubeconfig;
    private final KubernetesClient client;

    private EmulatedCluster(ApiServer server, ClusterPki pki) {
        this.server = server;
        this.kubeconfig = kubeconfig(server, pki);
        this.client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.fromKubeconfig(kubeconfig))
                        .withClientKeyAlgo("EC")
                        .build())
                .build();
    }

    public static EmulatedCluster start() {
        var pki = ClusterPki.create();
        var cluster = new EmulatedCluster(ApiServer.start(ApiServerSettings.with(pki)), pki);
        cluster.client
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
        return cluster;
    }

    public String kubeconfig() {
        return kubeconfig;
    }

    /** The API server itself, to be paused and resumed. */
    public ApiServer server() {
        return server;
    }

    public void installSpark() {
        client.resource(definition()).create();
    }

    /** As openEO's web app does it, but for what nobody here looks at. */
    public void submit(String name, String jobId) {
        var application =
                Serialization.unmarshal("""
                apiVersion: sparkoperator.k8s.io/v1beta2
                kind: SparkApplication
                metadata:
                  name: %s
                  namespace: spark-jobs
                  labels: {correlation_id: %s, user: anna}
                spec:
                  type: Python
                  restartPolicy: {type: OnFailure, onFailureRetries: 0, onSubmissionFailureRetries: 5}
                  arguments: [/batch_jobs/%s/job_specification.json, /batch_jobs/%s]
                """.formatted(name, jobId, jobId, jobId), GenericKubernetesResource.class);
        client.genericKubernetesResources(KIND)
                .inNamespace(NAMESPACE)
                .resource(application)
                .create();
    }

    /** As the operator does it. */
    public void state(String name, String state) {
        Map<String, Object> status = Map.of(
                "applicationState",
                Map.of("state", state),
                "executionAttempts",
                1,
                "submissionAttempts",
                1,
                "lastSubmissionAttemptTime",
                "2026-01-01T11:50:00Z",
                "terminationTime",
                "2026-01-01T11:59:00Z");
        client.genericKubernetesResources(KIND)
                .inNamespace(NAMESPACE)
                .withName(name)
                .editStatus((UnaryOperator<GenericKubernetesResource>) application -> {
                    application.setAdditionalProperty("status", status);
                    return application;
                });
    }

    public void delete(String name) {
        client.genericKubernetesResources(KIND)
                .inNamespace(NAMESPACE)
                .withName(name)
                .delete();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }

    private static CustomResourceDefinition definition() {
        return new CustomResourceDefinitionBuilder()
                .withNewMetadata()
                .withName("sparkapplications.sparkoperator.k8s.io")
                .endMetadata()
                .withNewSpec()
                .withGroup("sparkoperator.k8s.io")
                .withScope("Namespaced")
                .withNewNames()
                .withKind("SparkApplication")
                .withListKind("SparkApplicationList")
                .withPlural("sparkapplications")
                .withSingular("sparkapplication")
                .endNames()
                .addNewVersion()
                .withName("v1beta2")
                .withServed(true)
                .withStorage(true)
                .withNewSchema()
                .withNewOpenAPIV3Schema()
                .withType("object")
                .withXKubernetesPreserveUnknownFields(true)
                .endOpenAPIV3Schema()
                .endSchema()
                .withNewSubresources()
                .withNewStatus()
                .endStatus()
                .endSubresources()
                .endVersion()
                .endSpec()
                .build();
    }

    private static String kubeconfig(ApiServer server, ClusterPki pki) {
        var admin = pki.clientCa().issueClient("admin", List.of("system:masters"), Duration.ofDays(1));
        return """
                apiVersion: v1
                kind: Config
                clusters:
                  - {name: demo, cluster: {server: "%s", certificate-authority-data: %s}}
                users:
                  - {name: admin, user: {client-certificate-data: %s, client-key-data: %s}}
                contexts:
                  - {name: demo, context: {cluster: demo, user: admin}}
                current-context: demo
                """.formatted(
                        server.url(),
                        base64(pki.serverCa().certificatePem()),
                        base64(admin.certificatePem()),
                        base64(admin.keyPem()));
    }

    private static String base64(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(UTF_8));
    }
}
