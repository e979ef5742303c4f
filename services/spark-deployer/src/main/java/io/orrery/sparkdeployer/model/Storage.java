package io.orrery.sparkdeployer.model;

/** What becomes of a volume claim in a cluster. */
public enum Storage {
    /** A default StorageClass makes a volume for it. */
    CLAIMS,
    /** It would wait for ever: data lives and dies with its pod. */
    NONE
}
