package io.orrery.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@link Foundation#cloudCredential} holds once opened: the application credential that the cloud controller and
 * Cinder CSI sign in with.
 *
 * @param authUrl Keystone's, with its version
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record CloudCredential(URI authUrl, Optional<String> region, String id, String secret) {

    public CloudCredential {
        Objects.requireNonNull(authUrl, "authUrl");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(secret, "secret");
        region = Objects.requireNonNullElse(region, Optional.empty());
    }

    @Override
    public String toString() {
        return "CloudCredential[" + id + "]";
    }
}
