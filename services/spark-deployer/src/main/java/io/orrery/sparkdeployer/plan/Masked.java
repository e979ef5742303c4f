package io.orrery.sparkdeployer.plan;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.orrery.sparkdeployer.model.Kind;
import java.util.Map;
import java.util.TreeMap;

/** Manifests as people may see them. */
public final class Masked {

    private static final String MASK = "***";

    private Masked() {}

    /** The object, without the values of a Secret. */
    public static GenericKubernetesResource of(GenericKubernetesResource object) {
        if (!Kind.SECRET.word().equals(object.getKind())) {
            return object;
        }
        Map<String, String> data = new TreeMap<>(object.<Map<String, String>>get("data"));
        data.replaceAll((key, value) -> MASK);
        return new GenericKubernetesResourceBuilder(object)
                .addToAdditionalProperties("data", data)
                .build();
    }
}
