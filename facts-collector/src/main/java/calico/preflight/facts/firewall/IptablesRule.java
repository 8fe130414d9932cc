package calico.preflight.facts.firewall;

import calico.preflight.facts.Cidr;
import calico.preflight.facts.firewall.Condition.Side;
import calico.preflight.facts.firewall.Flow.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One rule of {@code iptables-save}: the options of iptables(8) and of the matches and targets of iptables-extensions(8)
 * that are modelled; any other match may hold or not, and after any other target all is open.
 */
final class IptablesRule {

    /**
     * Targets that change nothing about where the packet goes, or nothing that a later rule is understood to ask. CT is read
     * on its own.
     */
    private static final Set<String> PASSING = Set.of(
            "LOG",
            "NFLOG",
            "ULOG",
            "AUDIT",
            "TRACE",
            "TCPMSS",
            "TCPOPTSTRIP",
            "CHECKSUM",
            "CLASSIFY",
            "DSCP",
            "TOS",
            "TTL",
            "HL",
            "ECN",
            "SECMARK",
            "CONNSECMARK",
            "SET",
            "IDLETIMER",
            "RATEEST",
            "TEE",
            "LED");

    /** Matches that look for an extension header of IPv6. */
    private static final Set<String> OF_EXTENSION_HEADERS = Set.of("rt", "frag", "hbh", "dst", "mh");

    private static final Set<String> ENDS_OF_MATCH = Set.of("-m", "-j", "-g");

    private final List<Word> words;
    private final Set<String> chains;
    private final List<Condition> conditions = new ArrayList<>();
    private int at;

    private IptablesRule(List<Word> words, Set<String> chains) {
        this.words = words;
        this.chains = chains;
    }

    /** A word of the line; what was quoted is never an option. */
    private record Word(String text, boolean quoted) {
        boolean is(String option) {
            return !quoted && text.equals(option);
        }
    }

    /** A word that has no place here; the part of the rule that it is in is not modelled. */
    private static final class NotModelledException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /**
     * What the rule asks and does.
     *
     * @param chains the chains of its table, which its target may be
     */
    static List<Step> steps(String line, Set<String> chains) {
        return new IptablesRule(words(line), chains).read();
    }

