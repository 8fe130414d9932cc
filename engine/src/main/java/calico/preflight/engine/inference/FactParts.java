package calico.preflight.engine.inference;

import calico.preflight.facts.Fact;
import calico.preflight.facts.HostFacts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The parts of facts that the checks of a target look at, each once, and what hosts showed of them so far, numbered. Many
 * checks look at the same parts, and of many hosts these are the same: a host becomes a short list of numbers. Serves several
 * threads at once.
 */
public final class FactParts {

    /** Of what shows more than this, the hosts have each their own, and no more is kept. */
    private static final int MOST_SEEN = 500;

    private static final int ONE_OF_TOO_MANY = -1;

    private final Map<String, OfFact> facts = new HashMap<>();
    private final List<Numbered> parts = new ArrayList<>();

    /** A part, and the numbers of what it showed. */
    private record Numbered(FactPart part, Map<Object, Integer> before) {

        int number(HostFacts host) {
            Object seen = part.seen(host);
            Integer known = before.get(seen);
            if (known == null && before.size() < MOST_SEEN) {
                synchronized (before) {
                    known = before.computeIfAbsent(seen, first -> before.size());
                }
            }
            return known == null ? ONE_OF_TOO_MANY : known;
        }
    }

    /**
     * The parts of one fact, by their places in the list of all. Where the whole of it, as far as it was read, is as it was
     * before, none of them is looked at again.
     *
     * @param before what the parts showed, by the whole
     */
    private record OfFact(List<Integer> parts, Map<Object, List<Integer>> before) {}

    /** No parts yet. */
    public FactParts() {}

    /** The parts that one check looks at. */
    public static final class View {

        private final int[] parts;

        private View(int[] parts) {
            this.parts = parts;
        }
    }

    /** Takes in what a check looks at. All are to be taken in before the first host is looked at. */
    public View add(FactView view) {
        return new View(view.parts().stream().mapToInt(this::add).toArray());
    }

    private int add(FactPart part) {
        List<Integer> ofFact = facts.computeIfAbsent(
                        part.fact(), any -> new OfFact(new ArrayList<>(), new ConcurrentHashMap<>()))
                .parts();
        for (int known : ofFact) {
            if (parts.get(known).part().equals(part)) {
                return known;
            }
        }
        parts.add(new Numbered(part, new ConcurrentHashMap<>()));
        ofFact.add(parts.size() - 1);
        return parts.size() - 1;
    }

    /** Looks at a host. */
    public Look lookAt(HostFacts host) {
        return new Look(host);
    }

    /** One host, as far as the checks look at it. Belongs to one thread. */
    public final class Look {

        private static final int NOT_LOOKED = -2;

        private final HostFacts host;
        private final int[] shown = new int[parts.size()];

        private Look(HostFacts host) {
            this.host = host;
            Arrays.fill(shown, NOT_LOOKED);
        }

        /** What the host shows of what the view looks at, as numbers; nothing where too many hosts have their own. */
        public Optional<List<Integer>> of(View view) {
            List<Integer> all = new ArrayList<>(view.parts.length);
            for (int part : view.parts) {
                if (shown[part] == NOT_LOOKED) {
                    lookAt(parts.get(part).part());
                }
                if (shown[part] == ONE_OF_TOO_MANY) {
                    return Optional.empty();
                }
                all.add(shown[part]);
            }
            return Optional.of(all);
        }

        private void lookAt(FactPart part) {
            OfFact fact = Optional.ofNullable(facts.get(part.fact())).orElseThrow();
            List<Integer> numbers = fact.parts().size() == 1 ? numbers(fact) : numbersByWhole(fact, part);
            for (int i = 0; i < numbers.size(); i++) {
                shown[fact.parts().get(i)] = numbers.get(i);
            }
        }

        private List<Integer> numbersByWhole(OfFact fact, FactPart part) {
            Object whole = FactPart.whole(part.fact(), host);
            if (fact.parts().stream().anyMatch(one -> parts.get(one).part().isAliased())) {
                whole = List.of(whole, FactPart.whole(FactPart.ALIASES, host));
            }
            List<Integer> before = fact.before().get(whole);
            if (before != null) {
                return before;
            }
            List<Integer> now = numbers(fact);
            if (fact.before().size() < MOST_SEEN) {
                fact.before().put(whole, now);
            }
            return now;
        }

        private List<Integer> numbers(OfFact fact) {
            return fact.parts().stream()
                    .map(part -> parts.get(part).number(host))
                    .toList();
        }

        /** The facts that the view looks at, with numbers in the stead of places. */
        public HostFacts facts(View view) {
            List<Fact> facts = new ArrayList<>();
            for (int part : view.parts) {
                parts.get(part).part().numbered(host, part).ifPresent(facts::add);
            }
            return HostFacts.of("", "", facts);
        }

        /** Where they stand. */
        public Places places() {
            return new Places((part, entry) ->
                    part < parts.size() ? parts.get(part).part().place(host, entry) : Optional.empty());
        }
    }
}
