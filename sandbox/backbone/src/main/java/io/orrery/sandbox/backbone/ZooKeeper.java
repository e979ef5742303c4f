package io.orrery.sandbox.backbone;

/** ZooKeeper as its clients see it. */
public interface ZooKeeper extends Program {
    String connectString();
}
