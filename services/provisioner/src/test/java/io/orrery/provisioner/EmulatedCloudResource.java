package io.orrery.provisioner;

import io.orrery.reconciler.seal.Keysets;
import io.orrery.sandbox.openstack.OpenStackEmulator;
import io.orrery.sandbox.openstack.OpenStackSettings;
import io.orrery.sandbox.openstack.model.Quotas;
import io.orrery.sandbox.testkit.TestBackbone;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.Map;

/** Gives the service under test a cloud, keysets, and the keys of the backbone's S3. */
public final class EmulatedCloudResource implements QuarkusTestResourceLifecycleManager {

    private OpenStackEmulator cloud;

    @Override
    public Map<String, String> start() {
        var s3 = TestBackbone.shared().s3();
        cloud = OpenStackEmulator.start(
                OpenStackSettings.defaults().withS3(s3.endpoint()).withQuotas(quotas()));
        try {
            var folder = Files.createTempDirectory("provisioner");
            new Keysets(folder.resolve("keys")).create();
            Files.createDirectory(folder.resolve("credentials"));
            Files.writeString(
                    folder.resolve("credentials/test-s3"),
                    "access_key=%s%nsecret_key=%s%n".formatted(s3.accessKey(), s3.secretKey()));
            Files.writeString(folder.resolve("clouds.yaml"), cloud.cloudsYaml());
            return Map.of(
                    "orrery.keys.folder", folder.resolve("keys").toString(),
                    "orrery.credentials.folder", folder.resolve("credentials").toString(),
                    "orrery.provisioner.cloud.clouds-yaml",
                            folder.resolve("clouds.yaml").toString(),
                    "orrery.provisioner.soon", "100ms");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every test leaves its platform behind. */
    private static Quotas quotas() {
        return Quotas.usual()
                .withNetwork("router", -1)
                .withNetwork("security_group", -1)
                .withNetwork("security_group_rule", -1)
                .withCompute("server_groups", -1);
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(cloud, field -> field.getType() == OpenStackEmulator.class);
    }

    @Override
    public void stop() {
        cloud.close();
    }
}
