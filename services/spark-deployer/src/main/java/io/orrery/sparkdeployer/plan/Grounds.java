package io.orrery.sparkdeployer.plan;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.orrery.sparkdeployer.model.Desired;
import io.orrery.sparkdeployer.model.Names;
import java.util.List;
import java.util.stream.Stream;

/** Where openEO and its jobs run, and as whom. */
final class Grounds {

    /** What Spark's driver does in its namespace, beside reading its own log. */
    private static final List<PolicyRule> DRIVER = List.of(
            rule("", List.of("pods", "services", "configmaps", "persistentvolumeclaims"), all()),
            rule("", List.of("pods/log"), List.of("get")));

    /** The web application is a driver that also starts and cancels the drivers of batch jobs. */
    private static final List<PolicyRule> WEB = Stream.concat(
                    DRIVER.stream(),
                    Stream.of(
                            rule("", List.of("secrets"), all()),
                            rule("sparkoperator.k8s.io", List.of("sparkapplications"), all())))
            .toList();

    private Grounds() {}

    static List<HasMetadata> of(Desired desired) {
        var jobs = desired.jobs();
        return List.of(
                namespace(jobs),
                namespace(desired.operator()),
                account(jobs, Names.WEB_ACCOUNT),
                account(jobs, Names.BATCH_ACCOUNT),
                role(jobs, Names.WEB_ACCOUNT, WEB),
                role(jobs, Names.BATCH_ACCOUNT, DRIVER),
                binding(jobs, Names.WEB_ACCOUNT),
                binding(jobs, Names.BATCH_ACCOUNT));
    }

    private static HasMetadata namespace(String name) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .build();
    }

    private static HasMetadata account(String namespace, String name) {
        return new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .build();
    }

    private static HasMetadata role(String namespace, String name, List<PolicyRule> rules) {
        return new RoleBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withRules(rules)
                .build();
    }

    private static HasMetadata binding(String namespace, String name) {
        return new RoleBindingBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", name)
                .addNewSubject()
                .withKind("ServiceAccount")
                .withName(name)
                .withNamespace(namespace)
                .endSubject()
                .build();
    }

    private static PolicyRule rule(String group, List<String> resources, List<String> verbs) {
        return new PolicyRuleBuilder()
                .withApiGroups(group)
                .withResources(resources)
                .withVerbs(verbs)
                .build();
    }

    private static List<String> all() {
        return List.of("create", "get", "list", "watch", "update", "patch", "delete", "deletecollection");
    }
}
