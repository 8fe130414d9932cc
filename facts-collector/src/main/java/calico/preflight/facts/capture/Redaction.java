package calico.preflight.facts.capture;

import calico.preflight.facts.Cidr;
import calico.preflight.facts.Cidr.Family;
import calico.preflight.facts.capture.Capture.Manifest;
import calico.preflight.facts.parse.ElfMachine;
import calico.preflight.facts.parse.TextLines;
import calico.preflight.facts.remote.SshAddress;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces the addresses, host names and user names in a capture, each by the same one wherever it stands, so that
 * captures can be shown to others and give the same verdicts. The key is thrown away with this object.
 *
 * <p>Names of interfaces, packages, programs and files stay, and so does what Calico's own documents name.
 */
public final class Redaction {

    private static final int KEY_BYTES = 32;

    /** Of the kernel and of packages: with versions that look like addresses, and without addresses. */
    private static final List<String> WITHOUT_ADDRESSES = List.of(
            "/lib/modules/",
            "/usr/lib/modules/",
            "/boot/",
            "/proc/config.gz",
            "/proc/version",
            "/proc/modules",
            "/proc/cpuinfo",
            "/proc/filesystems",
            "/proc/meminfo",
            "/var/lib/dpkg/",
            "/lib/apk/",
            "/usr/lib/apk/",
            "/etc/os-release",
            "/usr/lib/os-release",
            "/sys/devices/",
            "/sys/class/dmi/");

    private static final Set<String> COMMANDS_WITH_ADDRESSES = Set.of(
            "nft-ruleset",
            "iptables-legacy-save",
            "ip6tables-legacy-save",
            "iptables-save",
            "ip6tables-save",
            "iptables-nft-save",
            "ip6tables-nft-save");

    private static final Pattern SOCKET_TABLE = Pattern.compile("/proc/(?:1/)?net/(?:tcp|udp)6?");
    private static final Pattern SOCKET = Pattern.compile("\\b([0-9A-F]{32}|[0-9A-F]{8})(?=:[0-9A-F]{4}\\b)");
    private static final Pattern ROUTE = Pattern.compile(
            "(?m)^(\\S+\\t)([0-9A-F]{8})\\t([0-9A-F]{8})(\\t\\S+\\t\\S+\\t\\S+\\t\\S+\\t)([0-9A-F]{8})");
    private static final Pattern ROUTE6 =
            Pattern.compile("(?m)^([0-9a-f]{32}) ([0-9a-f]{2}) ([0-9a-f]{32}) ([0-9a-f]{2}) ([0-9a-f]{32})");
    private static final Pattern ADDRESS6 = Pattern.compile("(?m)^([0-9a-f]{32})(?= )");
    private static final Pattern MAC =
            Pattern.compile("(?<![0-9A-Fa-f:.])(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}(?![0-9A-Fa-f:])");
    /** An address, and the length of a network where one follows: by a slash, in fib_trie, or in the JSON of nft. */
    private static final Pattern INET = Pattern.compile("(?<![0-9A-Za-z.:_-])("
            + "[0-9]{1,3}(?:\\.[0-9]{1,3}){3}"
            + "|(?=[0-9A-Fa-f]*:[0-9A-Fa-f]*:)[0-9A-Fa-f:]{2,39}(?:\\.[0-9]{1,3}){0,3})(?![0-9A-Za-z_]|\\.[0-9])"
            + "((?:\\s*/|\", ?\"len\": ?)([0-9]{1,3})(?![0-9.]))?");

    private static final Pattern HOST_OF_ADDRESS =
            Pattern.compile("(?<=://|://\\[masked]@)(?=[A-Za-z0-9.-]*[A-Za-z])[A-Za-z0-9][A-Za-z0-9.-]*");
    private static final Pattern HOST_OF_MOUNT = Pattern.compile("(?m)^(?=[A-Za-z0-9.-]*[A-Za-z])[A-Za-z0-9.-]+(?=:/)");
    private static final Pattern HOST_OF_FLAG = Pattern.compile(
            "(?<=hostname-override[=\\x00 ]|node-name[=\\x00 ]|NODENAME=|FELIX_FELIXHOSTNAME=|KUBERNETES_NODE_NAME=)[^\\s\\x00\"']+");
    private static final Pattern USER = Pattern.compile("(?<=/home/|/Users/)[A-Za-z0-9_][A-Za-z0-9_.-]*");

