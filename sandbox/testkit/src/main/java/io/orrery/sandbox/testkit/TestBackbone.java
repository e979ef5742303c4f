package io.orrery.sandbox.testkit;

import io.orrery.sandbox.backbone.Kafka;
import io.orrery.sandbox.backbone.S3;
import io.orrery.sandbox.backbone.ZooKeeper;

/**
 * What a test stands on. Kafka compacts within a fraction of a second here, so that nobody relies on a record that
 * compaction may take.
 */
public interface TestBackbone extends AutoCloseable {
    Kafka kafka();

    ZooKeeper zookeeper();

    S3 s3();

    @Override
    void close();

    /**
     * The one backbone of this JVM, started at the first call and closed when the JVM ends.
     *
     * @throws org.opentest4j.TestAbortedException if the kind that was asked for is not to be had on this machine
     */
    static TestBackbone shared() {
        return SharedBackbone.get();
    }

    /** A backbone of the test's own, of the kind chosen by the switch: for tests that stop its programs. */
    static TestBackbone start() {
        return BackboneKind.chosen().start();
    }
}
