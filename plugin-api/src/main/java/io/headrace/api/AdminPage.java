package io.headrace.api;

/**
 * A page of a plugin's own under <em>Administration</em>. Needs {@code headrace.ui=true} in {@code
 * plugin.properties}; only then does the plugin see Vaadin and the CDI annotations.
 *
 * @since 0.1
 */
public interface AdminPage extends Configurable {

    /** Returns the last part of the address: lower-case letters, digits, dashes. Never changes. */
    String path();

    /** Returns the page's name in the menu. */
    String title();

    /**
     * Returns the class of the view: a Vaadin {@code Component} with a constructor that takes
     * nothing, or one that takes this extension. A new instance is made for each visit. Only
     * administrators see it.
     */
    Class<?> view();
}
