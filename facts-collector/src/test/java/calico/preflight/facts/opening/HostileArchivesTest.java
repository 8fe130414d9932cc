package calico.preflight.facts.opening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import calico.preflight.facts.capture.Capture;
import calico.preflight.facts.capture.Capture.Manifest;
import calico.preflight.facts.capture.CaptureArchive;
import calico.preflight.facts.remote.SshSettings;
import calico.preflight.facts.source.Content;
import calico.preflight.facts.source.HostSource;
import calico.preflight.facts.source.UnusableSourceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives of strangers are refused with what is wrong with them, and leave nothing behind. */
class HostileArchivesTest {

    private static final String MANIFEST =
            "{\"schema\": \"calico-preflight/capture/1\", \"host\": {\"name\": \"h\"}, \"collectedAt\": \"2026-01-01T00:00:00Z\"}";

    @TempDir
    private Path directory;

    @FunctionalInterface
    private interface Entries {
        void write(TarArchiveOutputStream tar) throws IOException;
    }

    private Path archive(Entries content) throws IOException {
        Path file = directory.resolve("archive.tar.gz");
        try (OutputStream out = Files.newOutputStream(file);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out), "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            content.write(tar);
        }
        return file;
    }

    private static void file(TarArchiveOutputStream tar, String name, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    private static void special(TarArchiveOutputStream tar, String name, byte type, String target) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
        entry.setLinkName(target);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    private static HostSource open(Path file) throws IOException {
        return HostSources.open(file.toString(), SshSettings.USUAL);
    }

    private void assertRefused(Entries content, String why) throws IOException {
        Path file = archive(content);
        Set<Path> before = temporary();
        assertThatThrownBy(() -> open(file))
                .isInstanceOf(UnusableSourceException.class)
                .hasMessageContaining(why);
        assertThat(temporary()).isEqualTo(before);
        try (Stream<Path> beside = Files.list(directory)) {
            assertThat(beside).containsExactly(file);
        }
    }

    private static Set<Path> temporary() throws IOException {
        try (Stream<Path> entries = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return entries.filter(path -> path.getFileName().toString().matches("calico-preflight[0-9]+"))
                    .collect(Collectors.toSet());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../out", "etc/../../out", "a/..", ".."})
    void anEntryThatLeavesItsPlaceIsRefused(String name) throws IOException {
        assertRefused(tar -> file(tar, name, "x"), "has an entry that leaves its place: " + name);
    }

    @Test
    void anAbsoluteNameIsRefused() throws IOException {
        assertRefused(tar -> file(tar, "/etc/os-release", "x"), "has an entry with an absolute name: /etc/os-release");
    }

    @Test
    void anEntryThroughALinkIsRefused() throws IOException {
        assertRefused(
                tar -> {
                    special(tar, "etc", TarConstants.LF_SYMLINK, directory.toString());
                    file(tar, "etc/out", "x");
                },
                "has an entry that leads through a link or a file: etc/out");
    }

    @Test
    void anEntryThroughALinkToALinkIsRefused() throws IOException {
        assertRefused(
                tar -> {
                    special(tar, "a", TarConstants.LF_SYMLINK, "..");
                    special(tar, "b", TarConstants.LF_SYMLINK, "a");
                    special(tar, "b/c", TarConstants.LF_DIR, "");
                },
                "has an entry that leads through a link or a file: b/c");
    }

    @Test
    void aFileThatIsADirectoryToAnotherEntryIsRefused() throws IOException {
        assertRefused(
                tar -> {
                    file(tar, "etc", "x");
                    file(tar, "etc/passwd", "x");
                },
                "has an entry that leads through a link or a file: etc/passwd");
    }

    @Test
    void twoEntriesOfOneNameAreRefused() throws IOException {
        assertRefused(
                tar -> {
                    file(tar, "etc/os-release", "ID=a");
                    file(tar, "etc/os-release", "ID=b");
                },
                "has two entries of one name: etc/os-release");
    }

    @Test
    void aHardLinkThatLeavesItsPlaceIsRefused() throws IOException {
        assertRefused(
                tar -> special(tar, "shadow", TarConstants.LF_LINK, "../../../../etc/shadow"),
                "has an entry that leaves its place: shadow");
    }

    @Test
    void aHardLinkToWhatDidNotComeBeforeIsRefused() throws IOException {
        assertRefused(
                tar -> special(tar, "etc/os-release", TarConstants.LF_LINK, "usr/lib/os-release"),
                "has an entry that is another name of a file that did not come before:"
                        + " etc/os-release, of usr/lib/os-release");
    }

    @Test
    void hardLinksTakeNoMoreRoomThanTheFile() throws Exception {
        Path file = archive(tar -> {
            file(tar, "etc/os-release", "ID=debian\n");
            special(tar, "etc/other", TarConstants.LF_LINK, "etc/os-release");
        });
        Set<Path> before = temporary();
        try (HostSource host = open(file)) {
            assertThat(host.read("/etc/other", 100)).isInstanceOf(Content.Present.class);
            Set<Path> made = temporary();
            made.removeAll(before);
            Path etc = made.iterator().next().resolve("etc");
            assertThat(Files.isSameFile(etc.resolve("os-release"), etc.resolve("other")))
                    .isTrue();
        }
    }

    private static byte[] unpacked(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return in.readAllBytes();
        }
    }

    @Test
    void anArchiveThatEndsBetweenTwoEntriesIsCutOff() throws Exception {
        byte[] tar = unpacked(archive(written -> {
            file(written, "etc/os-release", "ID=debian\n");
            file(written, "etc/zeros", "\0".repeat(1024));
            file(written, "etc/machine", "x");
        }));
        Path cut = directory.resolve("cut.tar");
        int[] blocks = {2, 5, 7};
        for (int entry = 1; entry <= blocks.length; entry++) {
            Files.write(cut, Arrays.copyOf(tar, blocks[entry - 1] * 512));
            assertThatThrownBy(() -> open(cut))
                    .isInstanceOf(UnusableSourceException.class)
                    .hasMessageContaining("is cut off after entry " + entry + ", as the end of the archive is missing");
        }
        Files.write(cut, Arrays.copyOf(tar, 8 * 512));
        try (HostSource host = open(cut)) {
            assertThat(host.read("/etc/machine", 100)).isInstanceOf(Content.Present.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "bzip2"})
    void anArchiveThatIsPackedInPartsIsReadToItsEnd(String packer) throws Exception {
        byte[] tar = unpacked(archive(written -> {
            file(written, "etc/os-release", "ID=debian\n");
            file(written, "etc/machine", "x");
        }));
        Path file = directory.resolve("parts");
        try (OutputStream parts = Files.newOutputStream(file)) {
            parts.write(packed(packer, Arrays.copyOf(tar, 1024)));
            parts.write(packed(packer, Arrays.copyOfRange(tar, 1024, tar.length)));
        }
        try (HostSource host = open(file)) {
            assertThat(host.read("/etc/machine", 100)).isInstanceOf(Content.Present.class);
        }
        Files.write(file, packed(packer, Arrays.copyOf(tar, 1024)));
        assertThatThrownBy(() -> open(file)).hasMessageContaining("is cut off after entry 1");
    }

    private static byte[] packed(String packer, byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out =
                packer.equals("gzip") ? new GZIPOutputStream(packed) : new BZip2CompressorOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    @Test
    void tooManyEntriesAreRefused() throws IOException {
        assertRefused(
                tar -> {
                    file(tar, "manifest.json", MANIFEST);
                    for (int i = 0; i < 150_000; i++) {
                        special(tar, "files/" + i, TarConstants.LF_DIR, "");
                    }
                },
                "has more than 100000 entries");
    }

    @Test
    void aBombIsRefused() throws IOException {
        assertRefused(
                tar -> {
                    file(tar, "manifest.json", MANIFEST);
                    TarArchiveEntry entry = new TarArchiveEntry("files/bomb");
                    entry.setSize(1L << 30);
                    tar.putArchiveEntry(entry);
                    byte[] zeros = new byte[1 << 20];
                    for (int i = 0; i < 1 << 10; i++) {
                        tar.write(zeros);
                    }
                    tar.closeArchiveEntry();
                },
                "is larger than 256 MiB when unpacked");
    }

    @Test
    void aCaptureHoldsRegularFilesAndNothingElse() throws IOException {
        for (byte type : new byte[] {
            TarConstants.LF_SYMLINK,
            TarConstants.LF_LINK,
            TarConstants.LF_CHR,
            TarConstants.LF_BLK,
            TarConstants.LF_FIFO
        }) {
            assertRefused(
                    tar -> {
                        file(tar, "manifest.json", MANIFEST);
                        special(tar, "files/etc/x", type, "/etc/shadow");
                    },
                    "is no capture: files/etc/x is no regular file");
        }
    }

    @Test
    void twoManifestsAreRefused() throws IOException {
        assertRefused(
                tar -> {
                    file(tar, "manifest.json", MANIFEST);
                    file(tar, "./manifest.json", MANIFEST);
                },
                "is no capture: it holds manifest.json twice");
    }

    @Test
    void whatIsNoPartOfACaptureIsRefused() throws IOException {
        assertRefused(
                tar -> {
                    file(tar, "manifest.json", MANIFEST);
                    file(tar, "rules/packs/evil.yaml", "x");
                },
                "is no capture: it holds rules/packs/evil.yaml");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "{\"schema\": \"calico-preflight/capture/2\"}",
                "{\"schema\": \"calico-preflight/capture/1\"}"
            })
    void aManifestThatIsNoneIsRefused(String manifest) throws IOException {
        assertRefused(
                tar -> {
                    file(tar, "manifest.json", manifest);
                    file(tar, "index", "");
                },
                "is no capture");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "file\tetc\n",
                "file\t/a\tb\tc\n",
                "\tname\tf\n",
                "listing\t/a\n\tb/c\tf\n",
                "listing\t/a\n\tb\tz\n",
                "file\t/a",
                "end\nfile\t/a\n"
            })
    void anIndexThatIsNoneIsRefusedWithItsLine(String index) throws IOException {
        assertRefused(
                tar -> {
                    file(tar, "manifest.json", MANIFEST);
                    file(tar, "index", index);
                },
                "is no capture: index, line ");
    }

    @Test
    void anIndexThatWasNotWrittenToItsEndIsNone() throws IOException {
        assertRefused(
                tar -> {
                    file(tar, "manifest.json", MANIFEST);
                    file(tar, "index", "listing\t/etc\n\tos-release\tf\n");
                },
                "is no whole capture: the last line of its index is not \"end\"");
    }

    @Test
    void devicesAndPipesOfARootAreLeftOutAndItsLinksLeadNowhereElse() throws Exception {
        Path file = archive(tar -> {
            special(tar, "dev/null", TarConstants.LF_CHR, "");
            special(tar, "run/pipe", TarConstants.LF_FIFO, "");
            special(tar, "etc/shadow", TarConstants.LF_SYMLINK, "/../../../../etc/shadow");
            special(tar, "etc/dangling", TarConstants.LF_SYMLINK, "../usr/lib/nothing");
            file(tar, "usr/lib/os-release", "ID=debian\n");
            special(tar, "etc/os-release", TarConstants.LF_SYMLINK, "../usr/lib/os-release");
        });
        Set<Path> before = temporary();
        try (HostSource host = open(file)) {
            assertThat(host.name()).isEqualTo("archive:" + file);
            assertThat(host.kind("/dev/null")).isInstanceOf(Content.Missing.class);
            assertThat(host.kind("/run/pipe")).isInstanceOf(Content.Missing.class);
            assertThat(host.read("/etc/shadow", 100)).isInstanceOf(Content.Failed.class);
            assertThat(host.read("/etc/dangling", 100)).isInstanceOf(Content.Missing.class);
            assertThat(host.read("/etc/os-release", 100)).isInstanceOf(Content.Present.class);
        }
        assertThat(temporary()).isEqualTo(before);
    }

    /** Whatever becomes of a good capture on its way, reading it ends, with a capture or a reason. */
    @Test
    void aDamagedCaptureIsRefusedAndNeverHarms() throws Exception {
        Capture capture = new Capture(
                new Manifest("collect.sh 1", "h", "live", "2026-01-01T00:00:00Z", false),
                "listing\t/etc\n\tos-release\tf\nfile\t/etc/os-release\nend\n",
                Map.of("/etc/os-release", "ID=debian\n".repeat(500).getBytes(StandardCharsets.UTF_8)),
                Map.of("nft-ruleset", "{}".getBytes(StandardCharsets.UTF_8)));
        byte[] good = CaptureArchive.write(capture);
        Path file = directory.resolve("damaged.tar.gz");
        Random random = new Random(20_260_101);
        int refused = 0;
        for (int i = 0; i < 600; i++) {
            byte[] bytes = good.clone();
            if (i % 3 == 0) {
                bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            } else {
                for (int j = 0; j <= i % 5; j++) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
            }
            Files.write(file, bytes);
            try (HostSource host = open(file)) {
                assertThat(host.name()).startsWith("c");
            } catch (UnusableSourceException e) {
                assertThat(e.why()).isNotBlank().doesNotContain("Exception");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(300);
    }
}
