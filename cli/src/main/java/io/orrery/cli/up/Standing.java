package io.orrery.cli.up;

import io.orrery.cli.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/**
 * A platform that a run has on a genuine cloud, where it outlives the run. It is noted in the run's folder before anything is made,
 * so that nobody throws away what is known of it.
 */
record Standing(String platform, String cloud) {

    static Optional<Standing> in(RunFolder folder) {
        try {
            var lines = Files.readAllLines(folder.standing());
            return Optional.of(new Standing(lines.get(0), lines.get(1)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    void note(RunFolder folder) {
        try {
            Files.write(folder.standing(), List.of(platform, cloud));
        } catch (IOException e) {
            throw new CommandException("cannot write " + folder.standing(), e);
        }
    }

    static void forget(RunFolder folder) {
        try {
            Files.deleteIfExists(folder.standing());
        } catch (IOException e) {
            throw new CommandException("cannot delete " + folder.standing(), e);
        }
    }

    /** For people; ends without a full stop. */
    String words(int portOffset) {
        return "Platform %s still stands on cloud %s, with all its machines; ./orrery down --remove%s removes it"
                .formatted(platform, cloud, portOffset == 0 ? "" : " --port-offset " + portOffset);
    }
}
