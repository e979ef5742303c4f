/** The world around the services, in one process: genuine Kafka, ZooKeeper and S3, emulated OpenStack and Kubernetes. */
package io.orrery.sandbox;
