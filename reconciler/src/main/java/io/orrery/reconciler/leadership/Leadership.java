package io.orrery.reconciler.leadership;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.leader.LeaderLatchListener;
import org.jboss.logging.Logger;

/**
 * One active replica for each service. The candidate's calls come one after the other, on one thread: a term that
 * cannot begin is given up, so that another replica may try.
 */
public final class Leadership implements AutoCloseable {

    /** What a replica does with its term. */
    public interface Candidate {

        /** The term begins. May block; is interrupted when the term ends meanwhile. */
        void elected() throws Exception;

        /** The term is over, or never began. */
        void deposed();
    }

    private static final Logger LOG = Logger.getLogger(Leadership.class);

    private final CuratorFramework zookeeper;
    private final String path;
    private final String address;
    private final Candidate candidate;
    private final Duration pause;
    private final ScheduledExecutorService office = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("leadership").daemon().factory());
    private LeaderLatch latch;
    private Optional<Future<?>> term = Optional.empty();
    private volatile boolean closed;

    /**
     * @param address where this replica's REST API is; what the others find it by
     * @param pause between giving a term up and standing again
     */
    public Leadership(CuratorFramework zookeeper, String service, String address, Duration pause, Candidate candidate) {
        this.zookeeper = zookeeper;
        this.path = "/orrery/leaders/" + service;
        this.address = address;
        this.pause = pause;
        this.candidate = candidate;
    }

    public synchronized void stand() {
        if (closed) {
            return;
        }
        latch = new LeaderLatch(zookeeper, path, address, LeaderLatch.CloseMode.NOTIFY_LEADER);
        latch.addListener(new Terms());
        try {
            latch.start();
        } catch (Exception e) {
            throw new IllegalStateException("cannot stand for leadership", e);
        }
    }

    /** Gives the term up, and stands again after the pause. Does not block. */
    @SuppressWarnings("FutureReturnValueIgnored") // stand() has its own way to tell that it failed
    public void resign() {
        if (!closed) {
            office.execute(this::leave);
            office.schedule(this::stand, pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Where the leader's REST API is; empty while there is none or ZooKeeper does not answer. */
    public Optional<String> leader() {
        try {
            var leader = latch.getLeader();
            return leader.isLeader() ? Optional.of(leader.getId()) : Optional.empty();
        } catch (Exception e) {
            LOG.debug("the leader is not known", e);
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        closed = true;
        leave();
        office.shutdown();
        try {
            if (!office.awaitTermination(15, TimeUnit.SECONDS)) {
                LOG.warn("leaving office took too long");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void leave() {
        try {
            latch.close();
        } catch (IOException | IllegalStateException e) {
            LOG.debug("the latch was closed already", e);
        }
    }

    private void take() {
        try {
            candidate.elected();
            LOG.infof("leading from %s", address);
        } catch (InterruptedException e) {
            LOG.info("the term ended before it began");
        } catch (Exception e) {
            LOG.warnf("the term could not begin: %s; standing again", e.getMessage());
            resign();
        }
    }

    private final class Terms implements LeaderLatchListener {

        @Override
        public void isLeader() {
            term = Optional.of(office.submit(Leadership.this::take));
        }

        @Override
        public void notLeader() {
            term.ifPresent(running -> running.cancel(true));
            term = Optional.empty();
            office.execute(candidate::deposed);
        }
    }
}
