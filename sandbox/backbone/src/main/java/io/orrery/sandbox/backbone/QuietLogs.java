package io.orrery.sandbox.backbone;

import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The programs tell of every thread they start; here only their warnings matter, unless somebody chose otherwise. */
final class QuietLogs {
    /** Held, because java.util.logging forgets the level of a logger that nobody holds. */
    private static final Map<Logger, Level> LEVELS = Map.of(
            Logger.getLogger("kafka"), Level.WARNING,
            Logger.getLogger("org.apache.kafka"), Level.WARNING,
            Logger.getLogger("state.change.logger"), Level.WARNING,
            // warns whenever an empty folder is used for the first time
            Logger.getLogger("org.apache.kafka.controller.QuorumController"), Level.SEVERE,
            Logger.getLogger("org.apache.zookeeper"), Level.WARNING,
            Logger.getLogger("org.gaul"), Level.WARNING);

    private QuietLogs() {}

    static void set() {
        LEVELS.forEach((logger, level) -> {
            if (logger.getLevel() == null) {
                logger.setLevel(level);
            }
        });
    }
}
