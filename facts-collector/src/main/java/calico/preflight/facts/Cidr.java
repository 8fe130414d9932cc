package calico.preflight.facts;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of IP addresses of one family, as {@code 10.244.0.0/16} or {@code fd00:10:244::/64} (RFC 4632, RFC 4291); one
 * address is a range of its own.
 *
 * @param family IPv4 or IPv6
 * @param network the first address, as a number
 * @param length how many leading bits all addresses of the range share
 */
public record Cidr(Family family, BigInteger network, int length) {

    private static final Pattern UP_TO_999 = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");

    /** The two families of addresses. */
    public enum Family {
        IPV4(32),
        IPV6(128);

        private final int bits;

        Family(int bits) {
            this.bits = bits;
        }

        /** Bits of an address. */
        public int bits() {
            return bits;
        }
    }

    public Cidr {
        if (length < 0 || length > family.bits()) {
            throw new IllegalArgumentException(family + " has no ranges of length " + length);
        }
        network = first(family, network, length);
    }

    private static BigInteger first(Family family, BigInteger address, int length) {
        int free = family.bits() - length;
        return address.shiftRight(free).shiftLeft(free);
    }

    /**
     * The range that the text names: ADDRESS/LENGTH, or an address alone. Bits of the address beyond the length are passed
     * over, as Kubernetes does. Nothing where the text is none of this; names are never looked up.
     */
    public static Optional<Cidr> of(String text) {
        int slash = text.indexOf('/');
        Optional<Cidr> address = address(slash < 0 ? text : text.substring(0, slash));
        if (slash < 0) {
            return address;
        }
        String length = text.substring(slash + 1);
        return address.filter(single -> UP_TO_999.matcher(length).matches()
                        && Integer.parseInt(length) <= single.family().bits())
                .map(single -> new Cidr(single.family(), single.network(), Integer.parseInt(length)));
    }

    /** The range that one address is: 4 or 16 bytes in network order. */
    public static Cidr ofAddress(byte[] bytes) {
        Family family = bytes.length == 4 ? Family.IPV4 : Family.IPV6;
        return new Cidr(family, new BigInteger(1, bytes), family.bits());
    }

    private static Optional<Cidr> address(String text) {
        return text.indexOf(':') < 0 ? inet4(text) : inet6(text);
    }

    private static Optional<Cidr> inet4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        long address = 0;
        for (String part : parts) {
            // A leading zero means octal to some readers and nothing to others.
            if (!UP_TO_999.matcher(part).matches() || Integer.parseInt(part) > 255) {
                return Optional.empty();
            }
            address = address << 8 | Integer.parseInt(part);
        }
        return Optional.of(new Cidr(Family.IPV4, BigInteger.valueOf(address), Family.IPV4.bits()));
    }

    private static Optional<Cidr> inet6(String text) {
        int gap = text.indexOf("::");
        Optional<List<Integer>> before = groups(gap < 0 ? text : text.substring(0, gap), gap < 0);
        Optional<List<Integer>> after = groups(gap < 0 ? "" : text.substring(gap + 2), true);
        if (before.isEmpty() || after.isEmpty()) {
            return Optional.empty();
        }
        int missing = 8 - before.get().size() - after.get().size();
        if (gap < 0 ? missing != 0 : missing < 1) {
            return Optional.empty();
        }
        List<Integer> all = new ArrayList<>(before.get());
        for (int i = 0; i < missing; i++) {
            all.add(0);
        }
        all.addAll(after.get());
        BigInteger address = BigInteger.ZERO;
        for (int group : all) {
            address = address.shiftLeft(16).or(BigInteger.valueOf(group));
        }
        return Optional.of(new Cidr(Family.IPV6, address, Family.IPV6.bits()));
    }

    /** The groups of 16 bits in a part of an IPv6 address; the last two of the whole may be written as an IPv4 address. */
    private static Optional<List<Integer>> groups(String text, boolean isLast) {
        List<Integer> groups = new ArrayList<>();
        if (text.isEmpty()) {
            return Optional.of(groups);
        }
        String[] parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            Optional<Cidr> embedded = isLast && i == parts.length - 1 ? inet4(parts[i]) : Optional.empty();
            if (embedded.isPresent()) {
                int bits = embedded.get().network().intValue();
                groups.add(bits >>> 16);
                groups.add(bits & 0xffff);
            } else if (GROUP.matcher(parts[i]).matches()) {
                groups.add(HexFormat.fromHexDigits(parts[i]));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(groups);
    }

    /** Is every address of the other range in this one too? */
    public boolean contains(Cidr other) {
        return family == other.family()
                && length <= other.length()
                && network.equals(first(family, other.network(), length));
    }

    /** Is some address in both ranges? Of two ranges that share one, one holds the other. */
    public boolean overlaps(Cidr other) {
        return contains(other) || other.contains(this);
    }

    /** Is it a range of more than one address? */
    public boolean isNetwork() {
        return length < family.bits();
    }

    /** The first address, as RFC 5952 recommends: lower case, the longest run of two zero groups or more as {@code ::}. */
    public String address() {
        return family == Family.IPV4 ? dotted() : grouped();
    }

    private String dotted() {
        int bits = network.intValue();
        return (bits >>> 24) + "." + (bits >>> 16 & 0xff) + "." + (bits >>> 8 & 0xff) + "." + (bits & 0xff);
    }

    private String grouped() {
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = network.shiftRight(16 * (7 - i)).intValue() & 0xffff;
        }
        int from = -1;
        int length = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                from = i;
                length = end - i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == from) {
                text.append("::");
                i += length - 1;
            } else {
                if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    /** ADDRESS/LENGTH; an address alone where it is no more. */
    @Override
    public String toString() {
        return isNetwork() ? address() + "/" + length : address();
    }
}
