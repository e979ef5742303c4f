package io.orrery.contracts.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Trees that no document means: each gets an answer, in time, and one that can be shown. */
@Timeout(20)
class HostileTreesTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void areRefusedAsWholeDocument(String what, Object tree) {
        assertThat(PlatformReader.read(tree)).as(what).isInstanceOf(Reading.Invalid.class);
    }

    static Stream<Arguments> areRefusedAsWholeDocument() {
        return values();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void areRefusedWhereverTheyStand(String what, Object value) {
        for (var pointer : List.of("/spec", "/spec/pools", "/spec/network", "/spec/kubernetes", "/spec/openeo")) {
            assertThat(PlatformReader.read(put(pointer, value)))
                    .as("%s at %s", what, pointer)
                    .isInstanceOfSatisfying(Reading.Invalid.class, invalid -> assertThat(invalid.violations())
                            .isNotEmpty()
                            .hasSizeLessThanOrEqualTo(Findings.MOST + 1)
                            .allSatisfy(violation -> {
                                assertThat(violation.message()).hasSizeLessThan(1000);
                                assertThat(violation.pointer()).hasSizeLessThan(1000);
                            }));
        }
    }

    static Stream<Arguments> areRefusedWhereverTheyStand() {
        return values();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void areRefusedInsideFreeFormParts(String what, Object value) {
        var collection = new HashMap<String, Object>(Map.of("id", "A"));
        collection.put("x", value);

        assertThat(Documents.violations(put("/spec/openeo/collections", Map.of("inline", List.of(collection)))))
                .as(what)
                .hasSize(1);
    }

    static Stream<Arguments> areRefusedInsideFreeFormParts() {
        return Stream.of(
                Arguments.of("deep nesting", deep(100_000)),
                Arguments.of("a list that holds itself", selfish()),
                Arguments.of("a bomb of aliases", bomb()),
                Arguments.of("not a number", Double.NaN),
                Arguments.of("infinity", Float.POSITIVE_INFINITY),
                Arguments.of("a number of a million bits", BigInteger.ONE.shiftLeft(1_000_000)),
                Arguments.of("a decimal beyond all doubles", new BigDecimal("1e999999")),
                Arguments.of("a date", Instant.EPOCH),
                Arguments.of("keys that are numbers", Map.of(1, 2)),
                Arguments.of("half a character", "\ud800"),
                Arguments.of("a NUL", "a\0b"),
                Arguments.of("too much text", "x".repeat(OpenTree.MAX_CHARACTERS)));
    }

    @Test
    void holdsBackAfterAHundredErrors() {
        var keys = new LinkedHashMap<String, Object>();
        for (var i = 0; i < 1_000_000; i++) {
            keys.put("key" + i, i);
        }

        assertThat(Documents.violations(keys))
                .hasSize(Findings.MOST + 1)
                .last()
                .extracting(Violation::code)
                .isEqualTo(Violation.Code.TOO_MANY);
    }

    private static Stream<Arguments> values() {
        var nullKey = new HashMap<String, Object>();
        nullKey.put(null, 1);
        return Stream.of(
                Arguments.of("a text", "text"),
                Arguments.of("a number", 1),
                Arguments.of("not a number", Double.NaN),
                Arguments.of("a huge number", BigInteger.ONE.shiftLeft(1_000_000)),
                Arguments.of("a huge decimal", new BigDecimal("1e999999999")),
                Arguments.of("a date", Instant.EPOCH),
                Arguments.of("bytes", new byte[10]),
                Arguments.of("deep lists", deep(100_000)),
                Arguments.of("a list that holds itself", selfish()),
                Arguments.of("a bomb of aliases", bomb()),
                Arguments.of("a huge list", Collections.nCopies(10_000_000, "x")),
                Arguments.of("a null key", nullKey),
                Arguments.of("sorted keys that are numbers", new TreeMap<>(Map.of(1, 2))),
                Arguments.of("keys that are lists", Map.of(List.of(), 1)),
                Arguments.of("a huge key", Map.of("k".repeat(1_000_000), 1)),
                Arguments.of("an unprintable key", Map.of("\0\ud800\n", 1)));
    }

    private static Object put(String pointer, Object value) {
        var tree = new HashMap<String, Object>();
        tree.put("metadata", Map.of("name", "demo"));
        var spec = new HashMap<String, Object>();
        tree.put("spec", spec);
        spec.put("cloud", Map.of("name", "c"));
        spec.put(
                "pools",
                List.of(
                        Map.of("name", "a", "role", "server", "count", 1, "flavor", "f"),
                        Map.of("name", "b", "role", "agent", "count", 1, "flavor", "f")));
        var openeo = new HashMap<String, Object>();
        openeo.put("host", "h");
        openeo.put("collections", Map.of("file", "f"));
        spec.put("openeo", openeo);
        var parent =
                switch (pointer) {
                    case "/spec" -> tree;
                    case "/spec/openeo/collections" -> openeo;
                    default -> spec;
                };
        parent.put(pointer.substring(pointer.lastIndexOf('/') + 1), value);
        return tree;
    }

    private static Object deep(int levels) {
        List<Object> list = List.of();
        for (var i = 0; i < levels; i++) {
            list = List.of(list);
        }
        return list;
    }

    private static List<Object> selfish() {
        var list = new ArrayList<>();
        list.add(list);
        return list;
    }

    /** Ten levels of ten references each: ten thousand million values in a hundred objects. */
    private static Object bomb() {
        List<Object> list = List.of("lol");
        for (var i = 0; i < 10; i++) {
            list = Collections.nCopies(10, list);
        }
        return list;
    }
}
