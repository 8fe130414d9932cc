package calico.preflight.facts.firewall;

import calico.preflight.facts.Cidr;
import calico.preflight.facts.firewall.Condition.Side;
import calico.preflight.facts.firewall.Flow.IpFamily;
import calico.preflight.facts.firewall.Flow.Way;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One rule of {@code nft -j}: the expressions and statements of libnftables-json(5) and nft(8) that are modelled; any other
 * comparison may hold or not, and after any other statement all is open.
 */
final class NftRule {

    private static final long ALL_BITS = 0xffffffffL;
    private static final String ANYTHING = "*";

    /** Statements that change nothing about where the packet goes, or nothing that a later rule is understood to ask. */
    private static final Set<String> PASSING = Set.of(
            "counter",
            "log",
            "comment",
            "ct helper",
            "ct timeout",
            "ct expectation",
            "secmark",
            "dup",
            "flow",
            "last",
            "continue");

    /** Statements that hold, as it were, only up to some measure. */
    private static final Set<String> MEASURING = Set.of("limit", "quota", "ct count", "meter", "set", "map");

    private final Map<String, JsonNode> sets;

    private NftRule(Map<String, JsonNode> sets) {
        this.sets = sets;
    }

    /** Something that has no place here. */
    private static final class NotModelledException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /**
     * What the rule asks and does.
     *
     * @param sets the sets and maps of its table by their names
     */
    static List<Step> steps(JsonNode expressions, Map<String, JsonNode> sets) {
        NftRule rule = new NftRule(sets);
        List<Step> steps = new ArrayList<>();
        for (JsonNode expression : expressions) {
            String name = name(expression);
            steps.add(rule.step(expression, name, expression.path(name)));
        }
        return steps;
    }

    private static String name(JsonNode object) {
        return object.isObject() && !object.isEmpty() ? object.fieldNames().next() : "";
    }

    private Step step(JsonNode expression, String name, JsonNode body) {
        if (name.equals("match")) {
            return new Step.Test(match(expression, body));
        } else if (name.equals("vmap")) {
            return choose(expression, body);
        } else if (name.equals("mangle")) {
            return new Step.Do(mangle(expression, body));
        } else if (PASSING.contains(name)) {
            return new Step.Do(new Action.Proceed());
        } else if (MEASURING.contains(name)) {
            return new Step.Test(new Condition.NotModelled(NftText.one(expression)));
        } else if (name.equals("xt") && body.path("type").asText().equals("match")) {
            return new Step.Test(
                    new Condition.NotModelled("the match " + body.path("name").asText() + " of iptables"));
        }
        return new Step.Do(action(expression));
    }

    private static Action action(JsonNode statement) {
        String name = name(statement);
        JsonNode body = statement.path(name);
        return switch (name) {
            // Another source address changes nothing about what this host does with the packet.
            case "accept", "masquerade", "snat" -> new Action.Accept();
            case "drop", "reject" -> new Action.Drop();
            case "return" -> new Action.Return();
            case "continue" -> new Action.Proceed();
            case "jump" -> new Action.Jump(body.path("target").asText());
            case "goto" -> new Action.Goto(body.path("target").asText());
            case "notrack" -> new Action.NoTrack();
            default -> new Action.NotModelled(NftText.one(statement));
        };
    }

    private static Action mangle(JsonNode statement, JsonNode body) {
        JsonNode key = body.path("key");
        String meta = key.path("meta").path("key").asText();
        if (meta.equals("mark")) {
            return setMark(body.path("value"));
        }
        // A ct mark, a priority, a trace: no condition that is modelled asks them.
        boolean passing = key.has("ct") || (key.has("meta") && !meta.equals("pkttype"));
        return passing ? new Action.Proceed() : new Action.NotModelled(NftText.one(statement));
    }

    private static Action setMark(JsonNode value) {
        if (value.isIntegralNumber()) {
            return new Action.SetMark(value.asLong(), ALL_BITS);
        }
        String operator = name(value);
        JsonNode operands = value.path(operator);
        boolean ofMark = operands.path(0).path("meta").path("key").asText().equals("mark")
                && operands.path(1).isIntegralNumber()
                && operands.size() == 2;
        if (!ofMark) {
            return new Action.LoseMark();
        }
        long number = operands.path(1).asLong();
        return switch (operator) {
            case "|" -> new Action.SetMark(number, number);
            case "&" -> new Action.SetMark(0, ~number & ALL_BITS);
            case "^" -> new Action.SetMark(number, 0);
            default -> new Action.LoseMark();
        };
    }

