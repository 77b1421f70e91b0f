package io.headrace.language.schema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One key of a level. Immutable.
 *
 * @param name the spelling that answers and documents use
 * @param aliases other spellings that are read as the same
 * @param shape of the value
 * @param required whether the level is wrong without it
 * @param defaultValue what is taken where the key is missing, as it would be written; null where
 *     that depends, or is nothing
 * @param otherwise the default in words, for people; never empty
 * @param description one sentence
 * @param example a line or more, as they may stand in the level; see {@link Level#file}
 * @param support how much of it this server does
 * @param since version that took it first
 */
public record Key(
        String name,
        List<String> aliases,
        Shape shape,
        boolean required,
        @Nullable String defaultValue,
        String otherwise,
        String description,
        String example,
        Support support,
        String since) {

    /** How much this server does of what a key asks for. */
    public enum Support {
        FULL,
        /** Checked and kept in the plan, with a warning that nothing comes of it yet. */
        CARRIED,
        /** Likewise; and as ignoring it would change what the pipeline means, no run starts. */
        BLOCKS
    }

    public Key {
        aliases = List.copyOf(aliases);
    }

    /** Makes an optional key, fully supported. */
    static Key of(String name, Shape shape, String description, String example) {
        return new Key(
                name,
                List.of(),
                shape,
                false,
                null,
                "none",
                description,
                example,
                Support.FULL,
                "1.0");
    }

    Key aliases(String... spellings) {
        return new Key(
                name,
                List.of(spellings),
                shape,
                required,
                defaultValue,
                otherwise,
                description,
                example,
                support,
                since);
    }

    Key needed() {
        return new Key(
                name, aliases, shape, true, null, "required", description, example, support, since);
    }

    /** Sets the default as it would be written. */
    Key standard(String value) {
        return new Key(
                name,
                aliases,
                shape,
                required,
                value,
                "`%s`".formatted(value),
                description,
                example,
                support,
                since);
    }

    /** Sets the default in words. */
    Key otherwise(String words) {
        return new Key(
                name,
                aliases,
                shape,
                required,
                defaultValue,
                words,
                description,
                example,
                support,
                since);
    }

    Key carried() {
        return support(Support.CARRIED);
    }

    Key blocks() {
        return support(Support.BLOCKS);
    }

    private Key support(Support wanted) {
        return new Key(
                name,
                aliases,
                shape,
                required,
                defaultValue,
                otherwise,
                description,
                example,
                wanted,
                since);
    }

    /** Returns the name and the aliases. */
    public List<String> spellings() {
        var all = new ArrayList<String>();
        all.add(name);
        all.addAll(aliases);
        return List.copyOf(all);
    }
}
