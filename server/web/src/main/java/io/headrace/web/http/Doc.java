package io.headrace.web.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the description of the API says about a route. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Doc {

    /** Says in one sentence what the route does. */
    String value();

    /** The status of a success. */
    int status() default 200;

    /** The kind of answer, where the method's return type does not say it. */
    Class<?> answer() default void.class;
}
