package io.orrery.cli;

import io.orrery.cli.rest.Api;
import io.orrery.cli.rest.ServiceOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "kubeconfig",
        description = "Print a short-lived administrator's kubeconfig of the platform's cluster.",
        mixinStandardHelpOptions = true)
final class KubeconfigCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServiceOptions services;

    @Parameters(paramLabel = "NAME", description = "the platform")
    private String name;

    @Override
    public void run() {
        var out = spec.commandLine().getOut();
        out.print(new Api().getText(services.endpoints().cluster(), "/platforms/" + name + "/kubeconfig"));
        out.flush();
    }
}
