package io.orrery.sandbox.controllers.spark;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.orrery.sandbox.controllers.loop.Cluster;
import io.orrery.sandbox.controllers.loop.ObjectKey;
import io.orrery.sandbox.controllers.loop.Owners;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Makes and removes the pods and services of an application. */
final class SparkResources {

    /** The API does not take the driver as it is: the submission has failed. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(HasMetadata application, String why) {
            super("failed to run spark-submit for SparkApplication "
                    + application.getMetadata().getNamespace() + "/"
                    + application.getMetadata().getName() + ": " + why);
        }
    }

    private final Cluster cluster;

    SparkResources(Cluster cluster) {
        this.cluster = cluster;
    }

    /** May run twice: the driver that is there already, and is the application's, is the answer. */
    Pod create(HasMetadata application, SparkPods pods) throws Refused {
        try {
            var driver = pods.driver();
            checkAccount(application, driver);
            var made = cluster.create(driver).or(() -> cluster.find(Pod.class, ObjectKey.of(driver))
                    .filter(pod -> Owners.isControlledBy(pod, application)));
            if (made.isEmpty()) {
                throw new Refused(application, "pods \"" + driver.getMetadata().getName() + "\" already exists");
            }
            cluster.create(pods.uiService());
            cluster.create(pods.driverService());
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new Refused(application, e.getMessage());
        } catch (KubernetesClientException e) {
            if (SparkOperator.isRefusal(e)) {
                throw new Refused(
                        application,
                        e.getStatus() == null ? e.getMessage() : e.getStatus().getMessage());
            }
            throw e;
        }
    }

    /** Upstream's admission refuses pods of an account that does not exist; a server without admission would take them. */
    private void checkAccount(HasMetadata application, Pod driver) throws Refused {
        var namespace = driver.getMetadata().getNamespace();
        var account = driver.getSpec().getServiceAccountName();
        if (cluster.find(ServiceAccount.class, new ObjectKey(namespace, account))
                .isEmpty()) {
            throw new Refused(
                    application,
                    "pods \"" + driver.getMetadata().getName() + "\" is forbidden: error looking up service account "
                            + namespace + "/" + account + ": serviceaccount \"" + account + "\" not found");
        }
    }

    /** Makes the executors that are missing at the start; says how each of them is. */
    Map<String, String> runExecutors(SparkPods pods, Pod driver, int wanted) {
        var present = executors(pods);
        for (var number = 1; number <= wanted && present.isEmpty(); number++) {
            cluster.create(pods.executor(driver, number));
        }
        var states = new TreeMap<String, String>();
        (present.isEmpty() ? executors(pods) : present)
                .forEach(pod -> states.put(pod.getMetadata().getName(), state(pod)));
        return states;
    }

    /** The driver has ended, and Spark takes its executors away then. */
    Map<String, String> endExecutors(SparkPods pods, Map<String, String> before, String end) {
        var states = new TreeMap<String, String>();
        before.forEach((name, state) ->
                states.put(name, List.of("RUNNING", "PENDING", "UNKNOWN").contains(state) ? end : state));
        executors(pods).forEach(pod -> {
            states.put(pod.getMetadata().getName(), end);
            cluster.delete(pod);
        });
        return states;
    }

    private List<Pod> executors(SparkPods pods) {
        return cluster.client()
                .pods()
                .inNamespace(pods.application().getMetadata().getNamespace())
                .withLabel(SparkPods.APP_NAME, pods.application().getMetadata().getName())
                .withLabel(SparkPods.SUBMISSION, pods.submission())
                .withLabel(SparkPods.ROLE, "executor")
                .list()
                .getItems();
    }

    private static String state(Pod pod) {
        var phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        if (phase == null) {
            return "PENDING";
        }
        return "Succeeded".equals(phase) ? "COMPLETED" : phase.toUpperCase(Locale.ROOT);
    }

    /** All that a run has left; the pods' end is seen later. */
    void remove(HasMetadata application) {
        var namespace = application.getMetadata().getNamespace();
        var name = application.getMetadata().getName();
        cluster.client().pods().inNamespace(namespace).withLabel(SparkPods.APP_NAME, name).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .forEach(cluster::delete);
        cluster
                .client()
                .resources(Service.class)
                .inNamespace(namespace)
                .withLabel(SparkPods.APP_NAME, name)
                .list()
                .getItems()
                .stream()
                .filter(service -> Owners.isControlledBy(service, application))
                .forEach(cluster::delete);
    }
}
