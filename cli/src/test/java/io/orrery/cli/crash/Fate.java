package io.orrery.cli.crash;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what several processes ask of the world, and kills the one that asks for the given time. */
final class Fate {

    /** The process that asked is dead, and nothing it tries from now on has any effect. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;

        Killed(Object at) {
            super("killed at " + at, null, false, false);
        }
    }

    /** One process, from its start to its end. */
    interface Mortal {
        boolean isDead();

        void die();
    }

    /** These lead nowhere outside the process. */
    private static final Set<String> INWARD = Set.of(
            "named",
            "open",
            "at",
            "forget",
            "close",
            "region",
            "objectStore",
            "keys",
            "follow",
            "isConnected",
            "trouble",
            "all",
            "of",
            "isThere",
            "toString",
            "hashCode",
            "equals");

    private final AtomicInteger left;
    private final boolean done;
    private volatile String struckAt = "no call";

    /**
     * @param at the number of the call that is not survived, from 1
     * @param done whether that call still has its effect
     */
    Fate(int at, boolean done) {
        this.left = new AtomicInteger(at);
        this.done = done;
    }

    boolean hasStruck() {
        return left.get() <= 0;
    }

    /** The call that it struck at. */
    @Override
    public String toString() {
        return struckAt;
    }

    /** The same, on which every call counts; as does every call on what it opens. */
    <T> T watch(Mortal process, Class<T> type, T outside) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call(process, outside, method, arguments)));
    }

    private Object call(Mortal process, Object outside, Method method, Object[] arguments) throws Throwable {
        if (INWARD.contains(method.getName())
                && !method.getDeclaringClass().getSimpleName().equals("Teller")) {
            return watched(process, method, invoke(outside, method, arguments));
        }
        var words = method.getDeclaringClass().getName() + "." + method.getName();
        if (process.isDead()) {
            throw new Killed(words);
        }
        if (left.decrementAndGet() != 0) {
            return watched(process, method, invoke(outside, method, arguments));
        }
        struckAt = words;
        if (done) {
            invoke(outside, method, arguments);
        }
        process.die();
        throw new Killed(words);
    }

    private static Object invoke(Object outside, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(outside, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private Object watched(Mortal process, Method method, Object found) {
        var type = method.getReturnType();
        return type.isInterface() && type.getPackageName().endsWith(".reconcile")
                ? watchedAs(type, process, found)
                : found;
    }

    private <T> T watchedAs(Class<T> type, Mortal process, Object found) {
        return watch(process, type, type.cast(found));
    }
}
