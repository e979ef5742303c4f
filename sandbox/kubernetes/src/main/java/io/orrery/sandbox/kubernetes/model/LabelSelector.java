package io.orrery.sandbox.kubernetes.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A label selector in its query form ({@code a=b,c in (d,e),!f}) or as an object's {@code matchLabels}/{@code matchExpressions}. */
public record LabelSelector(List<Requirement> requirements) {
    public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

    private static final String KEY = "([A-Za-z0-9](?:[A-Za-z0-9._/-]*[A-Za-z0-9])?)";
    private static final Pattern SET = Pattern.compile(KEY + "\\s+(in|notin)\\s*\\(([^()]*)\\)");
    private static final Pattern EQUALITY = Pattern.compile(KEY + "\\s*(==|=|!=)\\s*([A-Za-z0-9._-]*)");
    private static final Pattern EXISTENCE = Pattern.compile("(!?)\\s*" + KEY);

    public LabelSelector {
        requirements = List.copyOf(requirements);
    }

    enum Operator {
        IN,
        NOT_IN,
        EXISTS,
        DOES_NOT_EXIST
    }

    /** Upstream's rule: NotIn and != also match an object that lacks the label. */
    record Requirement(String key, Operator operator, Set<String> values) {
        boolean matches(JsonNode labels) {
            var value = labels.get(key);
            return switch (operator) {
                case EXISTS -> value != null;
                case DOES_NOT_EXIST -> value == null;
                case IN -> value != null && values.contains(value.asText());
                case NOT_IN -> value == null || !values.contains(value.asText());
            };
        }
    }

    public boolean isEverything() {
        return requirements.isEmpty();
    }

    public boolean matches(JsonNode object) {
        var labels = object.path("metadata").path("labels");
        return requirements.stream().allMatch(requirement -> requirement.matches(labels));
    }

    public static LabelSelector parse(String text) {
        var requirements = new ArrayList<Requirement>();
        for (var part : splitOutsideParentheses(text)) {
            requirements.add(requirement(part.strip(), text));
        }
        return new LabelSelector(requirements);
    }

    /** From the LabelSelector type of the API; an empty one selects everything. */
    public static LabelSelector of(JsonNode selector) {
        var requirements = new ArrayList<Requirement>();
        selector.path("matchLabels")
                .properties()
                .forEach(label -> requirements.add(new Requirement(
                        label.getKey(), Operator.IN, Set.of(label.getValue().asText()))));
        for (var expression : selector.path("matchExpressions")) {
            var values = StreamSupport.stream(expression.path("values").spliterator(), false)
                    .map(JsonNode::asText)
                    .collect(Collectors.toUnmodifiableSet());
            requirements.add(new Requirement(
                    expression.path("key").asText(),
                    operator(expression.path("operator").asText()),
                    values));
        }
        return new LabelSelector(requirements);
    }

    private static Operator operator(String text) {
        return switch (text) {
            case "In" -> Operator.IN;
            case "NotIn" -> Operator.NOT_IN;
            case "Exists" -> Operator.EXISTS;
            case "DoesNotExist" -> Operator.DOES_NOT_EXIST;
            default -> throw ApiError.badRequest("\"" + text + "\" is not a valid label selector operator");
        };
    }

    private static Requirement requirement(String part, String whole) {
        var set = SET.matcher(part);
        if (set.matches()) {
            var values =
                    Stream.of(set.group(3).split(",", -1)).map(String::strip).collect(Collectors.toSet());
            return new Requirement(set.group(1), set.group(2).equals("in") ? Operator.IN : Operator.NOT_IN, values);
        }
        var equality = EQUALITY.matcher(part);
        if (equality.matches()) {
            var operator = equality.group(2).equals("!=") ? Operator.NOT_IN : Operator.IN;
            return new Requirement(equality.group(1), operator, Set.of(equality.group(3)));
        }
        var existence = EXISTENCE.matcher(part);
        if (existence.matches()) {
            var operator = existence.group(1).isEmpty() ? Operator.EXISTS : Operator.DOES_NOT_EXIST;
            return new Requirement(existence.group(2), operator, Set.of());
        }
        throw ApiError.badRequest("unable to parse requirement: \"" + whole + "\" is not a label selector");
    }

    private static List<String> splitOutsideParentheses(String text) {
        var parts = new ArrayList<String>();
        var depth = 0;
        var start = 0;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        if (!text.substring(start).isBlank()) {
            parts.add(text.substring(start));
        }
        return parts;
    }
}
