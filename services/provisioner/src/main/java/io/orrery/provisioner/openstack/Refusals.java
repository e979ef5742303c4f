package io.orrery.provisioner.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orrery.provisioner.reconcile.CloudException;
import io.orrery.provisioner.reconcile.CloudException.Sort;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jboss.logging.Logger;

/** Reads what the services say when they refuse: each has a form of its own, and quota is told by words only. */
final class Refusals {

    private static final Logger LOG = Logger.getLogger(Refusals.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST = 400;

    private Refusals() {}

    static CloudException of(Call call, Reply reply) {
        var message = message(reply);
        var words = call.service() + " answered " + reply.status() + " to " + call + ": " + message;
        if (isOutOfAddresses(message)) {
            return new CloudException(Sort.QUOTA, "AddressesExhausted", words, reply.requestId(), null, null);
        }
        return new CloudException(
                sort(call, reply, message),
                words,
                reply.requestId(),
                reply.retryAfter().orElse(null),
                null);
    }

    /** Neutron says 409 to a port that finds none free, and 400 to a floating IP. */
    private static boolean isOutOfAddresses(String message) {
        return message.startsWith("No more IP addresses available on network")
                || message.startsWith("Unable to find any IP address on external network");
    }

    /** Whatever Keystone finds wrong with a credential, a person has to see to it: it says 404 to one that was deleted. */
    static CloudException ofCredential(Credential credential, Call call, Reply reply) {
        var refusal = of(call, reply);
        if (reply.status() >= 500 || refusal.sort() == Sort.BUSY) {
            return refusal;
        }
        return new CloudException(
                Sort.UNAUTHORIZED,
                "CredentialRefused",
                call.uri().getAuthority() + " does not accept the " + credential + ": " + message(reply),
                reply.requestId(),
                null,
                null);
    }

    /** A service that was shown a token as new as can be: its own trouble, not the credential's. */
    static CloudException ofToken(Call call, Reply reply) {
        return new CloudException(
                Sort.UNAUTHORIZED,
                "TokenRefused",
                call.service() + " does not accept a token that Keystone has just issued (" + call + "): "
                        + message(reply),
                reply.requestId(),
                null,
                null);
    }

    private static Sort sort(Call call, Reply reply, String message) {
        var status = reply.status();
        return switch (status) {
            // what others answer with 409: the volume is plugged in, has snapshots, or is going already
            case 400 -> isOfVolumes(call) ? Sort.CONFLICT : Sort.REFUSED;
            case 401 -> Sort.UNAUTHORIZED;
            case 404 -> Sort.NOT_FOUND;
            case 409 -> isQuota(message) ? Sort.QUOTA : Sort.CONFLICT;
            case 403, 413 -> isQuota(message) ? Sort.QUOTA : status == 413 ? Sort.BUSY : Sort.REFUSED;
            case 429 -> Sort.BUSY;
            case 503 -> reply.retryAfter().isPresent() ? Sort.BUSY : Sort.UNSURE;
            default -> status >= 500 ? Sort.UNSURE : Sort.REFUSED;
        };
    }

    private static boolean isOfVolumes(Call call) {
        return call.service().equals("volume") && call.verb().equals("DELETE");
    }

    /** Nova says "Quota exceeded", Neutron "OverQuota" with 409, Cinder "VolumeLimitExceeded" with 413. */
    private static boolean isQuota(String message) {
        var words = message.toLowerCase(Locale.ROOT);
        return words.contains("quota") || words.contains("limitexceeded") || words.contains("maximum number of");
    }

    /**
     * The first text called message, wherever the service puts it, or faultstring, as Octavia says; else the beginning of
     * whatever it sent.
     */
    private static String message(Reply reply) {
        if (reply.status() < 400) {
            return "a way to " + reply.header("location").orElse("elsewhere") + ", where no API is";
        }
        try {
            var answer = JSON.readTree(reply.text());
            for (var name : List.of("message", "faultstring")) {
                var found = answer.findValue(name);
                if (found != null && found.isTextual()) {
                    return found.asText();
                }
            }
        } catch (IOException e) {
            LOG.tracef(e, "no JSON: an HTML page of a proxy, perhaps");
        }
        return shortened(reply.text());
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    static JsonNode json(Call call, Reply reply) {
        try {
            return JSON.readTree(reply.text());
        } catch (IOException e) {
            throw new CloudException(Sort.UNSURE, call + " got an answer that is no JSON", reply.requestId(), null, e);
        }
    }
}
