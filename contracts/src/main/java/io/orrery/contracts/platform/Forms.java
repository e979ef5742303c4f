package io.orrery.contracts.platform;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Derives forms from records, once for each type. A type that has no form is a mistake in a record, not in a document. */
final class Forms {

    private static final Map<Type, Form> KNOWN = new ConcurrentHashMap<>();

    static Form.Part of(Class<? extends Record> type) {
        return (Form.Part) of((Type) type);
    }

    private static Form of(Type type) {
        var known = KNOWN.get(type);
        if (known == null) {
            known = derive(type); // not computeIfAbsent, which must not be entered again from within
            KNOWN.put(type, known);
        }
        return known;
    }

    private static Form derive(Type type) {
        if (type instanceof ParameterizedType generic) {
            return generic(generic);
        }
        var plain = (Class<?>) type;
        var text = TextTypes.find(plain);
        if (text.isPresent()) {
            return text.get();
        }
        if (plain == int.class) {
            return new Form.Whole();
        }
        if (plain == BigDecimal.class) {
            return new Form.Decimal();
        }
        if (plain == boolean.class) {
            return new Form.Truth();
        }
        if (plain.isEnum()) {
            return choice(plain);
        }
        if (plain.isRecord()) {
            return part(plain);
        }
        if (plain.isSealed()) {
            return alternatives(plain);
        }
        throw new IllegalStateException("no form for " + type);
    }

    private static Form generic(ParameterizedType type) {
        var arguments = type.getActualTypeArguments();
        if (type.getRawType() == List.class) {
            return new Form.Items(of(arguments[0]));
        }
        if (type.getRawType() == Map.class) {
            return arguments[1] == String.class ? new Form.Entries() : new Form.Open();
        }
        throw new IllegalStateException("no form for " + type);
    }

    private static Form choice(Class<?> type) {
        var values = new LinkedHashMap<String, Object>();
        for (var constant : type.getEnumConstants()) {
            values.put(word((Enum<?>) constant), constant);
        }
        return new Form.Choice(values);
    }

    /** The constant as the document says it. */
    static String word(Enum<?> constant) {
        try {
            return constant.getDeclaringClass()
                    .getField(constant.name())
                    .getAnnotation(JsonProperty.class)
                    .value();
        } catch (NoSuchFieldException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Form.Part part(Class<?> type) {
        try {
            var components = type.getRecordComponents();
            var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            var fields = new ArrayList<Form.Field>();
            for (var component : components) {
                fields.add(field(component));
            }
            return new Form.Part(type, constructor, List.copyOf(fields));
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Form.Field field(RecordComponent component) {
        var key = component.getAnnotation(Key.class);
        if (key == null) {
            throw new IllegalStateException("no @Key on " + component);
        }
        var accessor = component.getAccessor();
        accessor.setAccessible(true);
        var type = component.getGenericType();
        var optional = type instanceof ParameterizedType generic && generic.getRawType() == Optional.class;
        var form = of(optional ? ((ParameterizedType) type).getActualTypeArguments()[0] : type);
        return new Form.Field(component.getName(), form, optional, key, accessor);
    }

    private static Form alternatives(Class<?> type) {
        return new Form.Alternatives(
                type,
                Arrays.stream(type.getPermittedSubclasses())
                        .map(one -> new Form.Alternative(
                                one.getAnnotation(Case.class).value(), part(one)))
                        .toList());
    }

    private Forms() {}
}
