package calico.preflight.cli.option;

import calico.preflight.cli.console.UserException;
import calico.preflight.facts.Cidr;
import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ranges of addresses that are only planned, or that the host does not show. */
public final class RangeOptions extends OptionGroup {

    private static final String PODS = "--pod-cidr";
    private static final String SERVICES = "--service-cidr";

    private final Several<String> pods = list(
            PODS,
            "CIDR",
            "range of pod addresses, such as 10.244.0.0/16, one for each IP family (repeatable; default: "
                    + "what the host shows)");

    private final Several<String> services = list(
            SERVICES,
            "CIDR",
            "range of service addresses, such as 10.96.0.0/12, one for each IP family (repeatable; "
                    + "default: what the host shows)");

    /** None is given yet. */
    public RangeOptions() {
        super(Section.TARGET);
    }

    /** These ranges as facts, to stand in the place of those that the host shows; those that are not given are left out. */
    public List<Fact> facts() {
        List<String> mistakes = new ArrayList<>();
        List<Fact> facts = new ArrayList<>();
        given(PODS, "kubernetes.cluster-cidr", pods.values(), mistakes).ifPresent(facts::add);
        given(SERVICES, "kubernetes.service-cidr", services.values(), mistakes).ifPresent(facts::add);
        if (!mistakes.isEmpty()) {
            throw new UserException(String.join("\n", mistakes));
        }
        return facts;
    }

    private static Optional<Fact> given(String option, String fact, List<String> texts, List<String> mistakes) {
        List<String> ranges = new ArrayList<>();
        for (String text : texts) {
            Optional<Cidr> range = Cidr.of(text.strip());
            if (range.isEmpty()) {
                mistakes.add(option + " \"" + text + "\" is no range of addresses; give one such as 10.244.0.0/16 or"
                        + " fd00:10:244::/64.");
            } else if (text.indexOf('/') < 0) {
                mistakes.add(option + " \"" + text + "\" is a single address; give a range such as 10.244.0.0/16.");
            } else if (!sameAddress(range.get(), text)) {
                mistakes.add(option + " \"" + text
                        + "\" does not begin with the first address of a range. Did you mean \"" + range.get() + "\"?");
            } else {
                ranges.add(range.get().toString());
            }
        }
        return ranges.isEmpty()
                ? Optional.empty()
                : Optional.of(new Fact(fact, Observed.known(new FactValue.Texts(ranges), Origin.of(option))));
    }

    private static boolean sameAddress(Cidr range, String text) {
        return Cidr.of(text.substring(0, text.indexOf('/')).strip())
                .filter(address -> address.network().equals(range.network()))
                .isPresent();
    }
}
