package io.orrery.cli;

import io.orrery.cli.rest.Api;
import io.orrery.cli.rest.ServiceOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "resume", description = "Let a paused platform be repaired again.", mixinStandardHelpOptions = true)
final class ResumeCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServiceOptions services;

    @Parameters(paramLabel = "NAME", description = "the platform")
    private String name;

    @Override
    public void run() {
        new Api().send("POST", services.endpoints().provisioner(), "/platforms/" + name + "/resume");
        spec.commandLine().getOut().printf("%s: resumed%n", name).flush();
    }
}
