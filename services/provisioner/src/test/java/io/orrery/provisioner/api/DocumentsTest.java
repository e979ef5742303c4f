package io.orrery.provisioner.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orrery.reconciler.rest.ProblemException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentsTest {

    private static final String SMALL = """
            metadata: {name: demo}
            spec:
              cloud: {name: sandbox}
              pools:
                - {name: control, role: server, count: 1, flavor: m1.large}
                - {name: workers, role: agent, count: 1, flavor: m1.large}
              openeo:
                host: openeo.example.org
                collections: {inline: [{id: ONE, extent: &extent {spatial: [1]}}, {id: TWO, extent: *extent}]}
            """;

    @Test
    void readsYamlWithItsAliases() {
        var collections = Documents.read(SMALL).spec().openeo().collections().toString();

        assertThat(collections).contains("TWO").doesNotContain("*extent");
    }

    @Test
    void readsJsonEvenIfItIsIndentedByTabs() {
        var json = """
                {
                \t"metadata": {"name": "demo"},
                \t"spec": {"cloud": {"name": "sandbox"},
                \t\t"pools": [{"name": "control", "role": "server", "count": 1, "flavor": "m1.large"},
                \t\t\t{"name": "workers", "role": "agent", "count": 1, "flavor": "m1.large"}],
                \t\t"openeo": {"host": "openeo.example.org", "collections": {"inline": [{"id": "ONE"}]}}}
                }""";

        assertThat(Documents.read(json).name().value()).isEqualTo("demo");
    }

    static Stream<Arguments> hostile() {
        return Stream.of(
                Arguments.of("nothing", ""),
                Arguments.of("no YAML", "a: [1, 2\nb: ]"),
                Arguments.of("a text", "just words"),
                Arguments.of("deep brackets", "[".repeat(1_000_000)),
                Arguments.of("deep braces", "{a: ".repeat(100_000)),
                Arguments.of("a bomb of aliases", bomb()),
                Arguments.of("itself", "a: &a [*a]"),
                Arguments.of("a key twice", "metadata: {name: demo}\nmetadata: {name: other}"),
                Arguments.of("a class of ours", "!!java.io.File [/etc/passwd]"),
                Arguments.of("two documents", "a: 1\n---\nb: 2"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void refusesWhatIsNoDocument(String what, String text) {
        assertThatExceptionOfType(ProblemException.class)
                .as(what)
                .isThrownBy(() -> Documents.read(text))
                .satisfies(problem -> assertThat(problem.status()).isEqualTo(400));
    }

    private static String bomb() {
        var bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for (int level = 1; level < 12; level++) {
            bomb.append("a%d: &a%d [%s]%n".formatted(level, level, ("*a" + (level - 1) + ",").repeat(9)));
        }
        return bomb.toString();
    }
}
