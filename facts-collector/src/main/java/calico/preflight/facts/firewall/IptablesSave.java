package calico.preflight.facts.firewall;

import calico.preflight.facts.firewall.Chain.Rule;
import calico.preflight.facts.firewall.Flow.IpFamily;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code iptables-save} and {@code ip6tables-save} print (iptables-save(8)), of either variant, with or without
 * counters.
 */
final class IptablesSave {

    /** Where the tables hook in, and in which order (enum nf_ip_hook_priorities in netfilter_ipv4.h). */
    private static final Map<String, Integer> PRIORITIES =
            Map.of("raw", -300, "mangle", -150, "nat", -100, "filter", 0, "security", 50);

    private static final int SOURCE_NAT = 100;

    private final String tool;
    private final IpFamily family;
    private final List<Table> tables = new ArrayList<>();
    private final Map<String, String> policies = new LinkedHashMap<>();
    private final Map<String, List<String>> rules = new LinkedHashMap<>();
    private Optional<String> table = Optional.empty();

    private IptablesSave(String tool, IpFamily family) {
        this.tool = tool;
        this.family = family;
    }

    /**
     * The tables in a listing.
     *
     * @param tool how reports name where it comes from
     * @throws MalformedRulesException where a line is none of such a listing, or the end of a table is missing
     */
    static List<Table> parse(String tool, IpFamily family, List<String> lines) throws MalformedRulesException {
        IptablesSave listing = new IptablesSave(tool, family);
        for (String line : lines) {
            listing.line(line.strip());
        }
        if (listing.table.isPresent()) {
            throw new MalformedRulesException("the table " + listing.table.get() + " does not end");
        }
        return listing.tables;
    }

    private void line(String line) throws MalformedRulesException {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        if (line.startsWith("*")) {
            if (table.isPresent()) {
                throw new MalformedRulesException("the table " + table.get() + " does not end");
            }
            table = Optional.of(line.substring(1));
        } else if (table.isEmpty()) {
            throw notOne(line);
        } else if (line.startsWith(":")) {
            String[] words = line.substring(1).split(" ", -1);
            if (words.length < 2) {
                throw notOne(line);
            }
            policies.put(words[0], words[1]);
            rules.put(words[0], new ArrayList<>());
        } else if (line.equals("COMMIT")) {
            tables.add(commit(table.get()));
            table = Optional.empty();
            policies.clear();
            rules.clear();
        } else {
            String rule =
                    line.startsWith("[") ? line.substring(line.indexOf(']') + 1).strip() : line;
            String[] words = rule.split(" ", 3);
            if (words.length < 2 || !words[0].equals("-A") || !rules.containsKey(words[1])) {
                throw notOne(line);
            }
            rules.get(words[1]).add(rule);
        }
    }

    private static MalformedRulesException notOne(String line) {
        String shown = line.length() > 60 ? line.substring(0, 60) + "..." : line;
        return new MalformedRulesException("not a line of iptables-save: " + shown);
    }

    private Table commit(String name) {
        Map<String, Chain> chains = new LinkedHashMap<>();
        rules.forEach((chain, lines) -> {
            List<Rule> read = lines.stream()
                    .map(line -> new Rule(IptablesRule.steps(line, rules.keySet()), line))
                    .toList();
            String policy = policies.getOrDefault(chain, "-");
            Optional<Hook> hook = policy.equals("-") ? Optional.empty() : hook(name, chain);
            chains.put(chain, new Chain(chain, hook, !policy.equals("DROP"), read));
        });
        return new Table(tool, name, Set.of(family), chains);
    }

    private static Optional<Hook> hook(String table, String chain) {
        boolean nat = table.equals("nat");
        boolean source = nat && (chain.equals("INPUT") || chain.equals("POSTROUTING"));
        int priority = source ? SOURCE_NAT : PRIORITIES.getOrDefault(table, 0);
        return Hook.Point.named(chain).map(point -> new Hook(point, priority, nat, true));
    }
}
