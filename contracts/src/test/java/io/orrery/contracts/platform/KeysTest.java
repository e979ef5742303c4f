package io.orrery.contracts.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the annotations have to keep to, so that messages, schema and reference can be made of them. */
class KeysTest {

    @Test
    void eachMeaningIsASentence() {
        assertThat(fields()).allSatisfy(field -> assertThat(field.key().about())
                .as(field.name())
                .matches("[A-Za-z0-9].*\\.")
                .doesNotContain("|"));
    }

    @Test
    void eachPatternIsSaidInWords() {
        assertThat(fields()).allSatisfy(field -> assertThat(field.key().shape().isEmpty())
                .as(field.name())
                .isEqualTo(field.key().pattern().isEmpty()));
    }

    @Test
    void defaultsAreSaidOnlyWhereTheyCount() {
        assertThat(fields())
                .filteredOn(field -> field.key().absent().length > 0)
                .allSatisfy(field -> {
                    assertThat(field.optional()).as(field.name()).isFalse();
                    assertThat(field.form())
                            .as(field.name())
                            .isNotInstanceOfAny(Form.Part.class, Form.Alternatives.class, Form.Entries.class);
                });
    }

    @Test
    void eachAlternativeHasItsMarkerAsKey() {
        var parts = new ArrayList<Form.Alternatives>();
        collect(Forms.of(Platform.class), new ArrayList<>(), parts);

        assertThat(parts).hasSize(3).allSatisfy(form -> {
            var markers = new TreeMap<String, List<String>>();
            form.alternatives()
                    .forEach(one -> markers.put(
                            one.marker(),
                            one.part().fields().stream().map(Form.Field::name).toList()));
            assertThat(markers).hasSameSizeAs(form.alternatives());
            markers.forEach((marker, names) ->
                    assertThat(marker.isEmpty() || names.contains(marker)).isTrue());
        });
    }

    /** Otherwise a change of order would be taken for a change of all that moved. */
    @Test
    void listsOfPartsAreToldApartByAKeyOfText() {
        assertThat(fields())
                .filteredOn(field -> field.form() instanceof Form.Items items && items.item() instanceof Form.Part)
                .isNotEmpty()
                .allSatisfy(field -> assertThat(identity(field)).isPresent());
    }

    private static Optional<Form.Field> identity(Form.Field field) {
        return ((Form.Part) ((Form.Items) field.form()).item())
                .identity()
                .filter(key -> key.form() instanceof Form.Text && !key.optional());
    }

    private static List<Form.Field> fields() {
        var fields = new ArrayList<Form.Field>();
        collect(Forms.of(Platform.class), fields, new ArrayList<>());
        return fields;
    }

    private static void collect(Form form, List<Form.Field> fields, List<Form.Alternatives> alternatives) {
        switch (form) {
            case Form.Part part ->
                part.fields().forEach(field -> {
                    fields.add(field);
                    collect(field.form(), fields, alternatives);
                });
            case Form.Alternatives several -> {
                alternatives.add(several);
                several.alternatives().forEach(one -> collect(one.part(), fields, alternatives));
            }
            case Form.Items items -> collect(items.item(), fields, alternatives);
            default -> {
                // has no fields
            }
        }
    }
}
