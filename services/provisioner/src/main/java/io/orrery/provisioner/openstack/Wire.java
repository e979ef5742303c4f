package io.orrery.provisioner.openstack;

import io.micrometer.core.instrument.MeterRegistry;
import io.orrery.provisioner.reconcile.CloudException;
import io.orrery.provisioner.reconcile.CloudException.Sort;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/**
 * Sends one request and takes one answer: with a time-out, within a budget of requests in flight, counted, and never
 * repeated here, because only the caller knows what may be done twice.
 */
final class Wire {

    /** What is sent. The headers hold the token: never logged. */
    record Call(String service, String verb, URI uri, Map<String, String> headers, Optional<String> json) {

        Call with(String header, String value) {
            var all = new HashMap<>(headers);
            all.put(header, value);
            return new Call(service, verb, uri, all, json);
        }

        @Override
        public String toString() {
            return verb + " " + uri.getPath();
        }
    }

    /** What came back. */
    record Reply(int status, Map<String, String> headers, String text) {

        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
        }

        /** Null where the service sends none. */
        String requestId() {
            return header("x-openstack-request-id")
                    .or(() -> header("x-compute-request-id"))
                    .orElse(null);
        }
    }

    private static final Logger LOG = Logger.getLogger(Wire.class);

    private final HttpClient client;
    private final Duration patience;
    private final Semaphore inFlight;
    private final String cloud;
    private final MeterRegistry meters;

    /**
     * @param patience for one answer
     * @param inFlight how many requests may be under way at once
     */
    Wire(HttpClient client, Duration patience, int inFlight, String cloud, MeterRegistry meters) {
        this.client = client;
        this.patience = patience;
        this.inFlight = new Semaphore(inFlight, true);
        this.cloud = cloud;
        this.meters = meters;
    }

    /** Any answer counts as one, also a refusal. */
    Reply send(Call call) {
        try {
            inFlight.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloudException(Sort.UNREACHABLE, call + " was interrupted before it was sent", null, null, e);
        }
        try {
            var reply = exchange(call);
            count(call, Integer.toString(reply.status()));
            LOG.debugf("%s: %d %s", call, reply.status(), reply.requestId());
            return reply;
        } catch (CloudException e) {
            count(call, e.sort() == Sort.UNREACHABLE ? "unreachable" : "silent");
            throw e;
        } finally {
            inFlight.release();
        }
    }

    private Reply exchange(Call call) {
        var request = HttpRequest.newBuilder(call.uri())
                .timeout(patience)
                .method(call.verb(), call.json().map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody));
        call.headers().forEach(request::setHeader);
        call.json().ifPresent(ignored -> request.setHeader("Content-Type", "application/json"));
        request.setHeader("Accept", "application/json");
        try {
            return reply(client.send(request.build(), BodyHandlers.ofString()));
        } catch (HttpConnectTimeoutException | ConnectException e) {
            throw new CloudException(Sort.UNREACHABLE, call.uri().getAuthority() + " does not answer", null, null, e);
        } catch (IOException e) {
            throw new CloudException(Sort.UNSURE, call + " got no answer: " + e.getMessage(), null, null, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloudException(Sort.UNSURE, call + " was interrupted", null, null, e);
        }
    }

    private static Reply reply(HttpResponse<String> response) {
        var headers = new HashMap<String, String>();
        response.headers()
                .map()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        return new Reply(response.statusCode(), headers, response.body());
    }

    private void count(Call call, String status) {
        meters.counter(
                        "orrery.cloud.calls",
                        "cloud",
                        cloud,
                        "service",
                        call.service(),
                        "verb",
                        call.verb(),
                        "status",
                        status)
                .increment();
    }
}
