package io.headrace.web.server;

import jakarta.ws.rs.core.StreamingOutput;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** JSON schemas of our views, from their record components. */
final class Schemas {

    private final Map<String, Object> named = new TreeMap<>();

    Map<String, Object> all() {
        return named;
    }

    /** Returns the schema of {@code type}: a reference where it is a record or an enum. */
    Map<String, Object> of(Type type) {
        return of(type, Map.of());
    }

    private Map<String, Object> of(Type type, Map<String, Type> variables) {
        return switch (type) {
            case Class<?> plain -> ofClass(plain);
            case ParameterizedType generic -> ofGeneric(generic, variables);
            case TypeVariable<?> variable ->
                    variables.containsKey(variable.getName())
                            ? of(variables.get(variable.getName()))
                            : Map.of();
            default -> Map.of();
        };
    }

    private Map<String, Object> ofClass(Class<?> type) {
        if (type == String.class || type == StreamingOutput.class) {
            return Map.of("type", "string");
        }
        if (type == Instant.class) {
            return Map.of("type", "string", "format", "date-time");
        }
        if (type == boolean.class || type == Boolean.class) {
            return Map.of("type", "boolean");
        }
        if (type == int.class || type == Integer.class) {
            return Map.of("type", "integer", "format", "int32");
        }
        if (type == long.class || type == Long.class) {
            return Map.of("type", "integer", "format", "int64");
        }
        if (type == double.class || type == Double.class) {
            return Map.of("type", "number", "format", "double");
        }
        if (type.isEnum() || type.isRecord()) {
            return reference(type, name(type), Map.of());
        }
        return Map.of("type", "object");
    }

    private Map<String, Object> ofGeneric(ParameterizedType type, Map<String, Type> variables) {
        var raw = (Class<?>) type.getRawType();
        var arguments = type.getActualTypeArguments();
        if (Collection.class.isAssignableFrom(raw)) {
            return Map.of("type", "array", "items", of(arguments[0], variables));
        }
        if (Map.class.isAssignableFrom(raw)) {
            return Map.of("type", "object", "additionalProperties", of(arguments[1], variables));
        }
        var bound = new LinkedHashMap<String, Type>();
        for (var i = 0; i < arguments.length; i++) {
            bound.put(raw.getTypeParameters()[i].getName(), arguments[i]);
        }
        var suffix = arguments[0] instanceof Class<?> argument ? name(argument) : "";
        return reference(raw, name(raw) + suffix, bound);
    }

    private Map<String, Object> reference(Class<?> type, String name, Map<String, Type> variables) {
        if (!named.containsKey(name)) {
            // Put first, since a record may hold itself.
            named.put(name, Map.of());
            named.put(name, type.isEnum() ? constants(type) : properties(type, variables));
        }
        return Map.of("$ref", "#/components/schemas/" + name);
    }

    private static Map<String, Object> constants(Class<?> type) {
        return Map.of(
                "type",
                "string",
                "enum",
                Arrays.stream(type.getEnumConstants()).map(Object::toString).toList());
    }

    private Map<String, Object> properties(Class<?> type, Map<String, Type> variables) {
        var properties = new LinkedHashMap<String, Object>();
        var required = new ArrayList<String>();
        for (var component : type.getRecordComponents()) {
            properties.put(component.getName(), of(component.getGenericType(), variables));
            if (!isNullable(component)) {
                required.add(component.getName());
            }
        }
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "object");
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        return schema;
    }

    private static boolean isNullable(RecordComponent component) {
        AnnotatedElement type = component.getAnnotatedType();
        return type.isAnnotationPresent(Nullable.class);
    }

    /** Names of nested records begin with the record around them, where that is one of ours. */
    private static String name(Class<?> type) {
        var around = type.getEnclosingClass();
        return around == null
                ? type.getSimpleName()
                : around.getSimpleName().replaceAll("Resource$|View$", "") + type.getSimpleName();
    }
}
