package io.orrery.sandbox.kubernetes.http;

import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.registry.WriteOptions;
import io.orrery.sandbox.kubernetes.registry.WriteOptions.FieldValidation;

/** Reads the options of a write from the query. */
final class Options {
    private static final int LONGEST_MANAGER = 128;

    private Options() {}

    static WriteOptions of(Exchange exchange) {
        var dryRun = exchange.query().getOrDefault("dryRun", "");
        if (!dryRun.isEmpty() && !dryRun.equals("All")) {
            throw ApiError.badRequest("dryRun: Unsupported value: \"" + dryRun + "\": supported values: \"All\"");
        }
        return new WriteOptions(manager(exchange), dryRun.equals("All"), validation(exchange));
    }

    /** Without a name the client is known by the first part of its user agent, as upstream does. */
    private static String manager(Exchange exchange) {
        var given = exchange.query().getOrDefault("fieldManager", "");
        if (given.length() > LONGEST_MANAGER) {
            throw ApiError.badRequest("fieldManager: Too long: may not be more than 128 bytes");
        }
        if (!given.isEmpty()) {
            return given;
        }
        var agent = exchange.header("User-Agent");
        var end = agent.indexOf('/');
        var name = end < 0 ? agent : agent.substring(0, end);
        return name.isEmpty() ? "unknown" : name.substring(0, Math.min(LONGEST_MANAGER, name.length()));
    }

    private static FieldValidation validation(Exchange exchange) {
        return switch (exchange.query().getOrDefault("fieldValidation", "")) {
            case "Strict" -> FieldValidation.STRICT;
            case "", "Warn" -> FieldValidation.WARN;
            case "Ignore" -> FieldValidation.IGNORE;
            default -> throw ApiError.badRequest("fieldValidation: supported values: Ignore, Strict, Warn");
        };
    }
}
