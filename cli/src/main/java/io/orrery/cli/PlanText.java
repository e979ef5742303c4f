package io.orrery.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;

/** A plan as a person reads it. */
final class PlanText {

    private PlanText() {}

    static void print(JsonNode plan, PrintWriter out) {
        plan.path("changes")
                .forEach(change -> out.printf(
                        "~ %-44s %s -> %s   (%s)%n",
                        change.path("path").asText(),
                        text(change.path("from")),
                        text(change.path("to")),
                        change.path("changeClass").asText()));
        plan.path("steps").forEach(step -> out.printf("+ %s%n", text(step)));
        if (plan.path("changes").isEmpty() && plan.path("steps").isEmpty()) {
            out.println("nothing to do");
        }
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.asText() : value.toString();
    }
}
