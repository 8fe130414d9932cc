package calico.preflight.facts.firewall;

import java.util.List;
import java.util.Optional;

/**
 * A chain of rules.
 *
 * @param name its name
 * @param hook where the kernel hands packets to it; nothing: only rules lead here
 * @param accepts its policy, where it has a hook
 * @param rules its rules in order
 */
record Chain(String name, Optional<Hook> hook, boolean accepts, List<Rule> rules) {
    Chain {
        rules = List.copyOf(rules);
    }

    /**
     * One rule.
     *
     * @param steps what it asks and does
     * @param text it, as the tool prints it
     */
    record Rule(List<Step> steps, String text) {
        Rule {
            steps = List.copyOf(steps);
        }
    }
}
