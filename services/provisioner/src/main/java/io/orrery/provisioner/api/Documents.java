package io.orrery.provisioner.api;

import io.orrery.contracts.platform.Platform;
import io.orrery.contracts.platform.PlatformReader;
import io.orrery.contracts.platform.Reading.Invalid;
import io.orrery.contracts.platform.Reading.Valid;
import io.orrery.contracts.platform.Violation;
import io.orrery.reconciler.rest.ProblemException;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Texts to documents. JSON is YAML 1.2, so one parser reads both; its limits end what was made to break it. */
final class Documents {

    private static final int DEEPEST = 64;

    private static final LoadSettings LIMITS = LoadSettings.builder()
            .setCodePointLimit(4 * 1024 * 1024)
            .setMaxAliasesForCollections(50)
            .setAllowDuplicateKeys(false)
            .setAllowRecursiveKeys(false)
            .build();

    private Documents() {}

    /** @throws ProblemException with 400 and every error of the document */
    static Platform read(String text) {
        return switch (PlatformReader.read(tree(text))) {
            case Valid valid -> valid.platform();
            case Invalid invalid -> throw invalid(invalid.violations());
        };
    }

    static ProblemException invalid(List<Violation> violations) {
        var first =
                violations.getFirst().pointer() + ": " + violations.getFirst().message();
        return new ProblemException(
                400,
                "The document is not valid",
                violations.size() == 1 ? first : violations.size() + " errors; the first is " + first,
                Map.of("errors", violations));
    }

    private static Object tree(String text) {
        try {
            checkDepth(text);
            return new Load(LIMITS).loadFromString(text);
        } catch (YamlEngineException e) {
            throw unreadable(e.getMessage());
        }
    }

    /** The parser that builds trees would run out of stack; the one that tells events does not. */
    private static void checkDepth(String text) {
        var depth = 0;
        for (var event : new Parse(LIMITS).parseString(text)) {
            if (event instanceof CollectionStartEvent) {
                depth++;
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            }
            if (depth > DEEPEST) {
                throw unreadable("it is nested deeper than " + DEEPEST);
            }
        }
    }

    private static ProblemException unreadable(String why) {
        return invalid(List.of(new Violation("", Violation.Code.MALFORMED, "this is neither YAML nor JSON: " + why)));
    }
}
