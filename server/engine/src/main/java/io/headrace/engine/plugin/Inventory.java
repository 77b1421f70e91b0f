package io.headrace.engine.plugin;

import io.headrace.engine.Refused;
import io.headrace.engine.plugin.PluginInfo.Origin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds out which plugins there are on disk, without starting any. */
final class Inventory {

    /** The highest version first; among equal ones, the file that an installation would write. */
    private static final Comparator<PluginZip> NEWEST =
            Comparator.<PluginZip, String>comparing(
                            zip -> zip.manifest().version(), PluginManifest::compareVersions)
                    .reversed()
                    .thenComparing(zip ->
                            !zip.file()
                                    .getFileName()
                                    .toString()
                                    .equals(zip.manifest().id() + ".zip"));

    private Inventory() {}

    /** Returns one slot for each plugin in {@code files}, none of them started, by id. */
    static Map<String, Slot> of(List<Path> files, Origin origin) {
        var slots = new TreeMap<String, Slot>();
        var byId = new TreeMap<String, List<PluginZip>>();
        for (var file : files) {
            try {
                var zip = PluginZip.inspect(file);
                byId.computeIfAbsent(zip.manifest().id(), _ -> new ArrayList<>()).add(zip);
            } catch (IOException | Refused e) {
                var broken = Slot.broken(file, origin, String.valueOf(e.getMessage()));
                slots.put(broken.id(), broken);
            }
        }
        byId.forEach((id, zips) -> slots.put(id, slot(zips, origin)));
        return slots;
    }

    private static Slot slot(List<PluginZip> zips, Origin origin) {
        zips.sort(NEWEST);
        var slot = Slot.of(zips.getFirst(), zips.stream().map(PluginZip::file).toList(), origin);
        for (var zip : zips.subList(1, zips.size())) {
            slot =
                    slot.warned(
                            "%s has version %s of it too, which is not used; delete that file"
                                    .formatted(zip.file().getFileName(), zip.manifest().version()));
        }
        return slot;
    }
}
