package io.orrery.jobtracker.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orrery.contracts.JobEvent;
import io.orrery.jobtracker.JobTrackerConfig;
import io.orrery.jobtracker.events.JobFeed;
import io.orrery.jobtracker.events.JobFeeds;
import io.orrery.reconciler.facts.FactCodec;
import io.orrery.reconciler.rest.ProblemException;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;

/** Events of jobs as they happen, for browsers and scripts. Every replica serves them. */
@Path("/jobs/stream")
@Singleton
@Tag(name = "Jobs of a platform")
class JobStreamResource {

    /** Each listener has a consumer of Kafka and a thread. */
    private static final int MOST_LISTENERS = 64;

    private final JobFeeds feeds;
    private final Duration heartbeat;
    private final Semaphore places = new Semaphore(MOST_LISTENERS);
    private final Set<JobFeed> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("job-stream-", 0).factory());

    JobStreamResource(JobFeeds feeds, JobTrackerConfig config) {
        this.feeds = feeds;
        this.heartbeat = config.streamHeartbeat();
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Blocking
    @Operation(
            summary = "Server-sent events: a job has changed its status",
            description = "With the header Last-Event-ID it goes on after that event; without it, with what happens"
                    + " from now on. While nothing happens a comment is sent once in a while.")
    public Multi<OutboundSseEvent> stream(
            @RestQuery String platform, @RestHeader("Last-Event-ID") String lastEventId, Sse sse) {
        var after = after(lastEventId);
        if (!places.tryAcquire()) {
            throw new ProblemException(503, "Too many listeners", "this replica serves " + MOST_LISTENERS + " at most");
        }
        try {
            return events(feeds.open(after), about(platform), sse);
        } catch (RuntimeException e) {
            places.release();
            throw e;
        }
    }

    /** The next event is looked for when the listener has taken the former one: a slow one does not fill the memory. */
    private Multi<OutboundSseEvent> events(JobFeed feed, Predicate<JobEvent> wanted, Sse sse) {
        open.add(feed);
        var events = Multi.createBy()
                .repeating()
                .uni(() -> Uni.createFrom().item(() -> next(feed, wanted, sse)).runSubscriptionOn(threads))
                .whilst(event -> feed.isOpen());
        var greeting = Multi.createFrom().item(comment(sse, "listening"));
        return Multi.createBy()
                .concatenating()
                .streams(greeting, events)
                .onTermination()
                .invoke(() -> threads.execute(() -> leave(feed)));
    }

    private OutboundSseEvent next(JobFeed feed, Predicate<JobEvent> wanted, Sse sse) {
        return feed.next(wanted, heartbeat).map(item -> event(sse, item)).orElseGet(() -> comment(sse, "nothing new"));
    }

    private static OutboundSseEvent event(Sse sse, JobFeed.Item item) {
        return sse.newEventBuilder()
                .id(String.valueOf(item.offset()))
                .name(item.event().getClass().getSimpleName())
                .mediaType(MediaType.TEXT_PLAIN_TYPE)
                .data(new String(FactCodec.write(item.event()), UTF_8))
                .build();
    }

    private static OutboundSseEvent comment(Sse sse, String words) {
        return sse.newEventBuilder().comment(words).build();
    }

    private void leave(JobFeed feed) {
        places.release();
        open.remove(feed);
        feed.close();
    }

    /** A stop that waits for requests to end would wait for these in vain. */
    void end(@Observes ShutdownDelayInitiatedEvent stop) {
        open.forEach(JobFeed::close);
    }

    private static Predicate<JobEvent> about(String platform) {
        return platform == null
                ? event -> true
                : event -> event.about().platform().value().equals(platform);
    }

    private static OptionalLong after(String lastEventId) {
        if (lastEventId == null || lastEventId.isBlank()) {
            return OptionalLong.empty();
        }
        if (!lastEventId.matches("[0-9]{1,18}")) {
            throw new ProblemException(400, "Bad Last-Event-ID", "it is the id of no event: " + lastEventId);
        }
        return OptionalLong.of(Long.parseLong(lastEventId));
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
