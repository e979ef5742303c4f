package io.orrery.sandbox.kubernetes.http;

import io.orrery.sandbox.kubernetes.model.ApiError;

/**
 * What a proxy path names: {@code name}, {@code name:port} or {@code scheme:name:port} (apimachinery: util/net,
 * SplitSchemeNamePort).
 *
 * @param port a number, a name, or empty
 */
record ProxyId(String scheme, String name, String port) {
    static ProxyId parse(String text) {
        var parts = text.split(":", -1);
        return switch (parts.length) {
            case 1 -> new ProxyId("", parts[0], "");
            case 2 -> new ProxyId("", parts[0], parts[1]);
            case 3 -> withScheme(parts[0], parts[1], parts[2], text);
            default -> throw invalid(text);
        };
    }

    private static ProxyId withScheme(String scheme, String name, String port, String text) {
        if (!scheme.equals("http") && !scheme.equals("https") && !scheme.isEmpty()) {
            throw invalid(text);
        }
        return new ProxyId(scheme, name, port);
    }

    private static ApiError invalid(String text) {
        return ApiError.badRequest("invalid service request \"" + text + "\"");
    }

    boolean isTls() {
        return scheme.equals("https");
    }

    int portNumber() {
        try {
            return Integer.parseInt(port);
        } catch (NumberFormatException e) {
            throw ApiError.badRequest("invalid port \"" + port + "\"");
        }
    }
}
