package io.orrery.contracts.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;

/** Documents for tests. */
final class Documents {

    private static final YAMLMapper YAML = new YAMLMapper();

    /** As short as a document can be. */
    static String brief() {
        return """
                metadata: {name: demo}
                spec:
                  cloud: {name: sandbox}
                  pools:
                    - {name: control, role: server, count: 3, flavor: eo1.large}
                    - {name: workers, role: agent, count: 2, flavor: eo2.xlarge}
                  openeo:
                    host: openeo.example.org
                    collections: {url: "https://example.org/layercatalog.json"}
                """;
    }

    static Object tree(String yaml) {
        try {
            return YAML.readValue(yaml, Object.class);
        } catch (JsonProcessingException notYaml) {
            throw new IllegalArgumentException(notYaml);
        }
    }

    static Platform valid(String yaml) {
        return switch (PlatformReader.read(tree(yaml))) {
            case Reading.Valid valid -> valid.platform();
            case Reading.Invalid invalid -> throw new AssertionError(invalid.violations());
        };
    }

    static List<Violation> violations(Object tree) {
        return switch (PlatformReader.read(tree)) {
            case Reading.Valid valid -> throw new AssertionError("valid: " + valid.platform());
            case Reading.Invalid invalid -> invalid.violations();
        };
    }

    private Documents() {}
}
