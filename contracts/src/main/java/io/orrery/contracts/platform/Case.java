package io.orrery.contracts.platform;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks one alternative of a sealed part: it is meant when its key is there. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface Case {

    /** The key that only this alternative has; empty for the one that is meant when no such key is there. */
    String value();
}
