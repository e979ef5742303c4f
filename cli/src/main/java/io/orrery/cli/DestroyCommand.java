package io.orrery.cli;

import io.orrery.cli.rest.Api;
import io.orrery.cli.rest.ServiceOptions;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "destroy",
        description = "Remove the platform and everything that was made for it.",
        mixinStandardHelpOptions = true)
final class DestroyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServiceOptions services;

    @Parameters(paramLabel = "NAME", description = "the platform")
    private String name;

    @Option(names = "--force", description = "go on without the stages named by --skip, whose service is gone for good")
    private boolean force;

    @Option(
            names = "--skip",
            paramLabel = "STAGE",
            split = ",",
            description = "cluster, tracking, workloads, observability")
    private List<String> skip = List.of();

    @Option(names = "--wait", description = "wait for the teardown certificate and print it")
    private boolean wait;

    @Override
    public Integer call() throws InterruptedException {
        var api = new Api();
        var query =
                "?force=" + force + skip.stream().map(stage -> "&skip=" + stage).collect(Collectors.joining());
        api.send("DELETE", services.endpoints().provisioner(), "/platforms/" + name + query);
        var out = spec.commandLine().getOut();
        out.printf("%s: removal requested%n", name).flush();
        if (wait) {
            certificate(api, out);
        }
        return 0;
    }

    private void certificate(Api api, PrintWriter out) throws InterruptedException {
        var path = "/platforms/" + name + "/certificate";
        var certificate = api.find(services.endpoints().provisioner(), path);
        while (certificate.isEmpty()) {
            Thread.sleep(Duration.ofSeconds(1));
            certificate = api.find(services.endpoints().provisioner(), path);
        }
        out.println(certificate.get().toPrettyString());
    }
}
