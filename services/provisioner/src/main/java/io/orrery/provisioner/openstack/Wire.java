package io.orrery.provisioner.openstack;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.failsafe.RetryPolicyBuilder;
import io.orrery.provisioner.openstack.OpenStackClouds.Manners;
import io.orrery.provisioner.reconcile.CloudException;
import io.orrery.provisioner.reconcile.CloudException.Sort;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jboss.logging.Logger;

/**
 * Sends requests and takes answers, each within a time. Soon after a failure it sends once more what did not leave or may
 * arrive twice; never what may have been done: only the caller knows how to find out.
 */
final class Wire {

    private static final Logger LOG = Logger.getLogger(Wire.class);
    private static final int TIMES = 3;

    /** Of a service, or of the proxy before it, that may be well again in a moment. */
    private static final Set<Integer> PASSING = Set.of(500, 502, 503, 504);

    private final HttpClient client;
    private final Traffic traffic;
    private final Manners manners;
    private final Clock clock;
    private final RetryPolicy<Reply> repeatable;
    private final RetryPolicy<Reply> unsent;

    Wire(HttpClient client, Traffic traffic, Manners manners, Clock clock) {
        this.client = client;
        this.traffic = traffic;
        this.manners = manners;
        this.clock = clock;
        this.repeatable = again().handleIf(failure -> isQuick(failure)
                        && failure instanceof CloudException e
                        && (e.sort() == Sort.UNREACHABLE || e.sort() == Sort.UNSURE))
                .handleResultIf(reply ->
                        PASSING.contains(reply.status()) && reply.retryAfter().isEmpty())
                .build();
        this.unsent = again().handleIf(failure ->
                        isQuick(failure) && failure instanceof CloudException e && e.sort() == Sort.UNREACHABLE)
                .build();
    }

    /** Any answer counts as one, also a refusal. */
    Reply send(Call call) {
        try {
            return Failsafe.with(call.isRepeatable() ? repeatable : unsent).get(() -> once(call));
        } catch (FailsafeException e) {
            Thread.currentThread().interrupt();
            throw new CloudException(Sort.UNSURE, call + " was interrupted", null, null, e);
        }
    }

    private RetryPolicyBuilder<Reply> again() {
        return RetryPolicy.<Reply>builder()
                .withMaxAttempts(TIMES)
                .withBackoff(manners.pause(), manners.pause().multipliedBy(4))
                .withJitter(0.3);
    }

    /** What took long already, is left alone for good reason, or will not be better in a moment, is not sent once more. */
    private static boolean isQuick(Throwable failure) {
        return !(failure.getCause() instanceof HttpTimeoutException)
                && !(failure.getCause() instanceof TimeoutException)
                && !isOfTrust(failure)
                && !(failure instanceof CloudException e && e.reason().equals(Circuit.SHUT));
    }

    private Reply once(Call call) {
        var id = "req-" + UUID.randomUUID();
        var reply = traffic.pass(call, () -> exchange(call, id));
        LOG.debugf("%s: %d %s", call, reply.status(), reply.requestId());
        return reply;
    }

    /** @param id ours, by which services that write it into their logs can be asked about a call that got no answer */
    private Reply exchange(Call call, String id) {
        var asked = client.sendAsync(request(call, id), BodyHandlers.ofString());
        try {
            return reply(asked.get(manners.patience().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            asked.cancel(true);
            throw silent(call, "no whole answer within " + manners.patience(), id, e);
        } catch (InterruptedException e) {
            asked.cancel(true);
            Thread.currentThread().interrupt();
            throw silent(call, "no answer before it was interrupted", id, e);
        } catch (ExecutionException e) {
            throw sorted(call, id, e.getCause());
        }
    }

    private static HttpRequest request(Call call, String id) {
        var request = HttpRequest.newBuilder(call.uri())
                .method(call.verb(), call.json().map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody));
        call.headers().forEach(request::setHeader);
        call.json().ifPresent(ignored -> request.setHeader("Content-Type", "application/json"));
        return request.setHeader("Accept", "application/json")
                .setHeader("X-OpenStack-Request-ID", id)
                .build();
    }

    private static CloudException sorted(Call call, String id, Throwable failure) {
        var host = call.uri().getAuthority();
        if (isOfTrust(failure)) {
            return new CloudException(
                    Sort.UNREACHABLE,
                    "CertificateRefused",
                    host + " is not who it should be, or does not take us for who we should be (cacert, cert and verify"
                            + " in clouds.yaml): " + failure.getMessage(),
                    null,
                    null,
                    failure);
        }
        if (failure instanceof HttpConnectTimeoutException || failure instanceof ConnectException) {
            var why = Optional.ofNullable(failure.getMessage())
                    .map(it -> ": " + it)
                    .orElse("");
            return new CloudException(Sort.UNREACHABLE, host + " cannot be reached" + why, null, null, failure);
        }
        if (failure instanceof IOException) {
            return silent(call, "no whole answer: " + failure.getMessage(), id, failure);
        }
        throw new IllegalStateException(call + " could not be sent", failure);
    }

    /** Nothing has been sent to a host whose certificate was not accepted. */
    private static boolean isOfTrust(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(
                        cause -> cause instanceof SSLHandshakeException || cause instanceof SSLPeerUnverifiedException);
    }

    private static CloudException silent(Call call, String why, String id, Throwable cause) {
        return new CloudException(Sort.UNSURE, call + " got " + why, id, null, cause);
    }

    private Reply reply(HttpResponse<String> response) {
        var headers = new HashMap<String, String>();
        response.headers()
                .map()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        return new Reply(response.statusCode(), headers, response.body(), clock.instant());
    }
}
