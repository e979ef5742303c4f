package io.orrery.contracts.platform;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;

/** Calls of constructors and accessors whose exceptions are those of the thing called. */
final class Reflection {

    static Object make(Constructor<?> constructor, List<Object> values) {
        try {
            return constructor.newInstance(values.toArray());
        } catch (InvocationTargetException failed) {
            throw cause(failed);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static Object get(Method accessor, Object record) {
        try {
            return accessor.invoke(record);
        } catch (InvocationTargetException failed) {
            throw cause(failed);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static RuntimeException cause(InvocationTargetException failed) {
        return failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed);
    }

    private Reflection() {}
}
