package io.orrery.cli;

import io.orrery.cli.rest.ApiException;
import io.orrery.cli.up.DownCommand;
import io.orrery.cli.up.UpCommand;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;

/** The command line. */
@Command(
        name = "orrery",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        description = "One document in, an openEO service on Spark, Kubernetes and OpenStack out.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            ApplyCommand.class,
            PlanCommand.class,
            GetCommand.class,
            WatchCommand.class,
            JobsCommand.class,
            KubeconfigCommand.class,
            RegistryCommand.class,
            RepairCommands.Pause.class,
            RepairCommands.Resume.class,
            RepairCommands.Confirm.class,
            DestroyCommand.class,
            KeysCommand.class,
            VersionCommand.class,
            HelpCommand.class
        },
        footer = {
            "",
            "./orrery test    builds everything and runs all tests.",
            "./orrery bench   provisioner | registry: makes the figures of docs/performance.md."
        })
public final class Orrery implements Runnable {

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    public static void main(String[] arguments) {
        Logger.getLogger("").setLevel(Level.WARNING);
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Orrery())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    line.getErr().println("orrery: " + explain(e));
                    return 1;
                });
    }

    /** What a person needs to know; never a stack trace. */
    private static String explain(Exception e) {
        if (e instanceof ApiException || e instanceof CommandException) {
            return e.getMessage();
        }
        return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }
}
