package io.orrery.sandbox.kubernetes.http;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;

/**
 * Another server's page that is to be fetched and passed on.
 *
 * @param asked who is asked, for the message when it cannot be reached
 */
record Upstream(
        boolean tls,
        String host,
        int port,
        HttpMethod method,
        String uri,
        MultiMap headers,
        Buffer body,
        String asked) {}
