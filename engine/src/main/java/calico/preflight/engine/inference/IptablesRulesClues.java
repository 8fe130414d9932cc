package calico.preflight.engine.inference;

import calico.preflight.facts.FactValue;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.Observed;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How many rules iptables has of each kind, and which kind Felix takes where it is to find out: the legacy one where it has
 * many rules, or not fewer than the other (calico/felix, {@code environment/feature_detect.go}, {@code DetectBackend}).
 */
final class IptablesRulesClues {

    /** Rules in the tables that iptables-nft keeps its own in; those of other tables it does not list. */
    private static final Pattern OF_IPTABLES = Pattern.compile(
            "\\{\"rule\":\\{\"family\":\"ip6?\"," + "\"table\":\"(filter|nat|mangle|raw|security)\".*", Pattern.DOTALL);

    private static final List<String> LEGACY = List.of("firewall.legacy.ipv4", "firewall.legacy.ipv6");
    private static final String NFT = "firewall.nft.ruleset";

    static final Set<String> FACTS = Set.of("firewall.legacy.ipv4", "firewall.legacy.ipv6", NFT);

    private IptablesRulesClues() {}

    static IptablesRules of(String id, int manyRules, HostFacts facts) {
        for (String fact : List.of(LEGACY.get(0), LEGACY.get(1), NFT)) {
            if (facts.get(fact) instanceof Observed.Unknown<FactValue> unknown) {
                return new IptablesRules(
                        id,
                        0,
                        0,
                        "",
                        false,
                        unknown.why(),
                        fact,
                        unknown.origin().toString());
            }
        }
        int legacy = 0;
        String shown = NFT;
        for (String fact : LEGACY) {
            int rules = (int) lines(facts, fact).stream()
                    .filter(line -> line.startsWith("-A "))
                    .count();
            // The reader is shown a list that was counted: the first legacy one that holds a rule, else that of nft.
            shown = legacy == 0 && rules > 0 ? fact : shown;
            legacy += rules;
        }
        int nft = (int) lines(facts, NFT).stream()
                .filter(line -> OF_IPTABLES.matcher(line).matches())
                .count();
        return new IptablesRules(
                id,
                legacy,
                nft,
                legacy >= manyRules || legacy >= nft ? "Legacy" : "NFT",
                true,
                "",
                shown,
                facts.get(shown).origin().toString());
    }

    private static List<String> lines(HostFacts facts, String fact) {
        return facts.get(fact).known().orElse(null) instanceof FactValue.Texts texts ? texts.texts() : List.of();
    }
}
