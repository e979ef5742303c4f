package io.orrery.sandbox.controllers.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.orrery.sandbox.controllers.loop.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32;

/** Reads and writes SparkApplications (v1beta2); what of them is unknown here stays as it is. */
final class SparkApplications {

    static final String CRD = "sparkapplications.sparkoperator.k8s.io";

    private static final ResourceDefinitionContext TYPE = new ResourceDefinitionContext.Builder()
            .withGroup("sparkoperator.k8s.io")
            .withVersion("v1beta2")
            .withKind("SparkApplication")
            .withPlural("sparkapplications")
            .withNamespaced(true)
            .build();

    private static final ObjectMapper JSON = new ObjectMapper()
            .configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true)
            .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    private final KubernetesClient client;

    SparkApplications(KubernetesClient client) {
        this.client = client;
    }

    SharedIndexInformer<GenericKubernetesResource> informer() {
        return client.genericKubernetesResources(TYPE).inAnyNamespace().runnableInformer(0);
    }

    Optional<GenericKubernetesResource> find(ObjectKey key) {
        return Optional.ofNullable(client.genericKubernetesResources(TYPE)
                .inNamespace(key.namespace())
                .withName(key.name())
                .get());
    }

    static SparkSpec spec(GenericKubernetesResource application) {
        return JSON.convertValue(application.getAdditionalProperties().get("spec"), SparkSpec.class);
    }

    static SparkStatus status(GenericKubernetesResource application) {
        var status = application.getAdditionalProperties().get("status");
        return status == null ? SparkStatus.NEW : JSON.convertValue(status, SparkStatus.class);
    }

    /** The same for equal specs, however they are written; spec.suspend is no change, but a switch. */
    static String specHash(GenericKubernetesResource application) {
        try {
            var spec = new LinkedHashMap<>(
                    asMap(application.getAdditionalProperties().get("spec")));
            spec.remove("suspend");
            var crc = new CRC32();
            crc.update(JSON.writeValueAsString(spec).getBytes(StandardCharsets.UTF_8));
            return Long.toHexString(crc.getValue());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read as JSON can be written as JSON", e);
        }
    }

    private static Map<String, Object> asMap(Object json) {
        return JSON.convertValue(json, new TypeReference<>() {});
    }

    void tell(GenericKubernetesResource application, SparkStatus status) {
        JsonNode before = JSON.valueToTree(application.getAdditionalProperties().get("status"));
        JsonNode after = JSON.valueToTree(status);
        if (Objects.equals(before, after)) {
            return;
        }
        application.setAdditionalProperty("status", asMap(after));
        client.genericKubernetesResources(TYPE)
                .inNamespace(application.getMetadata().getNamespace())
                .resource(application)
                .updateStatus();
    }
}
