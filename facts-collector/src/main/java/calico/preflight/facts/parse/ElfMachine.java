package calico.preflight.facts.parse;

import java.util.Optional;
import java.util.Set;

/** The machine that an ELF program is for, by its header ({@code elf(5)}, the numbers of {@code elf-em.h}). */
public final class ElfMachine {

    private static final int SHORTEST = 20;

    private static final Set<String> BIG_ENDIAN = Set.of(
            "s390x",
            "s390",
            "ppc64",
            "ppc",
            "aarch64_be",
            "mips",
            "mips64",
            "sparc",
            "sparc64",
            "m68k",
            "parisc",
            "parisc64");

    private ElfMachine() {}

    /** Does a machine, as {@code uname -m} names it, write the highest byte of a number first? */
    public static boolean isBigEndian(String machine) {
        return BIG_ENDIAN.contains(machine);
    }

    /** As {@code uname -m} names it; nothing where the bytes are no ELF file, or one of a machine not known here. */
    public static Optional<String> of(byte[] program) {
        if (program.length < SHORTEST
                || program[0] != 0x7f
                || program[1] != 'E'
                || program[2] != 'L'
                || program[3] != 'F') {
            return Optional.empty();
        }
        boolean is64 = program[4] == 2;
        boolean little = program[5] == 1;
        int low = program[little ? 18 : 19] & 0xff;
        int high = program[little ? 19 : 18] & 0xff;
        return name(high << 8 | low, is64, little);
    }

    private static Optional<String> name(int machine, boolean is64, boolean little) {
        return switch (machine) {
            case 3 -> Optional.of("i686");
            case 20 -> Optional.of("ppc");
            case 21 -> Optional.of(little ? "ppc64le" : "ppc64");
            case 22 -> Optional.of(is64 ? "s390x" : "s390");
            case 40 -> Optional.of("arm");
            case 62 -> Optional.of("x86_64");
            case 183 -> Optional.of(little ? "aarch64" : "aarch64_be");
            case 243 -> Optional.of(is64 ? "riscv64" : "riscv32");
            case 258 -> is64 ? Optional.of("loongarch64") : Optional.empty();
            default -> Optional.empty();
        };
    }
}
