package io.headrace.language;

import io.headrace.language.PlanTerms.WorkItem;
import io.headrace.language.yaml.Mark;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Combines the fragments of a {@code manifest}. */
final class ManifestReader {

    private ManifestReader() {}

    /** Returns one item for each combination of versions on each platform. */
    static List<WorkItem> read(
            SettingDefinition manifest, Mark mark, Limits limits, Report report) {
        var id = manifest.written("manifest_id");
        var fragments = manifest.fields().get("fragments");
        if (id == null || fragments == null) {
            return List.of();
        }
        List<Map<String, String>> combinations = List.of(Map.of());
        long size = Math.max(1, manifest.texts("platforms").size());
        for (var fragment : fragments.fields().entrySet()) {
            size = Math.min(size, 1L << 40) * fragment.getValue().items().size();
        }
        if (size > limits.matrixMax()) {
            report.error(
                    ProblemCode.MATRIX_TOO_LARGE,
                    mark,
                    "the manifest makes %,d combinations, and the limit is %d"
                            .formatted(size, limits.matrixMax()),
                    "leave out versions or platforms");
            return List.of();
        }
        for (var fragment : fragments.fields().keySet()) {
            var longer = new ArrayList<Map<String, String>>();
            for (var shorter : combinations) {
                for (var version : fragments.texts(fragment)) {
                    var with = new LinkedHashMap<>(shorter);
                    with.put(fragment, version);
                    longer.add(with);
                }
            }
            combinations = longer;
        }
        var items = new ArrayList<WorkItem>();
        for (var combination : combinations) {
            for (var platform : manifest.texts("platforms")) {
                items.add(
                        new WorkItem(
                                id,
                                combination,
                                platform,
                                "urgent".equals(manifest.written("priority")),
                                key(id, manifest, combination, platform)));
            }
        }
        return List.copyOf(items);
    }

    private static String key(
            String id, SettingDefinition manifest, Map<String, String> fragments, String platform) {
        // None of these can hold a line break: their patterns leave no room for one.
        var text = new StringBuilder();
        text.append(id).append('\n').append(manifest.written("template")).append('\n');
        new TreeMap<>(fragments)
                .forEach((name, version) ->
                        text.append(name).append('=').append(version).append('\n'));
        text.append(manifest.written("base")).append('\n').append(platform).append('\n');
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(digest.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
