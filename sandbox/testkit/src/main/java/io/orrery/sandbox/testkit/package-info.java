/** Kafka, ZooKeeper and S3 for tests, by one switch: {@code -Dorrery.backbone=embedded|containers}. */
package io.orrery.sandbox.testkit;