    private static final Set<String> COMMON_NAMES = Set.of("localhost", "localhost.localdomain", "unknown");

    private final AddressCipher cipher;

    private Redaction(AddressCipher cipher) {
        this.cipher = cipher;
    }

    /** With a key that nobody knows. */
    public static Redaction withRandomKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return withKey(key);
    }

    /** With this key, of which the same makes the same of the same. */
    public static Redaction withKey(byte[] key) {
        return new Redaction(new AddressCipher(key));
    }

    /** The capture with other addresses and names. */
    public Capture of(Capture capture) {
        Set<String> names = hostNames(capture);
        boolean bigEndian =
                ElfMachine.isBigEndian(text(capture, "/proc/sys/kernel/arch").strip());
        Map<String, byte[]> files = new TreeMap<>();
        capture.files().forEach((path, content) -> files.put(path, file(path, content, names, bigEndian)));
        Map<String, byte[]> commands = new TreeMap<>();
        capture.commands()
                .forEach((label, output) -> commands.put(
                        label,
                        COMMANDS_WITH_ADDRESSES.contains(label)
                                ? changed(output, text -> words(text, names))
                                : output));
        Manifest manifest = capture.manifest();
        String source = manifest.source().startsWith(SshAddress.SCHEME)
                ? SshAddress.SCHEME + hostName(manifest.source())
                : manifest.source();
        return new Capture(
                new Manifest(manifest.tool(), hostName(manifest.host()), source, manifest.collectedAt(), true),
                capture.index(),
                files,
                commands);
    }

    private static Set<String> hostNames(Capture capture) {
        // the long name before the short one that it begins with
        Set<String> names = new TreeSet<>(
                Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        for (String name : List.of(
                capture.manifest().host(),
                TextLines.first(text(capture, "/proc/sys/kernel/hostname")),
                TextLines.first(text(capture, "/etc/hostname")))) {
            names.add(name);
            names.add(name.replaceFirst("\\..*", ""));
        }
        names.removeIf(name -> name.isEmpty() || COMMON_NAMES.contains(name));
        return names;
    }

    private static String text(Capture capture, String path) {
        return Optional.ofNullable(capture.files().get(path))
                .map(TextLines::decode)
                .orElse("");
    }

    private byte[] file(String path, byte[] content, Set<String> names, boolean bigEndian) {
        if (WITHOUT_ADDRESSES.stream().anyMatch(path::startsWith) || isPacked(content)) {
            return content;
        }
        if (SOCKET_TABLE.matcher(path).matches()) {
            return changed(content, text -> SOCKET.matcher(text).replaceAll(found -> words(found.group(), bigEndian)));
        }
        return switch (path.replaceFirst("^/proc/1/", "/proc/")) {
            case "/proc/net/route" ->
                changed(content, text -> ROUTE.matcher(text).replaceAll(found -> route(found, bigEndian)));
            case "/proc/net/ipv6_route" ->
                changed(content, text -> ROUTE6.matcher(text).replaceAll(this::route6));
            case "/proc/net/if_inet6" ->
                changed(content, text -> ADDRESS6.matcher(text).replaceAll(found -> hex(found.group(), 128)));
            case "/proc/sys/kernel/hostname", "/etc/hostname" ->
                changed(content, text -> hostName(TextLines.first(text)) + "\n");
            default ->
                (path.startsWith("/sys/") && !path.endsWith("/address")) || path.startsWith("/proc/sys/")
                        ? content
                        : changed(content, text -> words(text, names));
        };
    }

    private static boolean isPacked(byte[] content) {
        return content.length > 3
                && ((content[0] == 0x1f && content[1] == (byte) 0x8b)
                        || (content[0] == 0x7f && content[1] == 'E' && content[2] == 'L'));
    }

    /** Bytes that are no UTF-8 come back as they were: each is a character of its own here. */
    private static byte[] changed(byte[] content, Function<String, String> change) {
        return change.apply(new String(content, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1);
    }

    private String words(String text, Set<String> names) {
        String changed = HOST_OF_ADDRESS.matcher(text).replaceAll(found -> hostName(found.group()));
        changed = HOST_OF_MOUNT.matcher(changed).replaceAll(found -> hostName(found.group()));
        changed = HOST_OF_FLAG.matcher(changed).replaceAll(found -> hostName(found.group()));
        changed = USER.matcher(changed).replaceAll(found -> "user-" + shortDigest("user " + found.group()));
        for (String name : names) {
            changed = Pattern.compile(
                            "(?<![A-Za-z0-9_./-])" + Pattern.quote(name) + "(?![A-Za-z0-9_/-]|\\.[A-Za-z0-9])")
                    .matcher(changed)
                    .replaceAll(found -> hostName(found.group()));
        }
        return addresses(changed);
    }

    private String addresses(String text) {
        String changed = MAC.matcher(text).replaceAll(found -> mac(found.group()));
        return INET.matcher(changed).replaceAll(found -> Matcher.quoteReplacement(address(found)));
    }

    private String address(MatchResult found) {
        String length = Optional.ofNullable(found.group(3)).orElse("");
        Optional<Cidr> whole = Cidr.of(found.group(1));
        if (whole.isEmpty()) {
            return found.group();
        }
        // an address of a host with the length of its network keeps bits of its own
        Cidr range = (length.isEmpty() ? whole : Cidr.of(found.group(1) + "/" + length))
                .filter(network -> network.network().equals(whole.get().network()))
                .orElse(whole.get());
        return cipher.of(range).address() + Optional.ofNullable(found.group(2)).orElse("");
    }

    /** Numbers of 32 bits in the byte order of the host, one for IPv4 and four for IPv6. */
    private String words(String hex, boolean bigEndian) {
        String network = reordered(hex, bigEndian);
        return reordered(hex(network, network.length() * 4), bigEndian).toUpperCase(Locale.ROOT);
    }

    private static String reordered(String hex, boolean bigEndian) {
        if (bigEndian) {
            return hex;
        }
        StringBuilder other = new StringBuilder();
        for (int word = 0; word < hex.length(); word += 8) {
            for (int octet = 6; octet >= 0; octet -= 2) {
                other.append(hex, word + octet, word + octet + 2);
            }
        }
        return other.toString();
    }

    private String route(MatchResult found, boolean bigEndian) {
        String mask = reordered(found.group(5), bigEndian);
        int length = new BigInteger(mask, 16).bitCount();
        String destination = reordered(hex(reordered(found.group(2), bigEndian), length), bigEndian);
        return found.group(1) + destination.toUpperCase(Locale.ROOT) + "\t" + words(found.group(3), bigEndian)
                + found.group(4) + found.group(5);
    }

    private String route6(MatchResult found) {
        return hex(found.group(1), Integer.parseInt(found.group(2), 16)) + " " + found.group(2) + " "
                + hex(found.group(3), Integer.parseInt(found.group(4), 16)) + " " + found.group(4) + " "
                + hex(found.group(5), Family.IPV6.bits());
    }

    /** An address in network order as hexadecimal digits, or a network of that length. */
    private String hex(String digits, int length) {
        Family family = digits.length() == 8 ? Family.IPV4 : Family.IPV6;
        BigInteger number = new BigInteger(digits, 16);
        Cidr range = new Cidr(family, number, Math.min(length, family.bits()));
        Cidr whole = new Cidr(family, number, family.bits());
        BigInteger replaced =
                cipher.of(range.network().equals(number) ? range : whole).network();
        String text = replaced.toString(16);
        return "0".repeat(digits.length() - text.length()) + text;
    }

    /** The first three bytes, which tell the maker, stay; and so do addresses that mean something. */
    private String mac(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.equals("00:00:00:00:00:00")
                || lower.equals("ff:ff:ff:ff:ff:ff")
                || lower.equals("ee:ee:ee:ee:ee:ee")) {
            return text;
        }
        byte[] digest = cipher.digest("mac " + lower);
        return lower.substring(0, 9) + HexFormat.ofDelimiter(":").formatHex(digest, 0, 3);
    }

    private String hostName(String name) {
        String host = name.strip();
        return host.isEmpty() || COMMON_NAMES.contains(host) || Cidr.of(host).isPresent()
                ? host
                : "host-" + shortDigest("host " + host.toLowerCase(Locale.ROOT).replaceFirst("\\..*", ""));
    }

    private String shortDigest(String text) {
        return HexFormat.of().formatHex(cipher.digest(text), 0, 5);
    }
}
