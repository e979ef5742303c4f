package io.orrery.sandbox.kubernetes.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSelectorTest {
    private static final JsonNode LABELLED = yaml("{metadata: {labels: {app: web, tier: front}}}");

    private static JsonNode yaml(String text) {
        return Json.parseYaml(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "app=web",
                "app==web,tier!=back",
                "app in (web, api),tier",
                "other!=x",
                "other notin (x)",
                "!other",
                "app , tier"
            })
    void matches(String selector) {
        assertThat(LabelSelector.parse(selector).matches(LABELLED)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"app=api", "app!=web", "app notin (web)", "other", "!app", "other in (x)", "app=web,other=x"})
    void doesNotMatch(String selector) {
        assertThat(LabelSelector.parse(selector).matches(LABELLED)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"app in web", "=x", "a=b=c", "app in (web"})
    void refusesWhatIsNoSelector(String selector) {
        assertThatThrownBy(() -> LabelSelector.parse(selector))
                .isInstanceOfSatisfying(
                        ApiError.class, error -> assertThat(error.code()).isEqualTo(400));
    }

    @Test
    void readsTheFormOfObjects() {
        var selector = LabelSelector.of(yaml(
                "{matchLabels: {app: web}, matchExpressions: [{key: tier, operator: In, values: [front, back]}]}"));
        assertThat(selector.matches(LABELLED)).isTrue();
        assertThat(LabelSelector.of(yaml("{matchExpressions: [{key: app, operator: DoesNotExist}]}"))
                        .matches(LABELLED))
                .isFalse();
    }
}
