package io.orrery.provisioner.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.orrery.contracts.platform.Platform;
import io.orrery.contracts.platform.PlatformReader;
import io.orrery.contracts.platform.Reading.Invalid;
import io.orrery.contracts.platform.Reading.Valid;
import io.orrery.contracts.platform.Violation;
import io.orrery.reconciler.rest.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Texts to documents. The parsers' limits end what was made to break them. */
final class Documents {

    private static final int DEEPEST = 64;

    private static final LoadSettings LIMITS = LoadSettings.builder()
            .setCodePointLimit(4 * 1024 * 1024)
            .setMaxAliasesForCollections(50)
            .setAllowDuplicateKeys(false)
            .setAllowRecursiveKeys(false)
            .build();

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
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
        var json = text.stripLeading().startsWith("{") ? json(text) : Optional.empty();
        return json.orElseGet(() -> yaml(text));
    }

    /** Nearly all JSON is YAML, but not where it is indented by tabs. */
    private static Optional<Object> json(String text) {
        try {
            return Optional.of(JSON.readValue(text, Object.class));
        } catch (JsonProcessingException e) {
            return Optional.empty(); // YAML in braces, perhaps; if it is neither, YAML's parser says why
        }
    }

    private static Object yaml(String text) {
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
