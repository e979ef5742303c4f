package io.orrery.sandbox.controllers;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.orrery.sandbox.controllers.apps.DaemonSets;
import io.orrery.sandbox.controllers.apps.Deployments;
import io.orrery.sandbox.controllers.apps.ReplicaSets;
import io.orrery.sandbox.controllers.apps.StatefulSets;
import io.orrery.sandbox.controllers.batch.CronJobs;
import io.orrery.sandbox.controllers.batch.Jobs;
import io.orrery.sandbox.controllers.loop.Cluster;
import io.orrery.sandbox.controllers.nodes.NodeLifecycle;
import io.orrery.sandbox.controllers.nodes.Scheduler;
import io.orrery.sandbox.controllers.nodes.TaintEviction;
import io.orrery.sandbox.controllers.services.LoadBalancers;
import io.orrery.sandbox.controllers.services.NamespaceDefaults;
import io.orrery.sandbox.controllers.services.Services;
import io.orrery.sandbox.controllers.services.VolumeClaims;
import io.orrery.sandbox.controllers.spark.SparkOperator;

/** All that turns an API server into a cluster, but the nodes: those join by {@link io.orrery.sandbox.controllers.kubelet.Kubelet}. */
public final class Controllers implements AutoCloseable {

    private final Cluster cluster;
    private final SparkOperator spark;

    private Controllers(KubernetesClient client, Settings settings) {
        cluster = new Cluster(client, settings.clock());
        new NamespaceDefaults(cluster);
        new NodeLifecycle(cluster, settings.nodeGrace());
        new TaintEviction(cluster, settings.podEviction());
        new Scheduler(cluster, settings.schedulerNames());
        new Deployments(cluster);
        new ReplicaSets(cluster);
        new StatefulSets(cluster);
        new DaemonSets(cluster);
        new Jobs(cluster);
        new CronJobs(cluster);
        new Services(cluster);
        new LoadBalancers(cluster, settings.loadBalancers());
        new VolumeClaims(cluster);
        spark = new SparkOperator(cluster);
    }

    /**
     * Starts and returns at once; each controller works as soon as the API answers, also if it does so later only. The client
     * stays the caller's, and must be open as long as the controllers run.
     */
    public static Controllers start(KubernetesClient client, Settings settings) {
        var controllers = new Controllers(client, settings);
        controllers.cluster.start();
        return controllers;
    }

    @Override
    public void close() {
        spark.close();
        cluster.close();
    }
}
