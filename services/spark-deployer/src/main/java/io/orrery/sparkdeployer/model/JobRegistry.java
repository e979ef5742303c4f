package io.orrery.sparkdeployer.model;

import java.net.URI;

/**
 * The job registry that openEO is told of.
 *
 * @param client {@code id:secret} for the client-credentials grant at the issuer
 */
public record JobRegistry(URI api, URI issuer, String backendId, String client) {

    /** In the one form that openEO reads. */
    public String clientCredentials() {
        return client + "@" + issuer;
    }

    @Override
    public String toString() {
        return "JobRegistry[" + api + ", " + backendId + "]";
    }
}
