package calico.preflight.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

    private static Cidr cidr(String text) {
        return Cidr.of(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "10.244.0.0/16, 10.244.0.0/16",
        "10.244.7.9/16, 10.244.0.0/16",
        "0.0.0.0/0, 0.0.0.0/0",
        "255.255.255.255, 255.255.255.255",
        "192.168.1.1/32, 192.168.1.1",
        "FD00:10:244:0::/64, fd00:10:244::/64",
        "::/0, ::/0",
        "::1, ::1",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "1::8, 1::8",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3",
        "::ffff:10.0.0.1, ::ffff:a00:1",
        "fe80::1/10, fe80::/10"
    })
    void a_range_is_written_as_rfc_5952_recommends(String text, String written) {
        assertThat(cidr(text)).hasToString(written);
        assertThat(cidr(written)).isEqualTo(cidr(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/08",
                "10.0.0/8",
                "10.0.0.0.0/8",
                "10.0.0.256/8",
                "010.0.0.0/8",
                "10.0.0.0/8/8",
                " 10.0.0.0/8",
                "localhost",
                "::/129",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7::8",
                "1:2:3:4:5:6:7:8:9",
                "12345::",
                "fe80::1%eth0",
                "1.2.3.4::",
                "::1.2.3.4:5"
            })
    void what_is_no_range_is_none(String text) {
        assertThat(Cidr.of(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10.244.0.0/16, 10.244.1.0/24, true, true",
        "10.244.1.0/24, 10.244.0.0/16, false, true",
        "10.244.0.0/16, 10.244.0.0/16, true, true",
        "10.244.0.0/16, 10.245.0.0/16, false, false",
        "10.244.0.0/15, 10.245.0.0/16, true, true",
        "0.0.0.0/0, 255.255.255.255, true, true",
        "10.0.0.0/8, 11.0.0.0, false, false",
        "fd00::/8, fd00:10:244::/64, true, true",
        "fd00::/64, fd00:0:0:1::/64, false, false",
        "0.0.0.0/0, ::/0, false, false"
    })
    void ranges_hold_and_overlap_each_other(String one, String other, boolean contains, boolean overlaps) {
        assertThat(cidr(one).contains(cidr(other))).isEqualTo(contains);
        assertThat(cidr(one).overlaps(cidr(other))).isEqualTo(overlaps);
        assertThat(cidr(other).overlaps(cidr(one))).isEqualTo(overlaps);
    }

    @Test
    void a_range_is_longer_than_no_address() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Cidr(Cidr.Family.IPV4, BigInteger.ZERO, 33));
        assertThat(cidr("10.0.0.1").isNetwork()).isFalse();
        assertThat(cidr("10.0.0.0/31").isNetwork()).isTrue();
    }

    @Test
    void addresses_are_read_as_java_itself_reads_them() throws Exception {
        Random random = new Random(20260103);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(bytes);
            for (int zero = random.nextInt(bytes.length); zero < bytes.length && random.nextInt(4) > 0; zero++) {
                bytes[zero] = 0;
            }
            Cidr written = Cidr.ofAddress(bytes);
            assertThat(Cidr.of(written.address())).isEqualTo(Optional.of(written));
            assertThat(InetAddress.getByName(written.address()).getAddress())
                    .isEqualTo(
                            bytes.length == 16 ? InetAddress.getByAddress(bytes).getAddress() : bytes);
        }
    }
}
