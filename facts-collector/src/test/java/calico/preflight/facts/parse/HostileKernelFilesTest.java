package calico.preflight.facts.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import calico.preflight.facts.FactValue.Entry;
import calico.preflight.facts.parse.Unpacking.DamagedException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whatever the bytes: every parser ends, throws nothing, and says nothing that is not in them. */
class HostileKernelFilesTest {

    private static final int MUTATIONS = 400;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** A parser, a good input, and all names and values that come out of it. */
    private record Subject(String name, String fixture, Function<String, Stream<String>> yields) {}

    private static final List<Subject> SUBJECTS = List.of(
            new Subject("kernel configuration", KernelConfigTest.CONFIG, text -> {
                KernelConfig config = KernelConfig.parse(text);
                return Stream.concat(
                        entries(config.symbols()).filter(word -> !word.equals(KernelConfig.NOT_SET)),
                        config.version().stream().map(Entry::value));
            }),
            new Subject("loaded modules", ModulesTest.LOADED, text -> entries(Modules.loaded(text))),
            new Subject("builtin modules", ModulesTest.BUILTIN, text -> entries(Modules.builtin(text))),
            new Subject(
                    "module files",
                    ModulesTest.BUILTIN,
                    text -> entries(Modules.files(text.lines().toList()))),
            new Subject("aliases", ModulesTest.ALIAS, text -> entries(Modules.aliases(text))),
            new Subject("builtin aliases", ModulesTest.MODINFO, text -> Modules.builtinAliases(text).entrySet().stream()
                    .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))),
            new Subject("registered", "nat\nfilter\n", text -> Modules.registered(text).stream()),
            new Subject("modprobe.d", ModprobeTest.CONF, text -> Modprobe.parse(text).stream()
                    .map(Modprobe.Directive::module)),
            new Subject("command line", ModprobeTest.COMMAND_LINE, text -> Modprobe.parseCommandLine(text).stream()
                    .map(Modprobe.Directive::module)),
            // quoting takes characters out of the middle of a value, so each character is looked for on its own
            new Subject("os-release", OsReleaseTest.OS_RELEASE, text -> entries(OsRelease.parse(text))
                    .flatMap(value -> value.chars().distinct().mapToObj(Character::toString))),
            new Subject(
                    "redhat-release",
                    "CentOS release 6.10 (Final)\n",
                    text -> OsRelease.parseRedHat(text).entrySet().stream()
                            .filter(entry -> !entry.getKey().equals("ID"))
                            .map(entry -> entry.getValue().value())),
            new Subject("banner", "Linux version 6.1.0 (a@b) (gcc) #1 SMP x\n", text -> ProcVersion.parse(text).stream()
                    .flatMap(version -> Stream.concat(Stream.of(version.release()), version.build().stream()))),
            new Subject(
                    "environment", "A=b\0container=lxc\0C=d\0", text -> ContainerMarks.inEnvironment(text).stream()));

    private static Stream<String> entries(Map<String, Entry> entries) {
        return entries.entrySet().stream()
                .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue().value()));
    }

    @TestFactory
    Stream<DynamicTest> a_parser_invents_nothing() {
        return SUBJECTS.stream()
                .map(subject -> DynamicTest.dynamicTest(
                        subject.name(), () -> assertTimeoutPreemptively(LIMIT, () -> attack(subject))));
    }

    private static void attack(Subject subject) {
        byte[] fixture = subject.fixture().getBytes(StandardCharsets.UTF_8);
        Random random = new Random(20_260_101L + subject.name().hashCode());
        for (int i = 0; i < MUTATIONS; i++) {
            String text = TextLines.decode(mutated(fixture, random));
            String normal = Modules.normal(text);
            List<String> invented = subject.yields()
                    .apply(text)
                    .filter(word -> !text.contains(word) && !normal.contains(word))
                    .toList();
            assertThat(invented).as("mutation %d of %s", i, subject.name()).isEmpty();
        }
    }

    @TestFactory
    Stream<DynamicTest> packed_bytes_and_programs_never_break_their_reader() throws Exception {
        byte[] plain = KernelConfigTest.CONFIG.getBytes(StandardCharsets.UTF_8);
        return Map.of(
                        "gzip",
                        SmallParsersTest.gzip(plain),
                        "xz",
                        SmallParsersTest.xz(plain),
                        "elf",
                        SmallParsersTest.elf(2, 1, 62))
                .entrySet()
                .stream()
                .map(packed -> DynamicTest.dynamicTest(packed.getKey(), () -> {
                    Random random = new Random(packed.getKey().hashCode());
                    for (int i = 0; i < MUTATIONS; i++) {
                        byte[] bytes = mutated(packed.getValue(), random);
                        assertThat(ElfMachine.of(bytes)).isNotNull();
                        try {
                            assertThat(Unpacking.unpack(bytes, 1 << 20).length).isLessThanOrEqualTo(3 << 20);
                        } catch (DamagedException e) {
                            assertThat(e).hasMessageStartingWith("is ");
                        }
                    }
                }));
    }

    private static byte[] mutated(byte[] fixture, Random random) {
        byte[] bytes = fixture;
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            bytes = switch (random.nextInt(9)) {
                case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
                case 1 -> changed(bytes, random, (byte) 0);
                case 2 -> changed(bytes, random, (byte) (0x80 | random.nextInt(0x80)));
                case 3 -> changed(bytes, random, (byte) random.nextInt(0x80));
                case 4 ->
                    new String(bytes, StandardCharsets.ISO_8859_1)
                            .replace("\n", "\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1);
                case 5 -> lines(bytes, random, true);
                case 6 -> lines(bytes, random, false);
                // a line of a megabyte, now and then: it takes its time
                case 7 -> random.nextInt(8) == 0 ? inserted(bytes, random, 1 << 20) : inserted(bytes, random, 100);
                default -> inserted(bytes, random, 1);
            };
        }
        return bytes;
    }

    private static byte[] changed(byte[] bytes, Random random, byte to) {
        byte[] changed = bytes.clone();
        for (int i = 0; i < 1 + random.nextInt(4) && changed.length > 0; i++) {
            changed[random.nextInt(changed.length)] = to;
        }
        return changed;
    }

    private static byte[] inserted(byte[] bytes, Random random, int length) {
        int at = random.nextInt(bytes.length + 1);
        byte[] longer = new byte[bytes.length + length];
        System.arraycopy(bytes, 0, longer, 0, at);
        Arrays.fill(longer, at, at + length, (byte) " =\"'\\#\nx-_:.,\t\0".charAt(random.nextInt(15)));
        System.arraycopy(bytes, at, longer, at + length, bytes.length - at);
        return longer;
    }

    private static byte[] lines(byte[] bytes, Random random, boolean swap) {
        List<String> lines = new ArrayList<>(List.of(new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1)));
        if (lines.isEmpty()) {
            return bytes;
        }
        int one = random.nextInt(lines.size());
        if (swap) {
            Collections.swap(lines, one, random.nextInt(lines.size()));
        } else {
            lines.add(random.nextInt(lines.size() + 1), lines.get(one));
        }
        return String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1);
    }
}
