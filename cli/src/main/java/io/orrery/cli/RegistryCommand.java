package io.orrery.cli;

import io.orrery.cli.rest.Api;
import io.orrery.cli.rest.ServiceOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "registry",
        description = "What an openEO driver needs to use the platform's job registry.",
        mixinStandardHelpOptions = true)
final class RegistryCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServiceOptions services;

    @Parameters(paramLabel = "NAME", defaultValue = "demo", description = "the platform (default: ${DEFAULT-VALUE})")
    private String name;

    @Option(
            names = "--env",
            required = true,
            description = "print OPENEO_EJR_* as shell lines; they hold the client's secret")
    private boolean env;

    @Override
    public void run() {
        var path = "/platforms/" + name + "/registry-env?credentials=" + env;
        var out = spec.commandLine().getOut();
        out.print(new Api().getText(services.endpoints().jobTracker(), path));
        out.flush();
    }
}
