package io.orrery.provisioner.reconcile;

import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Left out where OS_CLOUD names a genuine cloud, as that cannot be brought to it or has no such thing; the value says which. */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OnlyOnTheEmulator.Condition.class)
@interface OnlyOnTheEmulator {

    String value();

    /** Asked by JUnit. */
    class Condition implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return findAnnotation(context.getElement(), OnlyOnTheEmulator.class)
                    .filter(only -> CloudUnderTest.isGenuine())
                    .map(only -> ConditionEvaluationResult.disabled("only on the emulator: " + only.value()))
                    .orElseGet(() -> ConditionEvaluationResult.enabled("can be done on any cloud"));
        }
    }
}
