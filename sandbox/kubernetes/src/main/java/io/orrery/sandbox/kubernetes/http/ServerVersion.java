package io.orrery.sandbox.kubernetes.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.Json;
import java.util.regex.Pattern;

/** What /version says. */
public record ServerVersion(String major, String minor, String gitVersion) {
    private static final Pattern VERSION = Pattern.compile("v(\\d+)\\.(\\d+)\\..*");

    public static ServerVersion of(String gitVersion) {
        var matcher = VERSION.matcher(gitVersion);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a Kubernetes version: " + gitVersion);
        }
        return new ServerVersion(matcher.group(1), matcher.group(2), gitVersion);
    }

    ObjectNode json() {
        return Json.object()
                .put("major", major)
                .put("minor", minor)
                .put("gitVersion", gitVersion)
                .put("gitCommit", "0000000000000000000000000000000000000000")
                .put("gitTreeState", "clean")
                .put("buildDate", "2026-01-01T00:00:00Z")
                .put("goVersion", "none")
                .put("compiler", "javac")
                .put("platform", "linux/amd64");
    }
}
