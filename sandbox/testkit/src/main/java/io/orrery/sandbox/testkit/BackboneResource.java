package io.orrery.sandbox.testkit;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Points a Quarkus application under test at the shared backbone. */
public final class BackboneResource implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        var backbone = TestBackbone.shared();
        return Map.of(
                "kafka.bootstrap.servers", backbone.kafka().bootstrapServers(),
                "orrery.zookeeper.connect", backbone.zookeeper().connectString(),
                "orrery.s3.endpoint", backbone.s3().endpoint().toString(),
                "orrery.s3.access-key", backbone.s3().accessKey(),
                "orrery.s3.secret-key", backbone.s3().secretKey());
    }

    /** The backbone outlives the application: the next one in this JVM uses it too. */
    @Override
    public void stop() {}
}
