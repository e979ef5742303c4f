package io.orrery.cluster.keys;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * RSA keys. Finding the primes of one takes a second or more on a busy machine, while others wait for it; so the next one
 * is always looked for before anybody asks.
 */
public final class RsaKeys {

    private final Supplier<KeyPair> source;
    private final AtomicReference<CompletableFuture<KeyPair>> next;

    /** @param source finds one, and takes its time */
    public RsaKeys(Supplier<KeyPair> source) {
        this.source = source;
        this.next = new AtomicReference<>(CompletableFuture.supplyAsync(source));
    }

    /** Of 2,048 bits. */
    public RsaKeys() {
        this(RsaKeys::find);
    }

    /** Each is given once. */
    KeyPair take() {
        return next.getAndSet(CompletableFuture.supplyAsync(source)).join();
    }

    public static KeyPair find() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no RSA", e);
        }
    }
}
