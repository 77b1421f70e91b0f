package io.headrace.engine.plugin;

import io.headrace.engine.Refused;
import io.headrace.engine.plugin.ExtensionHandle.Found;
import io.headrace.engine.plugin.PluginInfo.ExtensionInfo;
import io.headrace.engine.plugin.PluginInfo.Origin;
import io.headrace.engine.plugin.PluginInfo.Usage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All plugins and their extensions at one moment. Never changes. */
final class Registry {

    /** Who comes first keeps a name that two want: installed plugins, then those with lower ids. */
    private static final Comparator<Slot> PRECEDENCE =
            Comparator.comparing((Slot slot) -> slot.origin() == Origin.BUNDLED)
                    .thenComparing(Slot::id);

    static final Registry EMPTY = new Registry(Map.of());

    private final TreeMap<String, Slot> slots;
    private final Map<Key, Found> extensions = new HashMap<>();

    private record Key(ExtensionKind kind, String name) {}

    private Registry(Map<String, Slot> slots) {
        this.slots = new TreeMap<>(slots);
        slots.values().stream().sorted(PRECEDENCE).forEach(this::index);
    }

    private void index(Slot slot) {
        var plugin = slot.running();
        if (plugin == null) {
            return;
        }
        for (var extension : plugin.extensions()) {
            extension
                    .names()
                    .forEach((kind, name) ->
                            extensions.putIfAbsent(
                                    new Key(kind, name), new Found(plugin, extension)));
        }
    }

    /** Returns this with {@code slot} in the place of the one with its id. */
    Registry with(Slot slot) {
        return withAll(List.of(slot));
    }

    Registry withAll(Collection<Slot> others) {
        var next = new HashMap<>(slots);
        others.forEach(slot -> next.put(slot.id(), slot));
        return new Registry(next);
    }

    Registry without(String id) {
        var next = new HashMap<>(slots);
        next.remove(id);
        return new Registry(next);
    }

    /** Returns all, sorted by id. */
    Collection<Slot> slots() {
        return slots.values();
    }

    @Nullable Slot slot(String id) {
        return slots.get(id);
    }

    @Nullable Found find(ExtensionKind kind, String name) {
        return extensions.get(new Key(kind, name));
    }

    /** Returns the names of a kind, sorted. */
    List<String> names(ExtensionKind kind) {
        return extensions.keySet().stream()
                .filter(key -> key.kind() == kind)
                .map(Key::name)
                .sorted()
                .toList();
    }

    /** Returns the pages that have an address to themselves. */
    List<PluginPage> pages() {
        var pages = new ArrayList<PluginPage>();
        extensions.forEach((key, found) -> {
            var page = found.extension().page();
            if (page != null && key.kind() == ExtensionKind.ADMIN_PAGE) {
                pages.add(new PluginPage(found.plugin(), found.extension(), page));
            }
        });
        return pages;
    }

    /** A page, and whose it is. */
    record PluginPage(RunningPlugin plugin, LoadedExtension extension, Page page) {}

    @Nullable Found extension(String id) {
        for (var slot : slots.values()) {
            var plugin = slot.running();
            if (plugin == null) {
                continue;
            }
            for (var extension : plugin.extensions()) {
                if (extension.id().equals(id)) {
                    return new Found(plugin, extension);
                }
            }
        }
        return null;
    }

    /** Returns the ids of the running plugins that use classes of {@code id}, sorted. */
    private List<String> dependants(String id) {
        return slots.values().stream()
                .filter(slot -> slot.running() != null && slot.running().uses(id))
                .map(Slot::id)
                .toList();
    }

    /**
     * Refuses to have a plugin taken away that others use.
     *
     * @param what happens to it, such as {@code disabled}
     */
    void refuseIfNeeded(String id, String what) {
        var dependants = dependants(id);
        if (!dependants.isEmpty()) {
            throw new Refused(
                    Refused.Why.CONFLICT,
                    "The plugin '%s' can't be %s while others need it; disable these first: %s."
                            .formatted(id, what, String.join(", ", dependants)));
        }
    }

    PluginInfo info(Slot slot) {
        var zip = slot.zip();
        var manifest = zip == null ? null : zip.manifest();
        var plugin = slot.running();
        var warnings = new ArrayList<>(slot.warnings());
        var infos = new ArrayList<ExtensionInfo>();
        if (plugin != null) {
            for (var extension : plugin.extensions()) {
                extension
                        .names()
                        .forEach((kind, name) -> {
                            var problem = problem(extension, kind, name);
                            infos.add(
                                    new ExtensionInfo(
                                            extension.id(),
                                            kind,
                                            name,
                                            problem,
                                            !extension.schema().settings().isEmpty()));
                            if (problem != null) {
                                warnings.add(
                                        "The %s '%s': %s".formatted(kind.label(), name, problem));
                            }
                        });
            }
        }
        infos.sort(Comparator.comparing(ExtensionInfo::kind).thenComparing(ExtensionInfo::name));
        return new PluginInfo(
                slot.id(),
                slot.version(),
                manifest == null ? "" : manifest.description(),
                manifest == null ? "" : manifest.provider(),
                slot.origin(),
                slot.state(),
                slot.reason(),
                infos,
                manifest != null && manifest.ui(),
                zip == null ? 0 : zip.size(),
                zip == null ? "" : zip.sha256(),
                manifest == null
                        ? List.of()
                        : manifest.dependencies().stream().map(d -> d.getPluginId()).toList(),
                warnings,
                plugin == null ? Usage.NONE : plugin.usage());
    }

    private @Nullable String problem(LoadedExtension extension, ExtensionKind kind, String name) {
        var winner = find(kind, name);
        if (winner != null && !winner.extension().equals(extension)) {
            return "the plugin '%s' has one of this name too, and takes precedence; disable one of them"
                    .formatted(winner.plugin().id());
        }
        return extension.unconfigured();
    }
}
