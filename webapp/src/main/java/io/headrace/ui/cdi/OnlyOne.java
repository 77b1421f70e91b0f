package io.headrace.ui.cdi;

import jakarta.enterprise.inject.Stereotype;
import jakarta.inject.Singleton;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a class of which there is one in the whole application. CDI needs no proxy for it, as it
 * would for {@code ApplicationScoped}, so the class needs no second constructor.
 */
// Meant for scopes on classes that can't be made; a stereotype is never made.
@SuppressWarnings("InjectScopeAnnotationOnInterfaceOrAbstractClass")
@Stereotype
@Singleton
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface OnlyOne {}
