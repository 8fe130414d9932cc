package calico.preflight.facts.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import calico.preflight.facts.Observed;
import calico.preflight.facts.parse.NetworkManagerConfiguration.ConfigurationFile;
import calico.preflight.facts.parse.NetworkManagerConfiguration.Files;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Generated configurations, read by this parser and by NetworkManager itself. */
class NetworkManagerDifferentialTest {

    private static final int SETS = 160;

    private static String version = "";

    @TempDir
    private Path directory = Path.of("");

    @BeforeAll
    static void ask_for_the_version() throws Exception {
        Optional<String> answer = run(List.of("NetworkManager", "--version"));
        assumeTrue(answer.isPresent(), "NetworkManager is not on the PATH; install Debian's package network-manager");
        version = answer.orElse("").strip();
        assumeTrue(
                version.startsWith("1."),
                "NetworkManager --version says " + version + "; install Debian's package network-manager");
    }

    @Test
    void generated_configurations_are_merged_as_NetworkManager_merges_them() throws Exception {
        int refused = 0;
        for (int seed = 0; seed < SETS; seed++) {
            Path set = java.nio.file.Files.createDirectory(directory.resolve("set" + seed));
            Files files = new Generator(seed).files(set);
            write(files);
            Optional<String> real = run(List.of(
                    "NetworkManager",
                    "--print-config",
                    "--config=" + set.resolve("NetworkManager.conf"),
                    "--config-dir=" + java.nio.file.Files.createDirectories(set.resolve("etc")),
                    "--system-config-dir=" + java.nio.file.Files.createDirectories(set.resolve("lib")),
                    "--intern-config=" + set.resolve("intern.conf")));
            Observed<NetworkManagerConfiguration> ours =
                    NetworkManagerConfiguration.merge(files, NetworkManagerBuild.of(version));
            refused += real.isEmpty() ? 1 : 0;
            assertThat(ours.known().map(NetworkManagerConfiguration::toPrintConfig))
                    .describedAs("seed %s: %s", seed, files)
                    .isEqualTo(real.map(NetworkManagerDifferentialTest::body));
            if (ours.known().isPresent()) {
                NetworkManagerConfiguration again =
                        NetworkManagerConfiguration.of(ours.known().get().toTable());
                assertThat(again.toPrintConfig())
                        .describedAs("seed %s, through the table", seed)
                        .isEqualTo(ours.known().get().toPrintConfig());
            }
        }
        assertThat(refused).describedAs("refused sets").isBetween(SETS / 20, SETS / 2);
    }

    @Test
    void the_runtime_directory_stands_between_those_of_the_system_and_of_the_administrator() throws Exception {
        Path mounts = directory.resolve("mounts.sh");
        java.nio.file.Files.writeString(mounts, """
                mount -t tmpfs none /run && mkdir -p /run/NetworkManager &&
                cp -r "$1/run" /run/NetworkManager/conf.d &&
                exec NetworkManager --print-config --config="$1/NetworkManager.conf" \\
                  --config-dir="$1/etc" --system-config-dir="$1/lib" --intern-config="$1/intern.conf"
                """);
        assumeTrue(
                run(List.of("unshare", "-rm", "mount", "-t", "tmpfs", "none", "/run"))
                        .isPresent(),
                "mount namespaces are not permitted; run as root with Debian's package util-linux");
        for (int seed = 1000; seed < 1020; seed++) {
            Path set = java.nio.file.Files.createDirectory(directory.resolve("set" + seed));
            Files files = new Generator(seed).files(set);
            write(files);
            for (String name : List.of("run", "etc", "lib")) {
                java.nio.file.Files.createDirectories(set.resolve(name));
            }
            Generator generator = new Generator(seed + 500);
            List<ConfigurationFile> run = generator.directory(set.resolve("run"), 4);
            for (ConfigurationFile file : run) {
                write(file);
            }
            Optional<String> real = run(List.of("unshare", "-rm", "sh", mounts.toString(), set.toString()));
            Files all = new Files(files.system(), run, files.main(), files.etc(), files.intern());
            Observed<NetworkManagerConfiguration> ours =
                    NetworkManagerConfiguration.merge(all, NetworkManagerBuild.of(version));
            assertThat(ours.known().map(NetworkManagerConfiguration::toPrintConfig))
                    .describedAs("seed %s: %s %s", seed, all, ours)
                    .isEqualTo(real.map(NetworkManagerDifferentialTest::body));
        }
    }

