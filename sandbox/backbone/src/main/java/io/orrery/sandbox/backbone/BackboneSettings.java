package io.orrery.sandbox.backbone;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a backbone is to run.
 *
 * @param data folder that outlives the backbone; without one, a temporary folder and S3 in memory, gone at close
 * @param compactionBackoff how long Kafka's cleaner rests between two rounds; short only where compaction is tested
 */
public record BackboneSettings(Optional<Path> data, Ports ports, S3Keys s3Keys, Duration compactionBackoff) {
    public BackboneSettings {
        data = data.map(Path::toAbsolutePath);
        Objects.requireNonNull(ports);
        Objects.requireNonNull(s3Keys);
        if (compactionBackoff.isNegative()) {
            throw new IllegalArgumentException("compactionBackoff is negative: " + compactionBackoff);
        }
    }

    /** Free ports, nothing kept. */
    public static BackboneSettings temporary() {
        return new BackboneSettings(
                Optional.empty(),
                Ports.free(),
                new S3Keys("orrery-sandbox", "orrery-sandbox-secret"),
                Duration.ofSeconds(15));
    }

    /** Free ports, data kept in this folder, which is made when it is missing. */
    public static BackboneSettings keptIn(Path data) {
        var defaults = temporary();
        return new BackboneSettings(
                Optional.of(data), defaults.ports(), defaults.s3Keys(), defaults.compactionBackoff());
    }

    public BackboneSettings withPorts(Ports chosen) {
        return new BackboneSettings(data, chosen, s3Keys, compactionBackoff);
    }

    public BackboneSettings withS3Keys(S3Keys chosen) {
        return new BackboneSettings(data, ports, chosen, compactionBackoff);
    }

    public BackboneSettings withCompactionBackoff(Duration chosen) {
        return new BackboneSettings(data, ports, s3Keys, chosen);
    }
}
