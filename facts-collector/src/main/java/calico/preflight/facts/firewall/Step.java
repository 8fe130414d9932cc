package calico.preflight.facts.firewall;

import java.util.List;

/** One part of a rule; they are gone through in order until one does not hold or ends the rule. */
sealed interface Step {

    /** The rule goes on only where this holds. */
    record Test(Condition condition) implements Step {}

    /** Something is done, and unless it ends the rule, that goes on. */
    record Do(Action action) implements Step {}

    /** The first case that holds says what is done (a verdict map of nft); no case: the rule goes no further. */
    record Choose(List<Case> cases) implements Step {
        public Choose {
            cases = List.copyOf(cases);
        }
    }

    /** One case of a verdict map. */
    record Case(Condition condition, Action action) {}
}
