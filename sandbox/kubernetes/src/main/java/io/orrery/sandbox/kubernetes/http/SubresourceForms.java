package io.orrery.sandbox.kubernetes.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.Json;
import io.orrery.sandbox.kubernetes.model.ResourceType;
import io.orrery.sandbox.kubernetes.model.Subresource;

/** How discovery names subresources: some speak of another kind than their parent. */
final class SubresourceForms {
    private SubresourceForms() {}

    /** @param group empty for that of the parent */
    record Form(String group, String version, String kind) {}

    static Form of(ResourceType type, Subresource subresource) {
        return switch (subresource) {
            case SCALE -> new Form("autoscaling", "v1", "Scale");
            case TOKEN -> new Form("authentication.k8s.io", "v1", "TokenRequest");
            case EVICTION -> new Form("policy", "v1", "Eviction");
            case BINDING -> new Form("", "v1", "Binding");
            case PROXY -> new Form("", "v1", type.kind() + "ProxyOptions");
            case PORTFORWARD -> new Form("", "v1", type.kind() + "PortForwardOptions");
            case STATUS, FINALIZE, LOG -> new Form(type.group(), type.version(), type.kind());
        };
    }

    static ObjectNode listed(ResourceType type, Subresource subresource) {
        var form = of(type, subresource);
        var node = Json.object()
                .put("name", type.plural() + "/" + subresource.path())
                .put("singularName", "")
                .put("namespaced", type.namespaced());
        if (!form.group().equals(type.group())) {
            node.put("group", form.group()).put("version", form.version());
        }
        node.put("kind", form.kind());
        var verbs = node.putArray("verbs");
        subresource.verbs().forEach(verbs::add);
        return node;
    }
}
