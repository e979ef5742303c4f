package io.orrery.sandbox.controllers;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.orrery.sandbox.controllers.kubelet.Kubelet;
import io.orrery.sandbox.controllers.kubelet.KubeletSettings;
import io.orrery.sandbox.controllers.kubelet.NodeSpec;
import io.orrery.sandbox.controllers.openeo.OpenEoWorkloads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The same controllers on any API server, until the process is ended. */
@Command(
        name = "controllers",
        mixinStandardHelpOptions = true,
        description = "Runs Orrery's little Kubernetes controllers on the cluster of a kubeconfig.")
public final class ControllersMain implements Callable<Integer> {

    @Option(names = "--kubeconfig", required = true, description = "The kubeconfig file of the cluster.")
    private Path kubeconfig;

    @Option(names = "--nodes", defaultValue = "0", description = "Fake nodes to add (default: ${DEFAULT-VALUE}).")
    private int nodes;

    @Option(
            names = "--node-prefix",
            defaultValue = "fake-",
            description = "What the fake nodes' names begin with (default: ${DEFAULT-VALUE}).")
    private String prefix;

    private ControllersMain() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ControllersMain()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var config = Config.fromKubeconfig(kubeconfig.toFile());
        var end = new CountDownLatch(1);
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            end.countDown();
            try {
                stopped.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
            run(client, end);
        } finally {
            stopped.countDown();
        }
        return 0;
    }

    private void run(KubernetesClient client, CountDownLatch end) throws IOException, InterruptedException {
        List<Kubelet> kubelets = new ArrayList<>();
        var controllers = Controllers.start(client, Settings.defaults());
        try {
            join(client, kubelets);
            System.out.println("Controllers of " + client.getMasterUrl() + " are running, with " + kubelets.size()
                    + " fake nodes");
            end.await();
        } finally {
            kubelets.forEach(Kubelet::stop);
            controllers.close();
        }
    }

    private void join(KubernetesClient client, List<Kubelet> kubelets) throws IOException {
        var settings = KubeletSettings.defaults().withWorkloads(OpenEoWorkloads.standard());
        for (var number = 1; number <= nodes; number++) {
            kubelets.add(Kubelet.join(client, NodeSpec.agent(prefix + number), settings));
        }
    }
}