    /** From the second line up to that of the no-auto-default file. */
    private static String body(String printed) {
        String start = printed.substring(printed.indexOf('\n') + 1);
        int end = start.lastIndexOf("# no-auto-default file ");
        return start.substring(0, end < 0 ? start.length() : end);
    }

    private static void write(Files files) throws IOException {
        List<ConfigurationFile> all = new ArrayList<>(files.system());
        all.addAll(files.run());
        all.addAll(files.etc());
        files.main().ifPresent(all::add);
        files.intern().ifPresent(all::add);
        for (ConfigurationFile file : all) {
            write(file);
        }
    }

    private static void write(ConfigurationFile file) throws IOException {
        Path path = Path.of(file.path());
        java.nio.file.Files.createDirectories(path.toAbsolutePath().resolveSibling("."));
        java.nio.file.Files.writeString(path, file.text());
    }

    /** Standard output where the command succeeds. */
    private static Optional<String> run(List<String> command) throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("LC_ALL", "C");
        builder.environment().remove("NM_CONFIG_ENABLE_TAG");
        try {
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0
                    ? Optional.of(output)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Makes file sets that meet in names, sections and keys, and are odd in every way that still mostly parses. */
    private static final class Generator {
        private static final List<String> SECTIONS = List.of(
                "main",
                "main",
                "keyfile",
                "keyfile",
                "logging",
                "connectivity",
                "ifupdown",
                "device",
                "device-a",
                "device-b",
                "device-b",
                "device-c",
                "device.x",
                "devices",
                "connection",
                "connection-1",
                "connection-2",
                "connectionx",
                ".config",
                ".intern.x",
                ".intern",
                "global-dns",
                "global-dns-domain-*",
                "zeta",
                "Ärger",
                "a b",
                ".test-append-stringlist",
                "\ud83d\ude00",
                "\uffe0");
        private static final List<String> KEYS = List.of(
                "plugins",
                "plugins",
                "debug",
                "dns",
                "no-auto-default",
                "ignore-carrier",
                "unmanaged-devices",
                "unmanaged-devices",
                "match-device",
                "match-device",
                "managed",
                "stop-match",
                "domains",
                "allowed-connections",
                "enabled",
                "a",
                "b c",
                "x.y",
                ".was.dns",
                ".set.dns",
                ".was",
                ".was.",
                "k[de]",
                "k[C]",
                "k[]",
                "Encoding",
                "configure-and-quit",
                "+",
                "-",
                "schlüssel",
                "hostname-mode");
        private static final List<String> VALUES = List.of(
                "",
                "a",
                "b",
                "a,b",
                "b;a",
                "true",
                "0",
                "cali*",
                "interface-name:cali*;interface-name:tunl*",
                "except:interface-name:eth0",
                "*",
                "mac:00:11:22:33:44:55",
                "a\\,b",
                "a\\;b,c",
                "\\sx\\s , y",
                "a b c",
                "x y z w,u",
                "  b  ",
                "a\\",
                "a\\q,b",
                "tab\there",
                "\\ta\\n",
                ",",
                ";;",
                ", ,",
                "ü,ö",
                "a,a,b",
                "=x=",
                "#no",
                "[x]",
                "a\\\\,b",
                "\\\\",
                "a \\",
                "UTF-8",
                "\t",
                "\f a",
                "\u000b,\u000bb",
                "a;b;",
                "b , a , c");
        private static final List<String> CONDITIONS = List.of(
                "yes",
                "no",
                "TRUE",
                " off ",
                "",
                "nm-version:1.42",
                "nm-version:1.42.4",
                "nm-version-min:1.40",
                "nm-version-min:1.42.4",
                "nm-version-min:1.40.1",
                "nm-version-max:1.42",
                "nm-version-max:2",
                "nm-version-max:1.41",
                "except:nm-version:1.42",
                "except:nm-version:1.41",
                "except:nm-version:3,except:x",
                "env:x",
                "nm-version-min:1.50,nm-version-max:1.60,nm-version:1",
                "NM-Version: 1.42 ",
                "nm-version:",
                "nm-version:1.42.",
                "nm-version:001.42",
                "nm-version:1.42.4.1",
                "nm-version:x",
                "maybe",
                "except:nm-version-min:1.30,nm-version:1",
                "nm-version:70000",
                "nm-version-max:1.42.9");

        private final Random random;

        Generator(long seed) {
            this.random = new Random(seed);
        }

        Files files(Path set) {
            return new Files(
                    directory(set.resolve("lib"), 4),
                    List.of(),
                    Optional.of(new ConfigurationFile(
                            set.resolve("NetworkManager.conf").toString(), text(false))),
                    directory(set.resolve("etc"), 5),
                    chance(60)
                            ? Optional.of(new ConfigurationFile(
                                    set.resolve("intern.conf").toString(), text(true)))
                            : Optional.empty());
        }

        List<ConfigurationFile> directory(Path path, int most) {
            TreeSet<String> names = new TreeSet<>();
            for (int i = random.nextInt(most + 1); i > 0; i--) {
                names.add(pick(List.of("10-a", "10-b", "10", "9", "99-z", "B", "a", "ü", ".hidden", "a b")) + ".conf");
            }
            return names.stream()
                    .map(name -> new ConfigurationFile(path.resolve(name).toString(), text(false)))
                    .toList();
        }

        private String text(boolean intern) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(5); i > 0; i--) {
                text.append(pick(List.of("", "", " ", "\t", "# comment\n", "\n \n")));
                text.append('[').append(section(intern)).append(']').append(pick(List.of("", "", " ", "\t ")));
                text.append(end());
                for (int k = random.nextInt(5); k > 0; k--) {
                    text.append(line(intern)).append(end());
                }
            }
            if (chance(15)) {
                text.append("[.config]").append(end()).append("enable").append(pick(List.of("=", " = ")));
                text.append(pick(CONDITIONS)).append(end());
            }
            if (chance(2)) {
                text.insert(random.nextInt(text.length() + 1), pick(List.of("x", "[", "=", "\u0001", "\r", "\u0000")));
            }
            return text.toString();
        }

        private String section(boolean intern) {
            return intern && chance(40)
                    ? pick(List.of(
                            ".intern.global-dns", ".intern.global-dns-domain-x", ".intern.a", ".intern.b", "main"))
                    : pick(SECTIONS);
        }

        private String line(boolean intern) {
            if (chance(10)) {
                return pick(List.of("# x", "", "  ", "  # y", "#=", "\t"));
            }
            String key = pick(KEYS);
            if (intern && chance(60)) {
                key = pick(List.of(".set.", ".was.")) + key;
            } else if (chance(35)) {
                key += pick(List.of("+", "-", "+"));
            }
            if (key.equals("Encoding") && chance(80)) {
                return "Encoding=utf-8";
            }
            return pick(List.of("", "", " ", "\t"))
                    + key
                    + pick(List.of("=", "=", " = ", "=\t", "  ="))
                    + pick(VALUES)
                    + pick(List.of("", "", "", " ", "\t"));
        }

        private String end() {
            return chance(8) ? "\r\n" : "\n";
        }

        private boolean chance(int percent) {
            return random.nextInt(100) < percent;
        }

        private String pick(List<String> of) {
            return of.get(random.nextInt(of.size()));
        }
    }
}
