package io.orrery.provisioner.openstack;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The cloud that OS_ variables describe, called {@code envvars} unless OS_CLOUD_NAME says otherwise. */
record Environment(Map<String, String> variables) {

    /** These choose among clouds and describe none. */
    private static final Set<String> SELECTORS =
            Set.of("OS_CLOUD", "OS_REGION_NAME", "OS_CLIENT_CONFIG_FILE", "OS_CLIENT_SECURE_FILE", "OS_CLOUD_NAME");

    Environment {
        variables = Map.copyOf(variables);
    }

    String name() {
        return variables.getOrDefault("OS_CLOUD_NAME", "envvars");
    }

    /** Empty where the variables describe none. */
    Optional<ObjectNode> cloud() {
        var cloud = new ObjectNode(JsonNodeFactory.instance);
        var describes = false;
        for (var variable : variables.entrySet()) {
            if (isOurs(variable.getKey()) && !variable.getValue().isEmpty()) {
                var key = variable.getKey().substring("OS_".length()).toLowerCase(Locale.ROOT);
                cloud.put(key, variable.getValue());
                describes |= !SELECTORS.contains(variable.getKey());
            }
        }
        return describes ? Optional.of(cloud) : Optional.empty();
    }

    /** The others belong to OpenStack's own tests. */
    private static boolean isOurs(String variable) {
        return variable.startsWith("OS_")
                && !variable.startsWith("OS_TEST")
                && !variable.startsWith("OS_STD")
                && !variable.startsWith("OS_LOG");
    }

    /** Some of them are secrets. */
    @Override
    public String toString() {
        return "OS_ variables";
    }
}
