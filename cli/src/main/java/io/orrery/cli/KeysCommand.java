package io.orrery.cli;

import io.orrery.reconciler.seal.Keysets;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "keys",
        description = "Make the keysets that services seal secrets with, one for each purpose. Keeps those that exist.",
        mixinStandardHelpOptions = true)
final class KeysCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", description = "where they are, or will be")
    private Path folder;

    @Override
    public void run() {
        try {
            new Keysets(folder).create();
        } catch (IOException | GeneralSecurityException e) {
            throw new CommandException("cannot make keysets in " + folder + ": " + e.getMessage(), e);
        }
        spec.commandLine().getOut().printf("keysets are in %s; whoever has them reads all secrets%n", folder);
    }
}