    /** As xtables_save_string writes and iptables-restore reads them: quotes around, a backslash before quotes. */
    private static List<Word> words(String line) {
        List<Word> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean within = false;
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (within && c == '\\' && i + 1 < line.length()) {
                i++;
                word.append(line.charAt(i));
            } else if (c == '"') {
                within = !within;
                quoted = true;
            } else if (c == ' ' && !within) {
                if (quoted || !word.isEmpty()) {
                    words.add(new Word(word.toString(), quoted));
                }
                word.setLength(0);
                quoted = false;
            } else {
                word.append(c);
            }
        }
        if (quoted || !word.isEmpty()) {
            words.add(new Word(word.toString(), quoted));
        }
        return words;
    }

    private List<Step> read() {
        at = 2;
        Action action = new Action.Proceed();
        while (at < words.size()) {
            int start = at;
            boolean negated = words.get(at).is("!");
            if (negated) {
                at++;
            }
            try {
                String option = next();
                if (option.equals("-j")) {
                    action = target(next());
                    at = words.size();
                } else if (option.equals("-g")) {
                    action = new Action.Goto(next());
                    at = words.size();
                } else if (option.equals("-m")) {
                    match(next(), start);
                } else {
                    general(option, negated);
                }
            } catch (NotModelledException e) {
                at = Math.max(at, start + 1);
                conditions.add(new Condition.NotModelled(text(start, at)));
            }
        }
        return List.of(new Step.Test(new Condition.All(conditions)), new Step.Do(action));
    }

    private String text(int from, int to) {
        return String.join(
                " ",
                words.subList(from, Math.min(to, words.size())).stream()
                        .map(Word::text)
                        .toList());
    }

    private String next() throws NotModelledException {
        if (at >= words.size()) {
            throw new NotModelledException();
        }
        return words.get(at++).text();
    }

    private void general(String option, boolean negated) throws NotModelledException {
        switch (option) {
            case "-p" -> add(protocol(next()), negated);
            case "-s" -> add(address(Side.SOURCE, next()), negated);
            case "-d" -> add(address(Side.DESTINATION, next()), negated);
            case "-i" -> device(Way.IN, next(), negated);
            case "-o" -> device(Way.OUT, next(), negated);
            case "-4", "-6" -> {}
            default -> throw new NotModelledException();
        }
    }

    private void add(Condition condition, boolean negated) {
        conditions.add(negated ? new Condition.Not(condition) : condition);
    }

    private static Condition protocol(String name) throws NotModelledException {
        if (name.equals("all") || name.equals("0")) {
            return new Condition.Always();
        }
        return Condition.Protocol.number(Protocols.number(name).orElseThrow(NotModelledException::new));
    }

    private static Condition address(Side side, String text) throws NotModelledException {
        Cidr range = Cidr.of(text).orElseThrow(NotModelledException::new);
        return new Condition.Address(side, range);
    }

    private void device(Way way, String name, boolean negated) {
        boolean begins = name.endsWith("+");
        if (negated) {
            conditions.add(new Condition.HasDevice(way));
        }
        add(new Condition.Device(way, begins ? name.substring(0, name.length() - 1) : name, begins), negated);
    }

    /** One {@code -m MODULE} with its options, or as a whole something that is not modelled. */
    private void match(String module, int start) {
        int end = at;
        while (end < words.size() && ENDS_OF_MATCH.stream().noneMatch(words.get(end)::is)) {
            end++;
        }
        List<Condition> read = new ArrayList<>();
        try {
            while (at < end) {
                boolean negated = words.get(at).is("!");
                if (negated) {
                    at++;
                }
                String option = next();
                Condition condition = option(module, option, end);
                read.add(negated ? new Condition.Not(condition) : condition);
            }
            if (read.isEmpty() && !module.equals("tcp") && !module.equals("udp")) {
                throw new NotModelledException();
            }
            conditions.addAll(read);
        } catch (NotModelledException e) {
            conditions.add(new Condition.NotModelled(text(start, end)));
        }
        at = end;
    }

    private Condition option(String module, String option, int end) throws NotModelledException {
        if (OF_EXTENSION_HEADERS.contains(module)) {
            // Whatever is asked of one, and negated or not: without the header the match does not hold (ip6t_rt.c,
            // ...).
            at = end;
            return new Condition.ExtensionHeader();
        }
        if (module.equals("rpfilter") && option.equals("--invert")) {
            at = end;
            return new Condition.Not(new Condition.WayBack());
        }
        if (at >= end) {
            throw new NotModelledException();
        }
        return switch (module + " " + option) {
            case "comment --comment" -> {
                at++;
                yield new Condition.Always();
            }
            case "tcp --dport", "udp --dport" -> port(Side.DESTINATION, next());
            case "tcp --sport", "udp --sport" -> port(Side.SOURCE, next());
            case "multiport --dports" -> port(Side.DESTINATION, next());
            case "multiport --sports" -> port(Side.SOURCE, next());
            case "multiport --ports" -> port(Side.EITHER, next());
            case "tcp --tcp-flags" -> new Condition.TcpFlags(flags(next()), flags(next()));
            case "state --state", "conntrack --ctstate" -> states(next());
            case "conntrack --ctdir" -> direction(next());
            case "mark --mark" -> mark(next());
            case "addrtype --dst-type" -> types(Side.DESTINATION, next());
            case "addrtype --src-type" -> types(Side.SOURCE, next());
            case "set --match-set" -> set(next(), next());
            case "pkttype --pkt-type" -> new Condition.SentTo(Set.of(next()));
            default -> throw new NotModelledException();
        };
    }

    private static Condition port(Side side, String text) throws NotModelledException {
        List<Span> spans = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            int colon = part.indexOf(':');
            int from = number(colon < 0 ? part : part.substring(0, colon), 0);
            int to = colon < 0 ? from : number(part.substring(colon + 1), 65535);
            spans.add(new Span(from, to));
        }
        return new Condition.Port(side, spans);
    }

    private static int number(String text, int ifEmpty) throws NotModelledException {
        if (text.isEmpty()) {
            return ifEmpty;
        }
        if (!text.matches("[0-9]{1,5}")) {
            throw new NotModelledException();
        }
        return Integer.parseInt(text);
    }

    private static Set<String> flags(String text) {
        return switch (text) {
            case "NONE" -> Set.of();
            case "ALL" -> Set.of("FIN", "SYN", "RST", "PSH", "ACK", "URG");
            default -> Set.copyOf(List.of(text.split(",", -1)));
        };
    }

    private static Condition states(String text) throws NotModelledException {
        List<Condition> any = new ArrayList<>();
        for (String word : text.split(",", -1)) {
            switch (word) {
                case "NEW", "ESTABLISHED", "RELATED", "INVALID", "UNTRACKED" ->
                    any.add(new Condition.Tracked(Set.of(Packet.State.valueOf(word))));
                // After a rule that sends packets elsewhere nothing is decided any more, so here there was none.
                case "DNAT" -> {}
                default -> throw new NotModelledException();
            }
        }
        return new Condition.Any(any);
    }

    private static Condition direction(String text) throws NotModelledException {
        return switch (text) {
            case "ORIGINAL" -> new Condition.Answering(false);
            case "REPLY" -> new Condition.Answering(true);
            default -> throw new NotModelledException();
        };
    }

    private static Condition mark(String text) throws NotModelledException {
        long[] parts = masked(text);
        return new Condition.Marked(parts[0], parts[1]);
    }

    private static long[] masked(String text) throws NotModelledException {
        int slash = text.indexOf('/');
        try {
            long value = Long.decode(slash < 0 ? text : text.substring(0, slash));
            return new long[] {value, slash < 0 ? 0xffffffffL : Long.decode(text.substring(slash + 1))};
        } catch (NumberFormatException e) {
            throw new NotModelledException();
        }
    }

    private static Condition types(Side side, String text) {
        return new Condition.AddressType(side, Set.copyOf(List.of(text.split(",", -1))));
    }

    private static Condition set(String name, String flags) throws NotModelledException {
        if (Condition.OfNodes.isSet(name) && (flags.equals("src") || flags.equals("dst"))) {
            return new Condition.OfNodes(flags.equals("src") ? Side.SOURCE : Side.DESTINATION);
        }
        throw new NotModelledException();
    }

    private Action target(String name) {
        if (chains.contains(name)) {
            return new Action.Jump(name);
        }
        if (PASSING.contains(name)) {
            return new Action.Proceed();
        }
        return switch (name) {
            // Another source address changes nothing about what this host does with the packet.
            case "ACCEPT", "SNAT", "MASQUERADE" -> new Action.Accept();
            case "DROP", "REJECT" -> new Action.Drop();
            case "RETURN" -> new Action.Return();
            case "NOTRACK" -> new Action.NoTrack();
            case "CT" -> has("--notrack") ? new Action.NoTrack() : new Action.Proceed();
            case "CONNMARK" -> has("--restore-mark") ? new Action.LoseMark() : new Action.Proceed();
            case "MARK" -> setMark();
            default -> new Action.NotModelled("-j " + name);
        };
    }

    private boolean has(String option) {
        return words.subList(at, words.size()).stream().anyMatch(word -> word.is(option));
    }

    private Action setMark() {
        try {
            String option = next();
            long[] parts = masked(next());
            return switch (option) {
                case "--set-xmark" -> new Action.SetMark(parts[0], parts[1]);
                case "--set-mark" -> new Action.SetMark(parts[0], parts[0] | parts[1]);
                case "--and-mark" -> new Action.SetMark(0, ~parts[0] & 0xffffffffL);
                case "--or-mark" -> new Action.SetMark(parts[0], parts[0]);
                case "--xor-mark" -> new Action.SetMark(parts[0], 0);
                default -> new Action.LoseMark();
            };
        } catch (NotModelledException e) {
            return new Action.LoseMark();
        }
    }
}
