package io.orrery.sandbox.backbone;

/** Puts starting and stopping one after the other, so that a program is never started twice or stopped while it starts. */
abstract class Switchable implements Program {
    private final String name;
    private boolean running;

    Switchable(String name) {
        this.name = name;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final synchronized boolean running() {
        return running;
    }

    @Override
    public final synchronized void start() {
        if (running) {
            return;
        }
        try {
            up();
            running = true;
        } catch (Exception e) {
            throw new BackboneException(name + " did not start: " + e.getMessage(), e);
        }
    }

    @Override
    public final synchronized void stop() {
        if (!running) {
            return;
        }
        running = false;
        try {
            down();
        } catch (Exception e) {
            throw new BackboneException(name + " did not stop in order: " + e.getMessage(), e);
        }
    }

    /** Returns when clients are answered. On failure nothing of it may be left running. */
    abstract void up() throws Exception;

    /** Returns when the port is free again. */
    abstract void down() throws Exception;
}
