package io.orrery.sandbox.testkit;

import io.orrery.sandbox.backbone.Backbone;
import io.orrery.sandbox.backbone.BackboneSettings;
import io.orrery.sandbox.backbone.Kafka;
import io.orrery.sandbox.backbone.S3;
import io.orrery.sandbox.backbone.ZooKeeper;
import java.time.Duration;

/** The sandbox's own programs on free ports. */
record EmbeddedBackbone(Backbone backbone) implements TestBackbone {
    static EmbeddedBackbone start() {
        return new EmbeddedBackbone(
                Backbone.start(BackboneSettings.temporary().withCompactionBackoff(Duration.ofMillis(200))));
    }

    @Override
    public Kafka kafka() {
        return backbone.kafka();
    }

    @Override
    public ZooKeeper zookeeper() {
        return backbone.zookeeper();
    }

    @Override
    public S3 s3() {
        return backbone.s3();
    }

    @Override
    public void close() {
        backbone.close();
    }
}
