package io.orrery.cli.up;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A program that `orrery up` runs.
 *
 * @param environment added to our own; secrets go by file, never here nor in the command
 */
record Program(String name, List<String> command, Map<String, String> environment, Path log) {
    Program {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