    private Step choose(JsonNode expression, JsonNode body) {
        try {
            JsonNode key = body.path("key");
            List<Step.Case> cases = new ArrayList<>();
            List<Step.Case> otherwise = new ArrayList<>();
            for (JsonNode entry : elements(body.path("data"))) {
                JsonNode wanted = unwrapped(entry.path(0));
                Action action = action(entry.path(1));
                if (wanted.asText().equals(ANYTHING)) {
                    otherwise.add(new Step.Case(presence(key), action));
                } else {
                    Condition equal = new Condition.All(List.of(presence(key), equal(key, wanted)));
                    cases.add(new Step.Case(equal, action));
                }
            }
            cases.addAll(otherwise);
            return new Step.Choose(cases);
        } catch (NotModelledException e) {
            return new Step.Do(new Action.NotModelled(NftText.one(expression)));
        }
    }

    /** The elements of a set or map, written here or named; those of one that changes by itself are not known. */
    private List<JsonNode> elements(JsonNode data) throws NotModelledException {
        JsonNode listed;
        if (data.has("set")) {
            listed = data.path("set");
        } else if (data.isTextual() && data.asText().startsWith("@")) {
            JsonNode set = sets.get(data.asText().substring(1));
            if (set == null
                    || set.has("timeout")
                    || set.path("flags").toString().matches(".*(dynamic|timeout).*")) {
                throw new NotModelledException();
            }
            listed = set.path("elem");
        } else {
            throw new NotModelledException();
        }
        List<JsonNode> elements = new ArrayList<>();
        if (listed.isArray()) {
            listed.forEach(elements::add);
        } else if (!listed.isMissingNode()) {
            elements.add(listed);
        }
        return elements;
    }

    private static JsonNode unwrapped(JsonNode element) throws NotModelledException {
        if (!element.has("elem")) {
            return element;
        }
        JsonNode inner = element.path("elem");
        if (inner.has("expires") || inner.has("timeout") || inner.has("limit")) {
            throw new NotModelledException();
        }
        return inner.path("val");
    }

    private Condition match(JsonNode expression, JsonNode body) {
        try {
            JsonNode left = body.path("left");
            JsonNode right = body.path("right");
            String operator = body.path("op").asText();
            Condition presence = presence(left);
            Condition comparison =
                    switch (operator) {
                        case "==" -> equal(left, right);
                        case "in" -> bits(left, right);
                        case "!=" -> new Condition.Not(different(left, right));
                        case "<", ">", "<=", ">=" -> ordered(left, operator, right);
                        default -> throw new NotModelledException();
                    };
            return new Condition.All(List.of(presence, comparison));
        } catch (NotModelledException e) {
            // What must be there for the comparison still decides: TCP is not asked of UDP.
            Condition open = new Condition.NotModelled(NftText.one(expression));
            return new Condition.All(List.of(presence(body.path("left")), open));
        }
    }

    /** What must be there for the comparison to be made; nft adds these conditions without showing them. */
    private static Condition presence(JsonNode left) {
        if (left.has("concat")) {
            List<Condition> all = new ArrayList<>();
            left.path("concat").forEach(part -> all.add(presence(part)));
            return new Condition.All(all);
        }
        if (left.has("&")) {
            return presence(left.path("&").path(0));
        }
        if (left.has("exthdr")) {
            return new Condition.ExtensionHeader();
        }
        String meta = left.path("meta").path("key").asText();
        if (meta.startsWith("iif")) {
            return new Condition.HasDevice(Way.IN);
        } else if (meta.startsWith("oif")) {
            return new Condition.HasDevice(Way.OUT);
        }
        return switch (left.path("payload").path("protocol").asText()) {
            case "tcp" -> Condition.Protocol.number(Flow.TCP);
            case "udp" -> Condition.Protocol.number(Flow.UDP);
            case "ip" -> new Condition.Family(IpFamily.IPV4);
            case "ip6" -> new Condition.Family(IpFamily.IPV6);
            case "icmp" -> Condition.Protocol.number(1);
            case "icmpv6" -> Condition.Protocol.number(58);
            case "igmp" -> Condition.Protocol.number(2);
            case "sctp" -> Condition.Protocol.number(132);
            case "dccp" -> Condition.Protocol.number(33);
            default -> new Condition.Always();
        };
    }

    /** A comparison that was written with {@code !=}, without it: of several states at once it is none of these. */
    private Condition different(JsonNode left, JsonNode right) throws NotModelledException {
        if (right.isArray() || right.has("|")) {
            throw new NotModelledException();
        }
        return equal(left, right);
    }

