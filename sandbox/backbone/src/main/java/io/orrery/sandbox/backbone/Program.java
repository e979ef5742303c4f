package io.orrery.sandbox.backbone;

/**
 * One of the backbone's servers. It can be stopped and started again on the same port with the same data, which is how
 * an outage is played. Both calls return once it is done, and do nothing when it is done already.
 */
public interface Program {
    String name();

    boolean running();

    void start();

    void stop();
}
