package calico.preflight.facts.firewall;

import java.util.List;

/**
 * What the tools of the host printed of its rules, by lines; no line where there are no rules of that sort.
 *
 * @param legacyIpv4 {@code iptables-legacy-save}
 * @param legacyIpv6 {@code ip6tables-legacy-save}
 * @param nft {@code nft -j list ruleset}, each object on a line
 * @param nftIpv4 {@code iptables-nft-save}, which says more of some rules that nft lists too
 * @param nftIpv6 {@code ip6tables-nft-save}
 */
public record Listings(
        List<String> legacyIpv4,
        List<String> legacyIpv6,
        List<String> nft,
        List<String> nftIpv4,
        List<String> nftIpv6) {

    public Listings {
        legacyIpv4 = List.copyOf(legacyIpv4);
        legacyIpv6 = List.copyOf(legacyIpv6);
        nft = List.copyOf(nft);
        nftIpv4 = List.copyOf(nftIpv4);
        nftIpv6 = List.copyOf(nftIpv6);
    }

    /**
     * The objects in what {@code nft -j list ruleset} printed, each on a line.
     *
     * @throws MalformedRulesException where it is none of that
     */
    public static List<String> nftObjects(String text) throws MalformedRulesException {
        return NftRuleset.objects(text);
    }
}
