package calico.preflight.facts.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Rules drawn at random are given to the kernel with the tools themselves, real packets are sent between two network
 * namespaces, and what became of them is compared with what {@link Firewall} says of the listing.
 *
 * <p>More than the build takes: {@code -Dfirewall.rounds=2000 -Dfirewall.seed=7}.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class FirewallDifferentialTest {

    private static final int ROUNDS = Integer.getInteger("firewall.rounds", 45);
    private static final long SEED = Long.getLong("firewall.seed", 20180L);

    @Test
    void what_is_said_of_a_rule_set_is_what_the_kernel_does_with_packets() throws Exception {
        int compared = 0;
        int understood = 0;
        int openOfUnderstood = 0;
        try (TwoHosts hosts = TwoHosts.open()) {
            Agreement agreement = new Agreement(hosts);
            for (int round = 0; round < ROUNDS; round++) {
                for (String tool : List.of("legacy", "iptables-nft", "nft")) {
                    if (tool.equals("legacy") && !hosts.legacy()) {
                        continue;
                    }
                    boolean strange = round % 3 == 0;
                    GeneratedRules rules = new GeneratedRules(SEED + 31L * round + tool.hashCode(), strange);
                    // Now and then there are rules of the other kind beside them.
                    boolean mixed = hosts.legacy() && !tool.equals("legacy") && round % 5 == 0;
                    String text = mixed ? load(hosts, "legacy", rules) : "";
                    String own = load(hosts, tool, rules);
                    if (!own.isEmpty()) {
                        int before = agreement.decided();
                        int open = agreement.compare(tool + "-" + round, text + own);
                        understood += strange ? 0 : agreement.decided() - before + open;
                        openOfUnderstood += strange ? 0 : open;
                        compared++;
                    }
                    hosts.clear();
                }
            }
            System.out.printf(
                    "%d rule sets, %d flows decided, %d open; of understood constructs %d of %d open; %d disagreements%n",
                    compared,
                    agreement.decided(),
                    agreement.open(),
                    openOfUnderstood,
                    understood,
                    agreement.disagreements().size());

            assertThat(agreement.disagreements()).isEmpty();
            assertThat(compared).as("rule sets that the tools took").isGreaterThan(ROUNDS);
            assertThat(openOfUnderstood * 100 / Math.max(1, understood))
                    .as("percent of flows left open among rules that are understood")
                    .isLessThan(10);
        }
    }

    /** Gives rules to the kernel; nothing where the tool did not take them. */
    private static String load(TwoHosts hosts, String tool, GeneratedRules rules)
            throws IOException, InterruptedException {
        if (tool.equals("nft")) {
            String text = rules.nft();
            return hosts.inside(text, "nft", "-f", "-").ok() ? text : "";
        }
        String kind = tool.equals("legacy") ? "legacy" : "nft";
        String ipv4 = rules.iptables();
        String ipv6 = rules.ip6tables();
        boolean taken = hosts.inside(ipv4, "iptables-" + kind + "-restore").ok()
                && hosts.inside(ipv6, "ip6tables-" + kind + "-restore").ok();
        return taken ? ipv4 + ipv6 : "";
    }
}
