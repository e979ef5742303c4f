package io.orrery.contracts.platform;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Everything there is to know about a key of the document but its type, in one place: reader, writer, differ, schema and
 * reference are all derived from it. A component that is no {@code Optional}, list, map or part and has no {@link #absent}
 * is required.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Key {

    /** A sentence for the schema and the reference: the meaning, and the unit where there is one. */
    String about();

    /** For a part: what it costs when the whole of it comes, goes or turns into another alternative. */
    ChangeClass change();

    /** The default as the document would say it; several for a list. {@code {name}} stands for the platform's name. */
    String[] absent() default {};

    /** A regular expression for the whole of a text, of each text of a list, or of each key of a map. */
    String pattern() default "";

    /** What the pattern means in words, for the message: "a DNS label". */
    String shape() default "";

    /** The least number, or length of a text, or size of a list or map. */
    long min() default Long.MIN_VALUE;

    /** The greatest number, or length of a text, or size of a list or map. */
    long max() default Long.MAX_VALUE;

    /** Items of the list that holds this part are told apart by this key, and not by their position. */
    boolean identity() default false;
}
