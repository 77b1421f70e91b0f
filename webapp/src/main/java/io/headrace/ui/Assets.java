package io.headrace.ui;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/**
 * Our own scripts and styles, at an address that changes with their content: {@code
 * /assets/VERSION/js/…}. Browsers keep them and never ask again; what they refer to by relative
 * addresses has the same version. The files are few and small, and are kept in memory, compressed.
 */
public final class Assets extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String ATTRIBUTE = Assets.class.getName();
    private static final int VERSION_BYTES = 8;
    private static final Map<String, String> TYPES =
            Map.of(
                    "js", "text/javascript;charset=UTF-8",
                    "css", "text/css;charset=UTF-8",
                    "svg", "image/svg+xml");

    private transient Map<String, byte[]> files = Map.of();
    private String version = "";

    @Override
    public void init() {
        var context = getServletContext();
        var found = new TreeMap<String, byte[]>();
        try {
            for (var folder : new String[] {"/js/", "/js/ace/", "/css/", "/icons/"}) {
                read(context, folder, found);
            }
            version = versionOf(found);
            found.replaceAll((_, bytes) -> zipped(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("The WAR's scripts and styles can't be read", e);
        }
        files = found;
        context.setAttribute(ATTRIBUTE, "assets/" + version + "/");
    }

    /** Returns where the files are, relative to the server's root, with a slash at its end. */
    public static String base(ServletContext context) {
        if (context.getAttribute(ATTRIBUTE) instanceof String base) {
            return base;
        }
        throw new IllegalStateException("The assets are not loaded; see web.xml");
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var path = request.getPathInfo() == null ? "" : request.getPathInfo();
        var slash = path.indexOf('/', 1);
        var name = slash < 0 ? "" : path.substring(slash);
        var bytes = files.get(name);
        if (bytes == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        // A page of another version gets today's file, but must not keep it.
        response.setHeader(
                "Cache-Control",
                path.startsWith("/" + version + "/")
                        ? "public, max-age=31536000, immutable"
                        : "no-cache");
        response.setHeader("Vary", "Accept-Encoding");
        response.setContentType(TYPES.get(extension(name)));
        var accepted = request.getHeader("Accept-Encoding");
        if (accepted != null && accepted.contains("gzip")) {
            response.setHeader("Content-Encoding", "gzip");
            response.setContentLength(bytes.length);
            response.getOutputStream().write(bytes);
        } else {
            try (var plain =
                    new java.util.zip.GZIPInputStream(new java.io.ByteArrayInputStream(bytes))) {
                plain.transferTo(response.getOutputStream());
            }
        }
    }

    private static void read(ServletContext context, String folder, Map<String, byte[]> into)
            throws IOException {
        var paths = context.getResourcePaths(folder);
        if (paths == null) {
            throw new IOException("The WAR has no " + folder);
        }
        for (var path : paths) {
            if (TYPES.containsKey(extension(path))) {
                try (var in = context.getResourceAsStream(path)) {
                    if (in != null) {
                        into.put(path, in.readAllBytes());
                    }
                }
            }
        }
    }

    private static String versionOf(Map<String, byte[]> files) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            files.forEach((name, bytes) -> {
                digest.update((name + "\n" + bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            });
            return HexFormat.of().formatHex(digest.digest(), 0, VERSION_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }

    private static byte[] zipped(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String extension(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
