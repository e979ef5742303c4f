package io.orrery.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;

/** A plan as a person reads it: what changes, what is done for it, what that takes, and what stands in the way. */
final class PlanText {

    private final JsonNode plan;
    private final PrintWriter out;

    PlanText(JsonNode plan, PrintWriter out) {
        this.plan = plan;
        this.out = out;
    }

    void print() {
        changes();
        steps();
        quota();
        problems();
        if (plan.path("changes").isEmpty()
                && plan.path("steps").isEmpty()
                && plan.path("problems").isEmpty()) {
            out.println("nothing to do");
        }
    }

    private void changes() {
        if (!plan.path("changes").isEmpty()) {
            out.printf(
                    "Changes of the document (%s)%n", plan.path("changeClass").asText());
        }
        plan.path("changes")
                .forEach(change -> out.printf(
                        "  %-7s %-44s %s -> %s%n",
                        change.path("changeClass").asText(),
                        change.path("path").asText(),
                        text(change.path("from")),
                        text(change.path("to"))));
    }

    private void steps() {
        if (!plan.path("steps").isEmpty()) {
            out.println("Steps on the cloud");
        }
        var number = 1;
        for (var step : plan.path("steps")) {
            out.printf(
                    "  %3d %-5s %s%n",
                    number++,
                    step.path("changeClass").asText(),
                    step.path("step").asText());
        }
    }

    private void quota() {
        if (!plan.path("quota").isEmpty()) {
            out.printf("%-44s %10s %10s %10s%n", "Quota", "before", "after", "of");
        }
        plan.path("quota")
                .forEach(use -> out.printf(
                        "  %-42s %10d %10d %10s%n",
                        use.path("of").asText(),
                        use.path("before").asLong(),
                        use.path("after").asLong(),
                        use.path("most").asText("-")));
    }

    private void problems() {
        if (!plan.path("problems").isEmpty()) {
            out.println("It will not work like this");
        }
        plan.path("problems")
                .forEach(problem -> out.printf(
                        "  %s: %s%n",
                        problem.path("reason").asText(), problem.path("message").asText()));
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() || value.isNull() ? "-" : value.isTextual() ? value.asText() : value.toString();
    }
}
