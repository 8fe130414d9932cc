package calico.preflight.facts.firewall;

/**
 * Where a rule stands, and what it says.
 *
 * @param tool what prints it: {@code nft}, {@code iptables-legacy}, {@code ip6tables-nft}
 * @param table as the tool names it: {@code inet filter}, {@code filter}
 * @param chain its chain
 * @param position the how-manieth rule of its chain it is, counted from 1; 0: it is the policy of the chain
 * @param rule the rule as the tool prints it, or the policy
 */
public record Place(String tool, String table, String chain, int position, String rule) {

    @Override
    public String toString() {
        String what = position == 0 ? "the policy" : "rule " + position;
        return what + " of chain " + chain + " in table " + table + " (" + tool + "): " + rule;
    }
}
