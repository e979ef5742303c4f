package io.orrery.cli;

import io.orrery.cli.rest.Api;
import io.orrery.cli.rest.ServiceOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "confirm",
        description = "Give up the machines of a platform that failed, many at once: they are replaced.",
        mixinStandardHelpOptions = true)
final class ConfirmCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServiceOptions services;

    @Parameters(paramLabel = "NAME", description = "the platform")
    private String name;

    @Override
    public void run() {
        new Api().send("POST", services.endpoints().provisioner(), "/platforms/" + name + "/confirm-mass-change");
        spec.commandLine()
                .getOut()
                .printf("%s: its failed machines are written off, and are replaced%n", name)
                .flush();
    }
}
