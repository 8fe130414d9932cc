package calico.preflight.facts.capture;

import calico.preflight.facts.archive.TarReader;
import calico.preflight.facts.capture.Capture.Manifest;
import calico.preflight.facts.source.UnusableSourceException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Captures as archives, tar packed with gzip. Nothing is unpacked to disk. */
public final class CaptureArchive {

    /** A host has tens of MiB of module lists, packages and routes at most, in about a thousand files. */
    private static final TarReader.Limits LIMITS = new TarReader.Limits(100_000, 256L << 20);

    private static final String MANIFEST = "manifest.json";
    private static final String INDEX = "index";
    private static final String FILES = "files";
    private static final String COMMANDS = "commands";
    /** A regular file that its owner reads and writes (S_IFREG and 0600). */
    private static final int MODE = 0100600;

    private static final ObjectMapper JSON = new ObjectMapper();

    private CaptureArchive() {}

    /** Does this archive begin as a capture does? */
    public static boolean begins(InputStream archive) {
        boolean[] first = {false};
        try {
            TarReader.read(archive, LIMITS, (path, entry, content) -> {
                first[0] = path.equals(List.of(MANIFEST));
                throw new UnusableSourceException("seen enough");
            });
        } catch (IOException e) {
            return first[0];
        }
        return false;
    }

    /**
     * Reads a capture.
     *
     * @throws UnusableSourceException if it is none, damaged, too large, or holds what a capture does not
     */
    public static Capture read(InputStream archive) throws IOException {
        Map<String, byte[]> top = new HashMap<>();
        Map<String, byte[]> files = new HashMap<>();
        Map<String, byte[]> commands = new HashMap<>();
        TarReader.read(archive, LIMITS, (path, entry, content) -> {
            if (entry.isDirectory()) {
                return;
            }
            String name = String.join("/", path);
            if (!TarReader.isRegular(entry)) {
                throw new UnusableSourceException("is no capture: " + name + " is no regular file");
            }
            Map<String, byte[]> place;
            String key;
            if (name.equals(MANIFEST) || name.equals(INDEX)) {
                place = top;
                key = name;
            } else if (path.size() > 1 && path.get(0).equals(FILES)) {
                place = files;
                key = name.substring(FILES.length());
            } else if (path.size() == 2 && path.get(0).equals(COMMANDS)) {
                place = commands;
                key = path.get(1);
            } else {
                throw new UnusableSourceException("is no capture: it holds " + name);
            }
            if (place.put(key, content(entry, content)) != null) {
                throw new UnusableSourceException("is no capture: it holds " + name + " twice");
            }
        });
        return new Capture(manifest(top), text(top, INDEX), files, commands);
    }

    private static byte[] content(TarArchiveEntry entry, InputStream content) throws IOException {
        byte[] bytes = content.readAllBytes();
        if (bytes.length != entry.getSize()) {
            throw new IOException("is cut off");
        }
        return bytes;
    }

    private static String text(Map<String, byte[]> top, String name) throws UnusableSourceException {
        byte[] bytes = top.get(name);
        if (bytes == null) {
            throw new UnusableSourceException("is no capture: it has no " + name);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static Manifest manifest(Map<String, byte[]> top) throws UnusableSourceException {
        JsonNode json;
        try {
            json = JSON.readTree(text(top, MANIFEST));
        } catch (JsonProcessingException e) {
            throw new UnusableSourceException("is no capture: its manifest.json is no JSON", e);
        }
        String schema = json.path("schema").asText();
        if (!schema.equals(Capture.SCHEMA)) {
            throw new UnusableSourceException(
                    "is no capture of the kind " + Capture.SCHEMA + ": its manifest.json says \"" + schema + "\"");
        }
        String at = json.path("collectedAt").asText();
        try {
            Instant.parse(at);
        } catch (DateTimeParseException e) {
            throw new UnusableSourceException("is no capture: its manifest.json has no time in collectedAt", e);
        }
        JsonNode tool = json.path("tool");
        JsonNode host = json.path("host");
        return new Manifest(
                (tool.path("name").asText() + " " + tool.path("version").asText()).strip(),
                host.path("name").asText(),
                host.path("source").asText(),
                at,
                json.path("redacted").asBoolean(false));
    }

    /** Writes a capture; the same one gives the same bytes. */
    public static byte[] write(Capture capture) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(bytes);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(packed, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setAddPaxHeadersForNonAsciiNames(true);
            add(tar, MANIFEST, JSON.writeValueAsBytes(json(capture.manifest())));
            add(tar, INDEX, capture.index().getBytes(StandardCharsets.UTF_8));
            for (Map.Entry<String, byte[]> file : capture.files().entrySet()) {
                add(tar, FILES + file.getKey(), file.getValue());
            }
            for (Map.Entry<String, byte[]> command : capture.commands().entrySet()) {
                add(tar, COMMANDS + "/" + command.getKey(), command.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private static ObjectNode json(Manifest manifest) {
        ObjectNode json = JSON.createObjectNode();
        json.put("schema", Capture.SCHEMA);
        int blank = manifest.tool().indexOf(' ');
        ObjectNode tool = json.putObject("tool");
        tool.put("name", blank < 0 ? manifest.tool() : manifest.tool().substring(0, blank));
        tool.put("version", blank < 0 ? "" : manifest.tool().substring(blank + 1));
        json.putObject("host").put("name", manifest.host()).put("source", manifest.source());
        json.put("collectedAt", manifest.collectedAt());
        json.put("redacted", manifest.redacted());
        return json;
    }

    private static void add(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        entry.setModTime(0);
        entry.setMode(MODE);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
