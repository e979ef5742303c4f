package io.orrery.cli;

import io.orrery.cli.rest.Api;
import io.orrery.cli.rest.ServiceOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "pause", description = "Stop all repair of a platform.", mixinStandardHelpOptions = true)
final class PauseCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServiceOptions services;

    @Parameters(paramLabel = "NAME", description = "the platform")
    private String name;

    @Override
    public void run() {
        new Api().send("POST", services.endpoints().provisioner(), "/platforms/" + name + "/pause");
        spec.commandLine()
                .getOut()
                .printf("%s: paused; nothing is repaired until it is resumed%n", name)
                .flush();
    }
}
