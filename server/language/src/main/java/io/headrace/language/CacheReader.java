package io.headrace.language;

import io.headrace.language.JobDefinition.CacheDefinition;
import io.headrace.language.PipelineVocabulary.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads {@code caches}. */
final class CacheReader {

    private final Texts texts;

    CacheReader(Texts texts) {
        this.texts = texts;
    }

    List<CacheDefinition> read(Fields fields) {
        var read = new SettingReader(texts.in(Place.KEY)).read(fields, "caches");
        if (read == null) {
            return List.of();
        }
        fields.notYet("caches");
        var caches = new ArrayList<CacheDefinition>();
        for (var item : read.items()) {
            var cache = cache(item, fields.report());
            if (cache != null) {
                caches.add(cache);
            }
        }
        return List.copyOf(caches);
    }

    private static @Nullable CacheDefinition cache(SettingDefinition item, Report report) {
        var key = item.fields().get("key");
        var paths = item.fields().get("paths");
        var when = item.written("when");
        if (key == null || key.text() == null || paths == null || when == null) {
            return null;
        }
        var kept = new ArrayList<Text>();
        for (var path : paths.items()) {
            if (path.text() != null) {
                Paths.check(path.text(), "path", report);
                kept.add(path.text());
            }
        }
        return new CacheDefinition(
                key.text(),
                List.copyOf(kept),
                when.equals("always") || when.startsWith("on_")
                        ? Plan.Artifact.When.valueOf(when.toUpperCase(Locale.ROOT))
                        : Plan.Artifact.When.ON_SUCCESS);
    }
}
