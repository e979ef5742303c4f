package io.orrery.sandbox.kubernetes.model;

import static io.orrery.sandbox.kubernetes.model.Subresource.BINDING;
import static io.orrery.sandbox.kubernetes.model.Subresource.EVICTION;
import static io.orrery.sandbox.kubernetes.model.Subresource.FINALIZE;
import static io.orrery.sandbox.kubernetes.model.Subresource.LOG;
import static io.orrery.sandbox.kubernetes.model.Subresource.PORTFORWARD;
import static io.orrery.sandbox.kubernetes.model.Subresource.PROXY;
import static io.orrery.sandbox.kubernetes.model.Subresource.SCALE;
import static io.orrery.sandbox.kubernetes.model.Subresource.STATUS;
import static io.orrery.sandbox.kubernetes.model.Subresource.TOKEN;

import java.util.List;

/** Every kind that this server knows without a CustomResourceDefinition: the one place to add another. */
public final class BuiltInTypes {
    private static final String REGISTRATION = "admissionregistration.k8s.io";
    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final String REVIEWS = "authorization.k8s.io";
    private static final String NETWORKING = "networking.k8s.io";
    private static final String STORAGE = "storage.k8s.io";

    private BuiltInTypes() {}

    public static List<ResourceType> all() {
        return List.of(
                cluster("", "v1", "Namespace", "namespaces").shortly("ns").with(STATUS, FINALIZE),
                cluster("", "v1", "Node", "nodes").shortly("no").with(STATUS),
                cluster("", "v1", "PersistentVolume", "persistentvolumes")
                        .shortly("pv")
                        .with(STATUS),
                inNamespace("", "v1", "Pod", "pods")
                        .shortly("po")
                        .inAll()
                        .countingGenerations()
                        .with(STATUS, BINDING, EVICTION, LOG, PROXY, PORTFORWARD),
                inNamespace("", "v1", "Service", "services")
                        .shortly("svc")
                        .inAll()
                        .with(STATUS, PROXY),
                inNamespace("", "v1", "Endpoints", "endpoints").shortly("ep"),
                inNamespace("", "v1", "ConfigMap", "configmaps").shortly("cm"),
                inNamespace("", "v1", "Secret", "secrets"),
                inNamespace("", "v1", "ServiceAccount", "serviceaccounts")
                        .shortly("sa")
                        .with(TOKEN),
                inNamespace("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims")
                        .shortly("pvc")
                        .with(STATUS),
                inNamespace("", "v1", "Event", "events").shortly("ev"),
                inNamespace("", "v1", "ResourceQuota", "resourcequotas")
                        .shortly("quota")
                        .with(STATUS),
                inNamespace("", "v1", "LimitRange", "limitranges").shortly("limits"),
                inNamespace("", "v1", "PodTemplate", "podtemplates"),
                inNamespace("", "v1", "ReplicationController", "replicationcontrollers")
                        .shortly("rc")
                        .inAll()
                        .countingGenerations()
                        .with(STATUS, SCALE),
                inNamespace("apps", "v1", "Deployment", "deployments")
                        .shortly("deploy")
                        .inAll()
                        .countingGenerations()
                        .with(STATUS, SCALE),
                inNamespace("apps", "v1", "ReplicaSet", "replicasets")
                        .shortly("rs")
                        .inAll()
                        .countingGenerations()
                        .with(STATUS, SCALE),
                inNamespace("apps", "v1", "StatefulSet", "statefulsets")
                        .shortly("sts")
                        .inAll()
                        .countingGenerations()
                        .with(STATUS, SCALE),
                inNamespace("apps", "v1", "DaemonSet", "daemonsets")
                        .shortly("ds")
                        .inAll()
                        .countingGenerations()
                        .with(STATUS),
                inNamespace("apps", "v1", "ControllerRevision", "controllerrevisions"),
                inNamespace("batch", "v1", "Job", "jobs")
                        .inAll()
                        .countingGenerations()
                        .with(STATUS),
                inNamespace("batch", "v1", "CronJob", "cronjobs")
                        .shortly("cj")
                        .inAll()
                        .countingGenerations()
                        .with(STATUS),
                inNamespace("autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers")
                        .shortly("hpa")
                        .inAll()
                        .with(STATUS),
                inNamespace("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets")
                        .shortly("pdb")
                        .countingGenerations()
                        .with(STATUS),
                inNamespace(RBAC, "v1", "Role", "roles"),
                inNamespace(RBAC, "v1", "RoleBinding", "rolebindings"),
                cluster(RBAC, "v1", "ClusterRole", "clusterroles"),
                cluster(RBAC, "v1", "ClusterRoleBinding", "clusterrolebindings"),
                inNamespace(NETWORKING, "v1", "Ingress", "ingresses")
                        .shortly("ing")
                        .countingGenerations()
                        .with(STATUS),
                cluster(NETWORKING, "v1", "IngressClass", "ingressclasses").countingGenerations(),
                inNamespace(NETWORKING, "v1", "NetworkPolicy", "networkpolicies")
                        .shortly("netpol")
                        .countingGenerations(),
                inNamespace("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices")
                        .countingGenerations(),
                inNamespace("coordination.k8s.io", "v1", "Lease", "leases"),
                inNamespace("events.k8s.io", "v1", "Event", "events").shortly("ev"),
                cluster(STORAGE, "v1", "StorageClass", "storageclasses").shortly("sc"),
                cluster(STORAGE, "v1", "CSIDriver", "csidrivers"),
                cluster(STORAGE, "v1", "CSINode", "csinodes"),
                cluster(STORAGE, "v1", "VolumeAttachment", "volumeattachments").with(STATUS),
                inNamespace(STORAGE, "v1", "CSIStorageCapacity", "csistoragecapacities"),
                cluster("scheduling.k8s.io", "v1", "PriorityClass", "priorityclasses")
                        .shortly("pc")
                        .countingGenerations(),
                cluster(REGISTRATION, "v1", "MutatingWebhookConfiguration", "mutatingwebhookconfigurations")
                        .countingGenerations(),
                cluster(REGISTRATION, "v1", "ValidatingWebhookConfiguration", "validatingwebhookconfigurations")
                        .countingGenerations(),
                cluster(REGISTRATION, "v1", "ValidatingAdmissionPolicy", "validatingadmissionpolicies")
                        .countingGenerations()
                        .with(STATUS),
                cluster(REGISTRATION, "v1", "ValidatingAdmissionPolicyBinding", "validatingadmissionpolicybindings")
                        .countingGenerations(),
                cluster("apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions")
                        .shortly("crd", "crds")
                        .countingGenerations()
                        .with(STATUS),
                cluster("apiregistration.k8s.io", "v1", "APIService", "apiservices")
                        .with(STATUS),
                cluster("authentication.k8s.io", "v1", "TokenReview", "tokenreviews")
                        .onlyAnswered(),
                cluster("authentication.k8s.io", "v1", "SelfSubjectReview", "selfsubjectreviews")
                        .onlyAnswered(),
                cluster(REVIEWS, "v1", "SelfSubjectAccessReview", "selfsubjectaccessreviews")
                        .onlyAnswered(),
                cluster(REVIEWS, "v1", "SubjectAccessReview", "subjectaccessreviews")
                        .onlyAnswered());
    }

    private static ResourceType inNamespace(String group, String version, String kind, String plural) {
        return ResourceType.of(group, version, kind, plural, true);
    }

    private static ResourceType cluster(String group, String version, String kind, String plural) {
        return ResourceType.of(group, version, kind, plural, false);
    }
}
