package io.orrery.sandbox.testkit;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test the shared backbone as a parameter, and skips the class with a word where the chosen kind is not to be
 * had. On a {@code @QuarkusTest} it stands before that annotation, together with {@link BackboneResource}.
 */
public final class BackboneExtension implements ExecutionCondition, BeforeAllCallback, ParameterResolver {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return BackboneKind.chosen()
                .missing()
                .map(ConditionEvaluationResult::disabled)
                .orElse(ConditionEvaluationResult.enabled("there is a backbone"));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        TestBackbone.shared().kafka();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestBackbone.class;
    }

    @Override
    public TestBackbone resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return TestBackbone.shared();
    }
}
