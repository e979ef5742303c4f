package io.orrery.sandbox.kubernetes.http;

import java.time.Duration;

/** One thing that goes wrong. */
public sealed interface Fault {
    /** The call is handled, late. */
    record Late(Duration by) implements Fault {}

    /** 429 with Retry-After; the call is not handled. */
    record TooManyRequests(int retryAfterSeconds) implements Fault {}

    /** 500; the call is not handled. */
    record ServerError() implements Fault {}

    /** The connection ends before the call is handled. */
    record Dropped() implements Fault {}

    /** The call is handled, and then the connection ends without an answer. */
    record LostAnswer() implements Fault {}

    /** Nothing happens until the client gives up. */
    record Hanging() implements Fault {}
}
