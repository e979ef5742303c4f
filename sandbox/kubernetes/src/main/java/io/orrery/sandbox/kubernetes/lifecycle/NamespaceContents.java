package io.orrery.sandbox.kubernetes.lifecycle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.model.Json;
import io.orrery.sandbox.kubernetes.registry.Registry;
import io.orrery.sandbox.kubernetes.registry.WriteOptions;
import io.orrery.sandbox.kubernetes.store.StoreEvent;

/** Every namespace has a ServiceAccount {@code default} and the root CA; who deletes them gets them back. */
final class NamespaceContents implements Housekeeping.Chore {
    private static final String ACCOUNT = "default";
    private static final String ROOT_CA = "kube-root-ca.crt";

    private final Registry registry;
    private final String rootCa;

    NamespaceContents(Registry registry, String rootCa) {
        this.registry = registry;
        this.rootCa = rootCa;
    }

    @Override
    public void on(StoreEvent event) {
        var resource = event.key().resource().toString();
        var name = event.key().name();
        var gone = event.type() == StoreEvent.Type.DELETED;
        if (resource.equals("namespaces") && event.type() == StoreEvent.Type.ADDED) {
            ensure("serviceaccounts", name, account());
            ensure("configmaps", name, rootCa());
        } else if (gone && resource.equals("serviceaccounts") && name.equals(ACCOUNT)) {
            ensure("serviceaccounts", event.key().namespace(), account());
        } else if (gone && resource.equals("configmaps") && name.equals(ROOT_CA)) {
            ensure("configmaps", event.key().namespace(), rootCa());
        }
    }

    private void ensure(String plural, String namespace, ObjectNode object) {
        try {
            registry.create(registry.core(plural), namespace, object, WriteOptions.OWN);
        } catch (ApiError error) {
            // There already, or the namespace is going: both are as they should be.
            if (error.code() != 409 && error.code() != 403 && error.code() != 404) {
                throw error;
            }
        }
    }

    private static ObjectNode account() {
        return named("ServiceAccount", ACCOUNT);
    }

    private ObjectNode rootCa() {
        var map = named("ConfigMap", ROOT_CA);
        map.putObject("data").put("ca.crt", rootCa);
        return map;
    }

    private static ObjectNode named(String kind, String name) {
        var object = Json.object().put("apiVersion", "v1").put("kind", kind);
        object.putObject("metadata").put("name", name);
        return object;
    }
}
