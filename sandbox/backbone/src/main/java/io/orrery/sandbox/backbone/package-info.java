/** Kafka, ZooKeeper and S3 as the real programs, in this JVM and on loopback only: what every service stands on. */
package io.orrery.sandbox.backbone;
