package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where a list goes on.
 *
 * @param revision that of the first page; -1 to go on with whatever is newest
 * @param after the last key given
 */
record ContinueToken(long revision, String after) {
    private static final String VERSION = "meta.k8s.io/v1";

    String encoded() {
        var json = Json.object().put("v", VERSION).put("rv", revision).put("start", after);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(json));
    }

    static ContinueToken decode(String text) {
        try {
            JsonNode json = Json.parse(Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.US_ASCII)));
            if (json.path("v").asText().equals(VERSION) && json.path("start").isTextual()) {
                return new ContinueToken(
                        json.path("rv").asLong(), json.path("start").asText());
            }
        } catch (IllegalArgumentException | ApiError e) {
            throw ApiError.badRequest("continue key is not valid: " + e.getMessage());
        }
        throw ApiError.badRequest("continue key is not valid: unknown version");
    }
}
