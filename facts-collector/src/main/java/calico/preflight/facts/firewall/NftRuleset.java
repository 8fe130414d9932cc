package calico.preflight.facts.firewall;

import calico.preflight.facts.firewall.Chain.Rule;
import calico.preflight.facts.firewall.Flow.IpFamily;
import calico.preflight.facts.parse.JsonTree;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code nft -j list ruleset} prints (libnftables-json(5)), as one JSON object a line: a table, chain, rule, set, ...
 *
 * <p>In the rules that iptables made there, nft shows the extensions of iptables by no more than their names; such a rule is
 * taken from what {@code iptables-nft-save} prints, where that was asked and has as many rules in that chain.
 */
final class NftRuleset {

    private static final String TOOL = "nft";

    private final Map<TableName, Content> content = new LinkedHashMap<>();
    private final Map<IpFamily, List<Table>> iptables;

    private NftRuleset(Map<IpFamily, List<Table>> iptables) {
        this.iptables = iptables;
    }

    private record TableName(String family, String name) {}

    private static final class Content {
        private final Map<String, JsonNode> chains = new LinkedHashMap<>();
        private final Map<String, List<JsonNode>> rules = new LinkedHashMap<>();
        private final Map<String, JsonNode> sets = new LinkedHashMap<>();
    }

    /**
     * The tables in a listing.
     *
     * @param iptables what iptables-nft-save printed of the same rules, as far as it was asked
     * @throws MalformedRulesException where a line is none of such a listing
     */
    static List<Table> parse(List<String> lines, Map<IpFamily, List<Table>> iptables) throws MalformedRulesException {
        NftRuleset listing = new NftRuleset(iptables);
        for (String line : lines) {
            listing.object(json(line));
        }
        return listing.tables();
    }

    /**
     * The objects of a listing, each on a line of its own.
     *
     * @throws MalformedRulesException where the text is none
     */
    static List<String> objects(String text) throws MalformedRulesException {
        try {
            return JsonTree.items(text, "nftables");
        } catch (JsonProcessingException e) {
            throw new MalformedRulesException("not what nft -j prints: " + e.getOriginalMessage());
        }
    }

    private static JsonNode json(String text) throws MalformedRulesException {
        try {
            return JsonTree.of(text);
        } catch (JsonProcessingException e) {
            throw new MalformedRulesException("not what nft -j prints: " + e.getOriginalMessage());
        }
    }

    private void object(JsonNode object) throws MalformedRulesException {
        Map.Entry<String, JsonNode> only = object.properties().stream()
                .findFirst()
                .orElseThrow(() -> new MalformedRulesException("an object of nft -j is empty"));
        JsonNode body = only.getValue();
        String name = body.path("name").asText();
        switch (only.getKey()) {
            case "table" -> of(body, name);
            case "chain" -> {
                Content table = of(body, body.path("table").asText());
                table.chains.put(name, body);
                table.rules.putIfAbsent(name, new ArrayList<>());
            }
            case "rule" ->
                of(body, body.path("table").asText())
                        .rules
                        .computeIfAbsent(body.path("chain").asText(), chain -> new ArrayList<>())
                        .add(body);
            case "set", "map" -> of(body, body.path("table").asText()).sets.put(name, body);
            default -> {
                // Counters, flow tables and the like decide nothing.
            }
        }
    }

    private Content of(JsonNode body, String table) {
        return content.computeIfAbsent(new TableName(body.path("family").asText(), table), any -> new Content());
    }

    private List<Table> tables() {
        List<Table> tables = new ArrayList<>();
        content.forEach((name, body) -> {
            Set<IpFamily> families = families(name.family());
            if (!families.isEmpty()) {
                Map<String, Chain> chains = new LinkedHashMap<>();
                body.rules.forEach((chain, rules) -> chains.put(chain, chain(name, chain, body)));
                tables.add(new Table(TOOL, name.family() + " " + name.name(), families, chains));
            }
        });
        return tables;
    }

    private static Set<IpFamily> families(String family) {
        return switch (family) {
            case "ip" -> EnumSet.of(IpFamily.IPV4);
            case "ip6" -> EnumSet.of(IpFamily.IPV6);
            // What is no packet of IP goes through arp alone.
            case "arp" -> Set.of();
            default -> EnumSet.allOf(IpFamily.class);
        };
    }

    private Chain chain(TableName table, String name, Content body) {
        JsonNode chain = body.chains.getOrDefault(name, JsonNodeFactory.instance.objectNode());
        List<JsonNode> listed = body.rules.getOrDefault(name, List.of());
        List<Rule> saved = saved(table, name, listed.size());
        List<Rule> rules = new ArrayList<>();
        for (JsonNode rule : listed) {
            JsonNode expressions = rule.path("expr");
            boolean ofIptables = !saved.isEmpty() && hasExtension(expressions);
            rules.add(
                    ofIptables
                            ? saved.get(rules.size())
                            : new Rule(NftRule.steps(expressions, body.sets), NftText.of(expressions)));
        }
        return new Chain(
                name, hook(table, chain), !chain.path("policy").asText().equals("drop"), rules);
    }

    private static boolean hasExtension(JsonNode expressions) {
        for (JsonNode expression : expressions) {
            if (expression.has("xt")) {
                return true;
            }
        }
        return false;
    }

    private List<Rule> saved(TableName table, String chain, int size) {
        Optional<IpFamily> family =
                switch (table.family()) {
                    case "ip" -> Optional.of(IpFamily.IPV4);
                    case "ip6" -> Optional.of(IpFamily.IPV6);
                    default -> Optional.empty();
                };
        return family.stream()
                .flatMap(of -> iptables.getOrDefault(of, List.of()).stream())
                .filter(saved -> saved.name().equals(table.name()))
                .flatMap(saved -> Optional.ofNullable(saved.chains().get(chain)).stream())
                .map(Chain::rules)
                .filter(rules -> rules.size() == size)
                .findFirst()
                .orElse(List.of());
    }

    private static Optional<Hook> hook(TableName table, JsonNode chain) {
        boolean sure = !table.family().equals("bridge") && !table.family().equals("netdev") && !chain.has("dev");
        return Hook.Point.named(chain.path("hook").asText())
                .map(point -> new Hook(
                        point,
                        chain.path("prio").asInt(),
                        chain.path("type").asText().equals("nat"),
                        sure));
    }
}
