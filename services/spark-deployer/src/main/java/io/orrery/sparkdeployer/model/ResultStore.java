package io.orrery.sparkdeployer.model;

import io.orrery.contracts.S3Keys;
import java.net.URI;

/** The bucket for results, with its keys. */
public record ResultStore(URI endpoint, String region, String bucket, S3Keys keys) {}
