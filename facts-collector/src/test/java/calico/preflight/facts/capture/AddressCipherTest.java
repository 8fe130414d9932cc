package calico.preflight.facts.capture;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.facts.Cidr;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressCipherTest {

    private final AddressCipher cipher = new AddressCipher(new byte[] {1, 2, 3, 4});

    private Cidr replaced(String text) {
        return cipher.of(Cidr.of(text).orElseThrow());
    }

    private static int shared(BigInteger left, BigInteger right, int bits) {
        return bits - left.xor(right).bitLength();
    }

    @Test
    void twoAddressesShareAsManyBitsAfterwardsAsTheyDidBefore() {
        Random random = new Random(7);
        for (Cidr.Family family : Cidr.Family.values()) {
            for (int i = 0; i < 300; i++) {
                BigInteger one = new BigInteger(family.bits(), random);
                BigInteger other = one.xor(new BigInteger(1 + random.nextInt(family.bits()), random));
                BigInteger first =
                        cipher.of(new Cidr(family, one, family.bits())).network();
                BigInteger second =
                        cipher.of(new Cidr(family, other, family.bits())).network();
                boolean kept = first.equals(one) || second.equals(other);
                if (!kept) {
                    assertThat(shared(first, second, family.bits())).isEqualTo(shared(one, other, family.bits()));
                }
            }
        }
    }

    @Test
    void noTwoAddressesBecomeOne() {
        Set<Cidr> seen = new HashSet<>();
        List<Cidr> all = new ArrayList<>();
        for (int i = 0; i < 1 << 12; i++) {
            all.add(new Cidr(Cidr.Family.IPV4, BigInteger.valueOf(i * 1_048_573L & 0xffffffffL), 32));
        }
        all.forEach(address -> seen.add(cipher.of(address)));
        assertThat(seen).hasSameSizeAs(all);
    }

    @Test
    void whatIsInANetworkIsInWhatTheNetworkBecame() {
        for (String network :
                List.of("10.65.0.0/16", "95.100.0.0/16", "8.8.0.0/15", "fd00:10:244::/64", "2a00:1450::/32")) {
            Cidr before = Cidr.of(network).orElseThrow();
            Cidr inside = new Cidr(
                    before.family(),
                    before.network().add(BigInteger.valueOf(77)),
                    before.family().bits());
            assertThat(cipher.of(before).contains(cipher.of(inside)))
                    .as(network)
                    .isTrue();
            assertThat(cipher.of(before)).as(network).isNotEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.0.0.0/0",
                "127.0.0.1",
                "127.0.0.0/8",
                "169.254.1.1",
                "224.0.0.251",
                "255.255.255.0",
                "192.0.2.7",
                "198.51.100.1",
                "203.0.113.9",
                "::",
                "::/0",
                "::1",
                "ff02::1",
                "2001:db8::1",
                "10.0.0.0/8",
                "192.168.0.0/16",
                "172.16.0.0/12",
                "fe80::/64",
                "fc00::/7",
                "fd00::/8"
            })
    void whatMeansTheSameEverywhereStays(String text) {
        assertThat(replaced(text)).isEqualTo(Cidr.of(text).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.1.2.3", "192.168.1.2", "172.20.0.9", "100.64.3.4", "fe80::1234:5678:9abc:def0", "fd00:1:2::3"
            })
    void aPrivateAddressStaysPrivate(String text) {
        List<String> ranges =
                List.of("10.0.0.0/8", "192.168.0.0/16", "172.16.0.0/12", "100.64.0.0/10", "fe80::/64", "fd00::/8");
        Cidr range = ranges.stream()
                .map(name -> Cidr.of(name).orElseThrow())
                .filter(one -> one.contains(Cidr.of(text).orElseThrow()))
                .findFirst()
                .orElseThrow();
        assertThat(range.contains(replaced(text))).isTrue();
        assertThat(replaced(text)).isNotEqualTo(Cidr.of(text).orElseThrow());
    }

    @Test
    void aPublicAddressDoesNotBecomeASpecialOne() {
        Random random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            Cidr address = new Cidr(Cidr.Family.IPV4, new BigInteger(32, random), 32);
            for (String special : List.of(
                    "10.0.0.0/8", "127.0.0.0/8", "192.168.0.0/16", "224.0.0.0/4", "240.0.0.0/4", "192.0.2.0/24")) {
                Cidr range = Cidr.of(special).orElseThrow();
                assertThat(range.contains(cipher.of(address)))
                        .as(address + " in " + special)
                        .isEqualTo(range.contains(address));
            }
        }
    }
}
