package io.orrery.cli;

import io.orrery.cli.legacy.JobsImportCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "jobs",
        description = "A platform's batch jobs.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {JobsListCommand.class, JobsShowCommand.class, JobsImportCommand.class, HelpCommand.class},
        mixinStandardHelpOptions = true)
final class JobsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }
}
