package io.headrace.engine.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The ways in which a secret shows up in output (reliability T10). */
final class SecretForms {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern HEX_ESCAPE = Pattern.compile("%[0-9A-F]{2}");

    private final Set<Form> forms = new LinkedHashSet<>();

    private SecretForms() {}

    /**
     * A text to look for.
     *
     * @param wraps whether line breaks may come anywhere in it, as {@code base64} makes them
     */
    record Form(String text, boolean wraps) {}

    /** Lists the forms of {@code value}; none if it is too short to be a secret. */
    static Set<Form> of(String value) {
        var all = new SecretForms();
        if (value.strip().codePointCount(0, value.strip().length()) >= Masker.MIN_LENGTH) {
            all.addWhole(value);
        }
        return all.forms;
    }

    private void addWhole(String value) {
        addText(value);
        addText(value.strip());
        addBase64(value);
        value.lines().map(String::strip).forEach(this::addText);
        addJsonLeaves(value);
    }

    private void addText(String text) {
        add(text);
        add(text.replace("\n", "\r\n"));
        addJson(text);
        addUrl(text);
        addShell(text);
    }

    private void addJsonLeaves(String value) {
        var start = value.strip();
        if (start.startsWith("{") || start.startsWith("[")) {
            try {
                addLeaves(JSON.readTree(value));
            } catch (JsonProcessingException _) {
                // It only looks like JSON, so it has no leaves.
            }
        }
    }

    private void addLeaves(JsonNode node) {
        if (node.isTextual()) {
            addText(node.textValue());
            addBase64(node.textValue());
            node.textValue().lines().map(String::strip).forEach(this::addText);
        }
        node.forEach(this::addLeaves);
    }

    /** As minimal JSON, as with each slash escaped, as ASCII, and as Go and Gson do it. */
    private void addJson(String text) {
        var json = new StringBuilder();
        var ascii = new StringBuilder();
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            var escaped =
                    switch (c) {
                        case '"' -> "\\\"";
                        case '\\' -> "\\\\";
                        case '\n' -> "\\n";
                        case '\r' -> "\\r";
                        case '\t' -> "\\t";
                        case '\b' -> "\\b";
                        case '\f' -> "\\f";
                        default -> c < ' ' ? unicode(c) : String.valueOf(c);
                    };
            json.append(escaped);
            ascii.append(c > '~' ? unicode(c) : escaped);
        }
        for (var form : List.of(json.toString(), ascii.toString())) {
            add(form);
            add(form.replace("/", "\\/"));
            var html = form.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
            add(html);
            add(html.replace("'", "\\u0027").replace("=", "\\u003d"));
        }
    }

    private static String unicode(char c) {
        return "\\u%04x".formatted((int) c);
    }

    /**
     * In base64 the characters depend on where in the encoded text the secret begins, modulo 3;
     * those at its ends also on its neighbours, so they are left out.
     */
    private void addBase64(String value) {
        var bytes = value.getBytes(StandardCharsets.UTF_8);
        for (var before = 0; before < 3; before++) {
            var padded = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, padded, before, bytes.length);
            var text = Base64.getEncoder().withoutPadding().encodeToString(padded);
            var first = before == 0 ? 0 : before + 1;
            var last = text.length() - (padded.length % 3 == 0 ? 0 : 1);
            var sure = text.substring(Math.min(first, last), last);
            addWrapping(sure);
            addWrapping(sure.replace('+', '-').replace('/', '_'));
        }
    }

    /** With a space as {@code +} and as {@code %20}, with upper and lower case digits. */
    private void addUrl(String text) {
        var form = URLEncoder.encode(text, StandardCharsets.UTF_8);
        var component =
                form.replace("+", "%20")
                        .replace("%21", "!")
                        .replace("%27", "'")
                        .replace("%28", "(")
                        .replace("%29", ")")
                        .replace("%7E", "~");
        var strict = form.replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
        var path = component.replace("%2F", "/");
        for (var url : List.of(form, component, strict, path)) {
            add(url);
            add(HEX_ESCAPE.matcher(url).replaceAll(match -> lower(match.group())));
        }
    }

    private static String lower(String hex) {
        return hex.toLowerCase(Locale.ROOT);
    }

    /** Within single quotes, within double quotes, with backslashes, and as {@code $'…'}. */
    private void addShell(String text) {
        add(text.replace("'", "'\\''"));
        add(text.replace("'", "'\"'\"'"));
        add(text.replaceAll("([\\\\\"$`])", "\\\\$1"));
        add(text.replaceAll("([\\\\\"$`!])", "\\\\$1"));
        add(text.replaceAll("([^A-Za-z0-9_@%+=:,./\\n\\u0080-\\uffff-])", "\\\\$1"));
        add(
                text.replace("\\", "\\\\")
                        .replace("'", "\\'")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t"));
    }

    private void add(String text) {
        add(text, false);
    }

    private void addWrapping(String text) {
        add(text, true);
    }

    private void add(String text, boolean wraps) {
        if (text.codePointCount(0, text.length()) >= Masker.MIN_LENGTH) {
            forms.add(new Form(text, wraps));
        }
    }
}