    private Condition equal(JsonNode left, JsonNode right) throws NotModelledException {
        Optional<Condition> ofNodes = ofNodes(left, right);
        if (ofNodes.isPresent()) {
            return ofNodes.get();
        }
        if (right.has("set") || (right.isTextual() && right.asText().startsWith("@"))) {
            List<Condition> any = new ArrayList<>();
            for (JsonNode element : elements(right)) {
                any.add(equal(left, unwrapped(element)));
            }
            return new Condition.Any(any);
        }
        if (left.has("concat")) {
            JsonNode keys = left.path("concat");
            JsonNode values = right.path("concat");
            if (keys.size() != values.size()) {
                throw new NotModelledException();
            }
            List<Condition> all = new ArrayList<>();
            for (int i = 0; i < keys.size(); i++) {
                all.add(equal(keys.get(i), values.get(i)));
            }
            return new Condition.All(all);
        }
        return switch (name(left)) {
            case "payload" -> payload(left.path("payload"), right);
            case "meta" -> meta(left.path("meta").path("key").asText(), right);
            case "ct" -> tracked(left.path("ct").path("key").asText(), right);
            case "fib" -> fib(left.path("fib"), right);
            case "&" -> masked(left.path("&"), right);
            default -> throw new NotModelledException();
        };
    }

    private static Optional<Condition> ofNodes(JsonNode left, JsonNode right) throws NotModelledException {
        JsonNode payload = left.path("payload");
        boolean address = payload.path("protocol").asText().matches("ip6?")
                && payload.path("field").asText().matches("[sd]addr");
        if (!address
                || !right.asText().startsWith("@")
                || !Condition.OfNodes.isSet(right.asText().substring(1))) {
            return Optional.empty();
        }
        return Optional.of(new Condition.OfNodes(side(payload.path("field").asText(), "saddr", "daddr")));
    }

    private static Condition payload(JsonNode payload, JsonNode right) throws NotModelledException {
        String field = payload.path("field").asText();
        return switch (payload.path("protocol").asText()) {
            case "tcp", "udp", "th" -> new Condition.Port(side(field, "sport", "dport"), List.of(span(right)));
            case "ip" -> field.equals("protocol") ? protocol(right) : address(side(field, "saddr", "daddr"), right);
            case "ip6" -> field.equals("nexthdr") ? protocol(right) : address(side(field, "saddr", "daddr"), right);
            default -> throw new NotModelledException();
        };
    }

    private static Side side(String field, String source, String destination) throws NotModelledException {
        if (field.equals(source)) {
            return Side.SOURCE;
        } else if (field.equals(destination)) {
            return Side.DESTINATION;
        }
        throw new NotModelledException();
    }

    private static Span span(JsonNode value) throws NotModelledException {
        JsonNode range = value.path("range");
        if (range.size() == 2) {
            return new Span(number(range.get(0)), number(range.get(1)));
        }
        return Span.of(number(value));
    }

    private static int number(JsonNode value) throws NotModelledException {
        if (!value.isInt()) {
            throw new NotModelledException();
        }
        return value.asInt();
    }

    private static Condition protocol(JsonNode value) throws NotModelledException {
        if (value.has("range")) {
            return new Condition.Protocol(List.of(span(value)));
        }
        return Condition.Protocol.number(Protocols.number(value.asText()).orElseThrow(NotModelledException::new));
    }

    private static Condition address(Side side, JsonNode value) throws NotModelledException {
        JsonNode prefix = value.path("prefix");
        String text = prefix.isObject()
                ? prefix.path("addr").asText() + "/" + prefix.path("len").asText()
                : value.asText();
        return new Condition.Address(side, Cidr.of(text).orElseThrow(NotModelledException::new));
    }

    private static Condition meta(String key, JsonNode value) throws NotModelledException {
        String text = value.asText();
        return switch (key) {
            case "l4proto" -> protocol(value);
            case "nfproto", "protocol" ->
                switch (text) {
                    case "ipv4", "ip" -> new Condition.Family(IpFamily.IPV4);
                    case "ipv6", "ip6" -> new Condition.Family(IpFamily.IPV6);
                    default -> throw new NotModelledException();
                };
            case "iif", "iifname" -> device(Way.IN, text);
            case "oif", "oifname" -> device(Way.OUT, text);
            case "mark" -> new Condition.Marked(integer(value), ALL_BITS);
            case "pkttype" -> new Condition.SentTo(Set.of(text));
            default -> throw new NotModelledException();
        };
    }

    private static long integer(JsonNode value) throws NotModelledException {
        if (!value.isIntegralNumber()) {
            throw new NotModelledException();
        }
        return value.asLong();
    }

    private static Condition device(Way way, String name) throws NotModelledException {
        if (name.isEmpty()) {
            throw new NotModelledException();
        }
        boolean begins = name.endsWith("*");
        return new Condition.Device(way, begins ? name.substring(0, name.length() - 1) : name, begins);
    }

