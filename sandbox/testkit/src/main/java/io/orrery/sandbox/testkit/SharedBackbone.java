package io.orrery.sandbox.testkit;

/** Made once, whoever asks first: an extension of JUnit's or a resource of Quarkus'. */
final class SharedBackbone {
    private static TestBackbone shared;

    private SharedBackbone() {}

    static synchronized TestBackbone get() {
        if (shared == null) {
            var started = TestBackbone.start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::close, "test-backbone-close"));
            shared = started;
        }
        return shared;
    }
}
