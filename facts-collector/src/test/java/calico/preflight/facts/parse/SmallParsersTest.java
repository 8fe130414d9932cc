package calico.preflight.facts.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import calico.preflight.facts.parse.Unpacking.DamagedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class SmallParsersTest {

    @Test
    void the_banner_of_the_kernel_tells_release_and_build() {
        assertThat(ProcVersion.parse(
                        "Linux version 6.1.0-50-amd64 (a@b) (gcc-12 (Debian) 12.2.0, GNU ld (GNU Binutils) 2.40)"
                                + " #1 SMP PREEMPT_DYNAMIC Debian 6.1.119-1 (2025-01-01)\n"))
                .contains(new ProcVersion(
                        "6.1.0-50-amd64", Optional.of("#1 SMP PREEMPT_DYNAMIC Debian 6.1.119-1 (2025-01-01)")));
        assertThat(ProcVersion.parse("Linux version 3.10.0\n")).contains(new ProcVersion("3.10.0", Optional.empty()));
        assertThat(ProcVersion.parse("Darwin Kernel Version 20")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2, 1, 62, x86_64",
        "1, 1, 3, i686",
        "2, 1, 183, aarch64",
        "2, 1, 21, ppc64le",
        "2, 2, 21, ppc64",
        "2, 2, 22, s390x",
        "1, 1, 40, arm",
        "2, 1, 243, riscv64"
    })
    void the_header_of_a_program_tells_its_machine(int bits, int order, int machine, String name) {
        assertThat(ElfMachine.of(elf(bits, order, machine))).contains(name);
    }

    @Test
    void what_is_no_program_tells_no_machine() {
        assertThat(ElfMachine.of(new byte[0])).isEmpty();
        assertThat(ElfMachine.of("#!/bin/sh\necho hello, world\n".getBytes(StandardCharsets.US_ASCII)))
                .isEmpty();
        assertThat(ElfMachine.of(elf(2, 1, 9999))).isEmpty();
        assertThat(ElfMachine.of(Arrays.copyOf(elf(2, 1, 62), 19))).isEmpty();
    }

    public static byte[] elf(int bits, int order, int machine) {
        byte[] header = new byte[64];
        header[0] = 0x7f;
        header[1] = 'E';
        header[2] = 'L';
        header[3] = 'F';
        header[4] = (byte) bits;
        header[5] = (byte) order;
        header[order == 1 ? 18 : 19] = (byte) machine;
        header[order == 1 ? 19 : 18] = (byte) (machine >> 8);
        return header;
    }

    @Test
    void containers_show_in_the_environment_or_the_control_groups() {
        assertThat(ContainerMarks.inEnvironment("PATH=/bin\0container=podman\0x=y"))
                .contains("podman");
        assertThat(ContainerMarks.inEnvironment("PATH=/bin\0uncontainer=podman"))
                .isEmpty();
        assertThat(ContainerMarks.inControlGroups("1:name=systemd:/kubepods/besteffort/pod1\n"))
                .contains("kubernetes");
        assertThat(ContainerMarks.inControlGroups("0::/init.scope\n")).isEmpty();
    }

    @Test
    void packed_bytes_are_unpacked_by_what_they_are() throws Exception {
        byte[] plain = KernelConfigTest.CONFIG.getBytes(StandardCharsets.UTF_8);

        assertThat(Unpacking.unpack(gzip(plain), 10_000)).isEqualTo(plain);
        assertThat(Unpacking.unpack(xz(plain), 10_000)).isEqualTo(plain);
        assertThat(Unpacking.unpack(plain, 10_000)).isEqualTo(plain);
    }

    @Test
    void damaged_or_endless_packings_are_refused() throws Exception {
        byte[] packed = gzip(new byte[1 << 20]);

        assertThatThrownBy(() -> Unpacking.unpack(packed, 1000))
                .isInstanceOf(DamagedException.class)
                .hasMessage("is larger than 1000 bytes when unpacked");
        assertThatThrownBy(() -> Unpacking.unpack(Arrays.copyOf(packed, packed.length / 2), 2 << 20))
                .isInstanceOf(DamagedException.class)
                .hasMessage("is damaged and cannot be unpacked");
        assertThatThrownBy(() -> Unpacking.unpack(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd}, 1000))
                .hasMessage("is packed with zstd, which is not read");
    }

    public static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    public static byte[] xz(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new XZOutputStream(bytes, new LZMA2Options())) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }
}