    private static Condition tracked(String key, JsonNode value) throws NotModelledException {
        return switch (key) {
            case "state" -> states(value);
            case "direction" ->
                switch (value.asText()) {
                    case "original", "0" -> new Condition.Answering(false);
                    case "reply", "1" -> new Condition.Answering(true);
                    default -> throw new NotModelledException();
                };
            default -> throw new NotModelledException();
        };
    }

    private static Condition states(JsonNode value) throws NotModelledException {
        Set<Packet.State> states = new HashSet<>();
        for (JsonNode word : listed(value)) {
            switch (word.asText()) {
                case "new", "established", "related", "invalid", "untracked" ->
                    states.add(Packet.State.valueOf(word.asText().toUpperCase(Locale.ROOT)));
                default -> throw new NotModelledException();
            }
        }
        return new Condition.Tracked(states);
    }

    /** Several bits, as a list or joined by {@code |}. */
    private static List<JsonNode> listed(JsonNode value) {
        List<JsonNode> words = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(words::add);
        } else if (value.has("|")) {
            value.path("|").forEach(part -> words.addAll(listed(part)));
        } else {
            words.add(value);
        }
        return words;
    }

    private static Condition fib(JsonNode fib, JsonNode value) throws NotModelledException {
        JsonNode flags = fib.path("flags");
        String flag = flags.isArray() && flags.size() == 1 ? flags.get(0).asText() : flags.asText();
        if (fib.path("result").asText().equals("oif") && flags.toString().contains("\"saddr\"")) {
            boolean missing = value.asText().equals("false") || value.asText().equals("0");
            if (!missing && !value.asText().equals("true")) {
                throw new NotModelledException();
            }
            return missing ? new Condition.Not(new Condition.WayBack()) : new Condition.WayBack();
        }
        if (!fib.path("result").asText().equals("type")) {
            throw new NotModelledException();
        }
        return new Condition.AddressType(
                side(flag, "saddr", "daddr"), Set.of(value.asText().toUpperCase(Locale.ROOT)));
    }

    /** A comparison of some bits: of the mark, or of the TCP flags. */
    private static Condition masked(JsonNode operands, JsonNode value) throws NotModelledException {
        JsonNode key = operands.path(0);
        if (key.path("meta").path("key").asText().equals("mark")) {
            return new Condition.Marked(integer(value), integer(operands.path(1)));
        }
        if (!isTcpFlags(key)) {
            throw new NotModelledException();
        }
        boolean none = value.isInt() && value.asInt() == 0;
        return new Condition.TcpFlags(flags(operands.path(1)), none ? Set.of() : flags(value));
    }

    private static boolean isTcpFlags(JsonNode key) {
        return key.path("payload").path("protocol").asText().equals("tcp")
                && key.path("payload").path("field").asText().equals("flags");
    }

    private static Set<String> flags(JsonNode value) throws NotModelledException {
        Set<String> flags = new HashSet<>();
        for (JsonNode word : listed(value)) {
            if (!word.isTextual()) {
                throw new NotModelledException();
            }
            flags.add(
                    switch (word.asText()) {
                        case "cwr" -> "CWR";
                        case "ecn" -> "ECE";
                        default -> word.asText().toUpperCase(Locale.ROOT);
                    });
        }
        return flags;
    }

    /** One of these bits is set. */
    private static Condition bits(JsonNode left, JsonNode right) throws NotModelledException {
        if (left.path("ct").path("key").asText().equals("state")) {
            return states(right);
        }
        if (left.path("ct").path("key").asText().equals("status")
                && right.asText().equals("dnat")) {
            // After a rule that sends packets elsewhere nothing is decided any more, so here there was none.
            return new Condition.Any(List.of());
        }
        if (!isTcpFlags(left)) {
            throw new NotModelledException();
        }
        List<Condition> any = new ArrayList<>();
        for (String flag : flags(right)) {
            any.add(new Condition.TcpFlags(Set.of(flag), Set.of(flag)));
        }
        return new Condition.Any(any);
    }

    private static Condition ordered(JsonNode left, String operator, JsonNode right) throws NotModelledException {
        JsonNode payload = left.path("payload");
        int number = number(right);
        Span span =
                switch (operator) {
                    case "<" -> new Span(0, number - 1);
                    case "<=" -> new Span(0, number);
                    case ">" -> new Span(number + 1, 65535);
                    default -> new Span(number, 65535);
                };
        String field = payload.path("field").asText();
        return switch (payload.path("protocol").asText()) {
            case "tcp", "udp", "th" -> new Condition.Port(side(field, "sport", "dport"), List.of(span));
            default -> throw new NotModelledException();
        };
    }
}
