package calico.preflight.facts.firewall;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Rule sets drawn at random, for {@link FirewallDifferentialTest}; the same seed draws the same rules. */
final class GeneratedRules {

    private final Random random;
    private final boolean strange;

    /** @param strange also things that the model does not decide: addresses, lengths, limits */
    GeneratedRules(long seed, boolean strange) {
        this.random = new Random(seed);
        this.strange = strange;
    }

    private String one(String... of) {
        return of[random.nextInt(of.length)];
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String port() {
        return one("22", "80", "179", "2379", "5473", "6443", "53", "4789", "8472", "51820", "51821");
    }

    // ---- iptables ----

    /** The input of iptables-restore. */
    String iptables() {
        List<String> lines = new ArrayList<>();
        boolean raw = chance(15);
        lines.add("*raw");
        lines.add(":PREROUTING ACCEPT [0:0]");
        lines.add(":OUTPUT ACCEPT [0:0]");
        if (raw) {
            lines.add("-A PREROUTING " + iptablesMatch(false) + one("-j NOTRACK", "-j DROP", "-j ACCEPT"));
        }
        lines.add("COMMIT");
        lines.add("*filter");
        lines.add(":INPUT " + one("ACCEPT", "DROP") + " [0:0]");
        lines.add(":OUTPUT " + one("ACCEPT", "ACCEPT", "DROP") + " [0:0]");
        lines.add(":C1 - [0:0]");
        lines.add(":C2 - [0:0]");
        for (String chain : List.of("INPUT", "OUTPUT")) {
            if (chance(70)) {
                lines.add("-A " + chain + " -m " + one("conntrack --ctstate", "state --state")
                        + " RELATED,ESTABLISHED -j ACCEPT");
            }
        }
        for (int i = 4 + random.nextInt(10); i > 0; i--) {
            String chain = one("INPUT", "INPUT", "OUTPUT", "C1", "C2");
            lines.add("-A " + chain + " " + iptablesMatch(true) + iptablesTarget(chain));
        }
        lines.add("COMMIT");
        return String.join("\n", lines) + "\n";
    }

    /** The input of ip6tables-restore. */
    String ip6tables() {
        return iptables()
                .replace("10.0.0.0/8", "fd00::/8")
                .replace("10.99.0.0/24", "fd99::/64")
                .replace("192.168.0.0/16", "2001:db8::/32")
                .replace("-p icmp", "-p ipv6-icmp")
                .replace("ipencap", "ipv6")
                .replace("--dst-type BROADCAST", "--dst-type ANYCAST")
                .replace("-m ttl --ttl-gt", "-m hl --hl-gt");
    }

    private String iptablesMatch(boolean tracked) {
        StringBuilder match = new StringBuilder();
        int kind = random.nextInt(8);
        if (strange && chance(15)) {
            match.append(one("-s 10.0.0.0/8 ", "! -s 10.99.0.0/24 ", "-d 192.168.0.0/16 "));
        }
        String not = chance(20) ? "! " : "";
        switch (kind) {
            case 0, 1 -> match.append("-p " + one("tcp", "udp"));
            case 2 -> match.append(not + "-p " + one("tcp", "udp", "4", "ipencap", "icmp", "132"));
            default -> {}
        }
        if (kind < 2) {
            String protocol = match.toString().strip().endsWith("tcp") ? "tcp" : "udp";
            match.append(
                    switch (random.nextInt(5)) {
                        case 0 -> " -m " + protocol + " " + not + "--dport " + port();
                        case 1 ->
                            " -m " + protocol + " " + not + "--dport " + one("1:1023", "4000:6000", "170:", ":5000");
                        case 2 ->
                            " -m multiport " + not + "--dports " + port() + "," + port() + ","
                                    + one("1:100", "50000:60000");
                        case 3 ->
                            protocol.equals("tcp")
                                    ? " -m tcp " + not + "--tcp-flags "
                                            + one(
                                                    "FIN,SYN,RST,ACK SYN",
                                                    "SYN,ACK ACK",
                                                    "SYN SYN",
                                                    "ALL NONE",
                                                    "SYN,FIN SYN,FIN")
                                    : " -m udp --sport " + one("1024:65535", "1:1023");
                        default -> " -m " + protocol + " " + not + "--sport " + port();
                    });
        }
        if (chance(20)) {
            match.append(" -m conntrack " + one("", "! ") + "--ctstate "
                    + one("NEW", "INVALID", "ESTABLISHED", "NEW,ESTABLISHED", "UNTRACKED", "RELATED"));
        }
        if (tracked && chance(12)) {
            match.append(" -m mark " + one("", "! ") + "--mark " + one("0x1/0x1", "0x3/0x3", "0x2", "0x0/0xf"));
        }
        if (chance(8)) {
            match.append(" -m addrtype " + one("", "! ") + "--dst-type "
                    + one("LOCAL", "UNICAST", "MULTICAST", "BROADCAST"));
        }
        if (chance(10)) {
            match.append(" -m comment --comment \"a \\\"quoted\\\" -j DROP\"");
        }
        if (strange && chance(15)) {
            match.append(" -m "
                    + one(
                            "length --length 0:65535",
                            "ttl --ttl-gt 70",
                            "limit --limit 10000/sec",
                            "length --length 1:20"));
        }
        return match.append(' ').toString();
    }

    private String iptablesTarget(String chain) {
        boolean in = chain.equals("INPUT");
        String device = chain.startsWith("C") || chance(70)
                ? ""
                : one("", "! ") + (in ? "-i " : "-o ") + one("lo", "uplink9", "eth+", "upl+", "eth0") + " ";
        String next = chain.equals("C1") ? "C2" : one("C1", "C2");
        String jump = chain.equals("C2") ? "-j RETURN" : one("-j ", "-g ") + next;
        return device
                + one(
                        "-j ACCEPT",
                        "-j ACCEPT",
                        "-j DROP",
                        "-j REJECT",
                        "-j RETURN",
                        jump,
                        jump,
                        "-j MARK --set-xmark " + one("0x1/0x1", "0x3/0xff", "0x2/0xffffffff", "0x0/0x1"));
    }

    // ---- nft ----

    /** The input of nft -f. */
    String nft() {
        List<String> lines = new ArrayList<>();
        String family = one("inet", "inet", "ip", "ip6");
        lines.add("table " + family + " f {");
        lines.add("set s { type inet_service; flags interval; elements = { " + port() + ", 60-100, 5000-6000 }; }");
        lines.add("chain c2 {");
        nftRules(lines, "c2", random.nextInt(4));
        lines.add("}");
        lines.add("chain c1 {");
        nftRules(lines, "c1", random.nextInt(4));
        lines.add("}");
        lines.add("map v { type inet_service : verdict; elements = { 179 : "
                + one("accept", "drop", "jump c1", "goto c2") + ", 80 : drop }; }");
        if (chance(20)) {
            lines.add("chain pre {");
            lines.add("type filter hook prerouting priority " + one("-300", "-150") + "; policy accept;");
            lines.add(nftMatch() + one(" notrack", " drop", " accept", " mark set 1"));
            lines.add("}");
        }
        for (String hook : List.of("input", "output")) {
            lines.add("chain " + hook + " {");
            lines.add("type filter hook " + hook + " priority 0; policy " + one("accept", "accept", "drop") + ";");
            if (chance(70)) {
                lines.add(one(
                        "ct state established,related accept",
                        "ct state vmap { established : accept, related : accept, invalid : drop }"));
            }
            nftRules(lines, hook, 3 + random.nextInt(5));
            lines.add("}");
        }
        if (chance(20)) {
            lines.add("chain later {");
            lines.add("type filter hook input priority 10; policy accept;");
            nftRules(lines, "later", 2);
            lines.add("}");
        }
        lines.add("}");
        return String.join("\n", lines) + "\n";
    }

    private void nftRules(List<String> lines, String chain, int number) {
        for (int i = 0; i < number; i++) {
            String next = chain.equals("c1") ? "c2" : one("c1", "c2");
            String jump = chain.equals("c2") ? "return" : one("jump ", "goto ") + next;
            boolean map = !chain.startsWith("c") && chance(12);
            lines.add(
                    map
                            ? one(
                                    "tcp dport vmap @v",
                                    "tcp dport vmap { 1-100 : drop, 179 : accept, 6443 : jump c1 }",
                                    "meta l4proto . th dport vmap { tcp . 179 : accept, udp . 4789 : drop }",
                                    "ip protocol vmap { tcp : goto c1, udp : accept, 4 : drop }")
                            : nftMatch() + " counter "
                                    + one(
                                            "accept",
                                            "accept",
                                            "drop",
                                            "reject",
                                            "return",
                                            jump,
                                            "mark set " + one("1", "mark or 2", "mark and 1", "mark xor 3")));
        }
    }

    private String nftMatch() {
        String not = one("", "", "!= ");
        if (strange && chance(20)) {
            return one(
                    "ip saddr 10.0.0.0/8",
                    "ip saddr != 10.99.0.0/24",
                    "ip length > 20",
                    "limit rate 10000/second",
                    "ip ttl < 70");
        }
        return switch (random.nextInt(13)) {
            case 0 -> "tcp dport " + not + port();
            case 1 -> "udp dport " + not + "{ " + port() + ", 4000-5000 }";
            case 2 -> "tcp dport " + not + "@s";
            case 3 -> "meta l4proto " + not + one("tcp", "udp", "4", "{ tcp, 4 }");
            case 4 ->
                "ct state " + one("new", "new,untracked", "invalid", "!= new", "{ new, established }", "untracked");
            case 5 -> one("iifname ", "oifname ") + not + one("\"lo\"", "\"uplink9\"", "\"eth*\"", "\"upl*\"");
            case 6 -> "tcp flags & (fin|syn|rst|ack) == " + one("syn", "ack", "syn | ack");
            case 7 -> "mark and " + one("1 == 1", "3 == 2", "1 == 0");
            case 8 -> "fib daddr type " + not + one("local", "unicast", "multicast");
            case 9 -> "tcp dport " + one("< 200", ">= 5000", "> 6442");
            case 10 -> one("meta nfproto ipv4", "meta nfproto ipv6", "ip6 nexthdr tcp", "meta protocol ip6");
            case 11 -> "tcp sport " + not + one("1024-65535", "22");
            default -> "ip protocol " + not + one("tcp", "udp", "4");
        };
    }
}
