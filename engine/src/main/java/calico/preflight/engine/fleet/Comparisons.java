package calico.preflight.engine.fleet;

import calico.preflight.catalog.fleet.FleetRules;
import calico.preflight.catalog.knowledge.NetworkProviders;
import calico.preflight.catalog.requirement.Check;
import calico.preflight.catalog.requirement.Requirement;
import calico.preflight.catalog.target.Target;
import calico.preflight.engine.inference.ComparedHosts;
import calico.preflight.engine.inference.LikenessDemand;
import calico.preflight.engine.inference.SharedValue;
import calico.preflight.engine.inference.UniquenessDemand;
import calico.preflight.facts.HostFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Counts what is compared across hosts, host by host: of values that each host should have of its own, which was seen
 * before; of values that all should have alike, how many hosts have each. Nothing is concluded here.
 */
public final class Comparisons {

    private final List<Requirement> requirements;
    private final ValueReader reader;
    private final List<ValueCount> counts = new ArrayList<>();
    private final SeenValues seen = new SeenValues();

    /** The comparisons that hold for the target; no host was counted yet. */
    public Comparisons(FleetRules rules, Target target, NetworkProviders providers) {
        this.requirements = rules.comparisons().stream()
                .filter(requirement -> requirement.holdsFor(target))
                .toList();
        this.reader =
                new ValueReader(requirements.stream().map(Comparisons::check).toList(), rules, providers);
        for (int i = 0; i < requirements.size(); i++) {
            counts.add(check(requirements.get(i)).rule().equals("unique") ? new UniqueCount(i, seen) : new LikeCount());
        }
    }

    private static Check.AcrossHosts check(Requirement requirement) {
        if (requirement.check() instanceof Check.AcrossHosts across) {
            return across;
        }
        throw new IllegalArgumentException(requirement.id() + " is of one host");
    }

    /** The comparisons, in their order. */
    public List<Requirement> requirements() {
        return requirements;
    }

    /** The names of the facts that are compared. */
    public Set<String> facts() {
        Set<String> names = new TreeSet<>();
        requirements.forEach(requirement -> names.addAll(ValueReader.facts(check(requirement))));
        return names;
    }

    /** What is compared of a host; several threads may ask. */
    public HostValues of(HostFacts facts) {
        return reader.read(facts);
    }

    void add(int host, HostValues values) {
        for (int i = 0; i < counts.size(); i++) {
            counts.get(i).add(host, values.values().get(i));
        }
    }

    /** The counts in the words of the rules. */
    List<Object> counted(HostRegister hosts) {
        List<Object> session = new ArrayList<>();
        for (int i = 0; i < requirements.size(); i++) {
            String id = requirements.get(i).id();
            Check.AcrossHosts check = check(requirements.get(i));
            String fact = ValueReader.shown(check);
            session.add(check.rule().equals("unique") ? new UniquenessDemand(id, fact) : new LikenessDemand(id, fact));
            for (ValueCount.Total total : counts.get(i).totals()) {
                session.add(new ComparedHosts(
                        id,
                        total.group(),
                        total.group().isEmpty() ? "" : " of " + total.group(),
                        total.known(),
                        total.unknown(),
                        total.values(),
                        total.differing(),
                        fact));
                for (ValueCount.Shared shared : total.shared()) {
                    HostList list = shared.hosts().in(hosts);
                    session.add(new SharedValue(
                            id,
                            total.group(),
                            shared.value(),
                            list.count(),
                            (int) (100L * list.count() / Math.max(1, total.known())),
                            fact,
                            list.count() + (list.count() == 1 ? " host: " : " hosts: ") + list.inWords()));
                }
            }
        }
        return session;
    }

    /** The hosts that a comparison finds fault with, if it does. */
    HostList differing(int comparison, HostRegister hosts) {
        return counts.get(comparison).differing().in(hosts);
    }
}
