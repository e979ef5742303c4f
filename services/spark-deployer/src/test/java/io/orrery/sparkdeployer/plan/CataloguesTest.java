package io.orrery.sparkdeployer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.orrery.sparkdeployer.model.Catalogue;
import io.orrery.sparkdeployer.plan.Catalogues.InvalidException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CataloguesTest {

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    @Test
    void keepsTheTextOfAFileAsItIs() throws InvalidException {
        var text = "[ {\"id\":   \"A\"}\n]";

        assertThat(Catalogues.of("https://example.org/c.json", text))
                .extracting(Catalogue::json, Catalogue::ids)
                .containsExactly(text, List.of("A"));
    }

    @Test
    void writesTheDocumentsOwnCollectionsAsJson() throws InvalidException {
        var catalogue = Catalogues.of(List.of(new TreeMap<>(Map.of("id", "A", "n", 1.5))));

        assertThat(json(catalogue.json())).isEqualTo("[{\"id\":\"A\",\"n\":1.5}]");
        assertThat(catalogue.source()).isEqualTo(Catalogue.INLINE);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("{}", "not a JSON array"),
                Arguments.of("[1]", "entry 0 is not an object"),
                Arguments.of("[{title: no id}]", "entry 0 has no id"),
                Arguments.of("[{id: ''}]", "entry 0 has no id"),
                Arguments.of("[{id: A}, {id: A}]", "A is the id of entries 0 and 1"),
                Arguments.of("[{id: A, extent: {spatial: {bbox: [[1, 2, 3]]}}}]", "A has a bbox"),
                Arguments.of("[{id: A, extent: {spatial: {bbox: [[0, 50, 1, 40]]}}}]", "A has a bbox"),
                Arguments.of(
                        "[{id: A, extent: {temporal: {interval: [['2020-01-01T00:00:00Z', '2019-01-01T00:00:00Z']]}}}]",
                        "A has a temporal interval"),
                Arguments.of("[{id: A, extent: {temporal: {interval: [[soon, null]]}}}]", "A has a temporal interval"),
                Arguments.of("[{id: A, 'cube:dimensions': {x: {step: 0}}}]", "step of x that is not above zero"),
                Arguments.of(
                        "[{id: A, 'cube:dimensions': {x: {reference_system: 'EPSG:32631'}}}]",
                        "reference system of x as text"),
                Arguments.of(
                        "[{id: A, 'cube:dimensions': {b: {type: bands}, c: {type: bands}}}]", "2 dimensions of bands"),
                Arguments.of("[{id: A, _vito: {data_source: {type: STAC}}}]", "type stac without url"),
                Arguments.of("[{id: A, _vito: {data_source: {type: stac, url: s2/items}}}]", "url is no absolute URL"),
                Arguments.of(
                        "[{id: A, _vito: {data_source: {type: file-glob, data_glob: '*', date_regex: '(a)(b)'}}}]",
                        "date_regex with 2 groups"),
                Arguments.of(
                        "[{id: A, _vito: {data_source: {type: file-glob, data_glob: '*', date_regex: '('}}}]",
                        "no regular expression"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void refusesWhatOpenEoWouldFailOn(String yaml, String message) {
        assertThatThrownBy(() -> Catalogues.of("test", json(yaml)))
                .isInstanceOf(InvalidException.class)
                .hasMessageContaining(message);
    }

    static Stream<Arguments> remarks() {
        return Stream.of(
                Arguments.of("[{id: A}]", "A has no description"),
                Arguments.of("[{id: A}]", "A names no _vito.data_source.type"),
                Arguments.of("[{id: A, _vito: {data_source: {type: creo}}}]", "a type that is not known: creo"),
                Arguments.of("[{id: A, common_name: B}, {id: B}]", "A has the common_name B"),
                Arguments.of(
                        "[{id: A, 'cube:dimensions': {b: {type: bands, values: [B2, B3]}},"
                                + " summaries: {'eo:bands': [{name: B3}, {name: B2}]}}]",
                        "names its bands differently"));
    }

    @ParameterizedTest
    @MethodSource("remarks")
    void remarksOnWhatOpenEoPutsUpWith(String yaml, String remark) throws InvalidException {
        assertThat(Catalogues.of("test", json(yaml)).remarks())
                .anySatisfy(said -> assertThat(said).contains(remark));
    }

    @Test
    void acceptsABoxOverTheAntimeridianAndOneWithHeights() throws InvalidException {
        assertThat(Catalogues.of(
                                "test",
                                json(
                                        "[{id: A, extent: {spatial: {bbox: [[170, -10, -170, 10], [0, 0, -5, 1, 1, 9]]}}}]"))
                        .ids())
                .containsExactly("A");
    }

    @Test
    void saysWhereATextIsNotJson() {
        assertThatThrownBy(() -> Catalogues.of("test", "[{\"id\": \"A\",}]"))
                .isInstanceOf(InvalidException.class)
                .hasMessageContaining("not JSON")
                .hasMessageContaining("line 1");
    }

    @Test
    void refusesKeysThatAreSaidTwiceTrailingTextAndBottomlessNesting() {
        for (var text : List.of("[{\"id\": \"A\", \"id\": \"B\"}]", "[] []", "[".repeat(1000))) {
            assertThatThrownBy(() -> Catalogues.of("test", text)).isInstanceOf(InvalidException.class);
        }
    }

    @Test
    void namesAFewOfManyFaults() {
        var many = Collections.nCopies(20, Map.<String, Object>of("title", "none"));

        assertThatThrownBy(() -> Catalogues.of(many))
                .hasMessageContaining("entry 4 has no id")
                .hasMessageContaining("and 15 more")
                .hasMessageNotContaining("entry 5");
    }

    private static String json(String yaml) {
        return YAML.asJson(YAML.unmarshal("it: " + yaml, Map.class).get("it"));
    }
}
