package io.orrery.sandbox.openstack.faults;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;

/** What goes wrong with a call. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Effect.Delay.class, name = "delay"),
    @JsonSubTypes.Type(value = Effect.Reply.class, name = "reply"),
    @JsonSubTypes.Type(value = Effect.Throttle.class, name = "throttle"),
    @JsonSubTypes.Type(value = Effect.Cut.class, name = "cut"),
    @JsonSubTypes.Type(value = Effect.Hang.class, name = "hang"),
    @JsonSubTypes.Type(value = Effect.Truncate.class, name = "truncate"),
    @JsonSubTypes.Type(value = Effect.EmptyList.class, name = "empty-list")
})
public sealed interface Effect {
    /** The call is answered later than it would be; goes together with any other effect. */
    record Delay(Duration by) implements Effect {}

    /**
     * Another status than the true one (500 for a bug or a lost database, 503 for a service that is down).
     *
     * @param done whether the work is done nevertheless
     */
    record Reply(int status, boolean done) implements Effect {}

    /** 429 with a Retry-After in seconds. */
    record Throttle(int retryAfter) implements Effect {}

    /** The connection ends without an answer, before the work or after it. */
    record Cut(boolean done) implements Effect {}

    /** No answer ever comes, and the connection stays. */
    record Hang(boolean done) implements Effect {}

    /** The work is done, and half of the answer arrives. */
    record Truncate() implements Effect {}

    /** A list is answered as if nothing were there. */
    record EmptyList() implements Effect {}
}
