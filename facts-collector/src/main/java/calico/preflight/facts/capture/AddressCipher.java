package calico.preflight.facts.capture;

import calico.preflight.facts.Cidr;
import calico.preflight.facts.Cidr.Family;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Replaces addresses so that two of them share as many leading bits afterwards as they did before: an address that was in
 * a network is in what the network became. Each bit is turned or not, by a keyed function of the bits before it (Xu, Fan,
 * Ammar and Moon, "Prefix-preserving IP address anonymization", ICNP 2002; here with HMAC-SHA256 for the cipher).
 *
 * <p>What an address is for stays: addresses of the host itself, of a link, of groups and of documents, and netmasks, are
 * not replaced, and private ranges stay in their range.
 */
final class AddressCipher {

    /** Not replaced at all: RFC 1122, 3927, 5771, 1112, 5737, 2544; RFC 4291, 3849. */
    private static final List<Cidr> KEPT = ranges(
            "0.0.0.0/8",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "192.0.2.0/24",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "198.18.0.0/15",
            "::/127",
            "ff00::/8",
            "2001:db8::/32");

    /** Replaced below their prefix: RFC 1918, 6598, 4291, 4193, 6052. */
    private static final List<Cidr> BOUNDS = ranges(
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "100.64.0.0/10",
            "2000::/3",
            "fe80::/64",
            "fc00::/8",
            "fd00::/8",
            "64:ff9b::/96",
            "::ffff:0:0/96");

    private final Mac mac;
    private final Map<Cidr, Cidr> known = new HashMap<>();

    AddressCipher(byte[] key) {
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC with SHA-256", e);
        }
    }

    private static List<Cidr> ranges(String... texts) {
        return Stream.of(texts).map(text -> Cidr.of(text).orElseThrow()).toList();
    }

    /** What stands in the place of an address, or of a network, whose bits beyond its length stay zero. */
    Cidr of(Cidr range) {
        return known.computeIfAbsent(range, this::replaced);
    }

    private Cidr replaced(Cidr range) {
        Family family = range.family();
        BigInteger address = range.network();
        Cidr first = new Cidr(family, address, family.bits());
        if (KEPT.stream().anyMatch(kept -> kept.contains(first))) {
            return range;
        }
        for (int bit = 0; bit < range.length(); bit++) {
            Cidr before = new Cidr(family, range.network(), bit);
            if (!leadsToSpecial(before) && isTurned(before)) {
                address = address.flipBit(family.bits() - 1 - bit);
            }
        }
        return new Cidr(family, address, range.length());
    }

    /** Do special ranges begin with these bits, so that another bit after them would lead elsewhere? */
    private static boolean leadsToSpecial(Cidr before) {
        return Stream.concat(KEPT.stream(), BOUNDS.stream())
                .anyMatch(special -> special.length() > before.length() && before.contains(special));
    }

    private boolean isTurned(Cidr before) {
        return (digest(before.family() + " " + before.network() + " " + before.length())[0] & 1) == 1;
    }

    /** A keyed digest of a text. */
    byte[] digest(String text) {
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
