package calico.preflight.facts.firewall;

import calico.preflight.facts.firewall.Chain.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The ways that one packet may go through the chains of one table. Where a rule may hold or not, it goes both ways. */
final class Walk {

    /** So many different marks of a packet are kept apart; beyond that its mark counts as not known. */
    private static final int MOST_CIRCUMSTANCES = 32;

    private final Table table;
    private final Packet packet;
    private final Map<Start, List<End>> done = new HashMap<>();
    private final Set<String> entered = new HashSet<>();

    Walk(Table table, Packet packet) {
        this.table = table;
        this.packet = packet;
    }

    /** Something that could not be decided. */
    record Doubt(String construct, Place at) {}

    private record Start(String chain, Circumstance now) {}

    /** How a way through a chain ends. */
    enum Kind {
        /** At the end of the chain, or with a return. */
        THROUGH,
        ACCEPTED,
        DROPPED,
        /** Nobody knows where. */
        LOST
    }

    /**
     * The end of a way through a chain.
     *
     * @param kind how it ends
     * @param now the packet's circumstance there
     * @param at the rule that ended it, where it was dropped or lost
     * @param doubt the first undecided thing on this way
     */
    record End(Kind kind, Circumstance now, Optional<Place> at, Optional<Doubt> doubt) {
        End doubted(Optional<Doubt> before) {
            return before.isPresent() ? new End(kind, now, at, before) : this;
        }
    }

    /** The ends, one of each sort: the same end on several ways counts once, and the sure way before the doubtful. */
    static final class Ends {
        private final Map<Object, End> ends = new LinkedHashMap<>();

        void add(End end) {
            boolean stops = end.kind() == Kind.DROPPED || end.kind() == Kind.LOST;
            Object sort = stops ? end.kind() : List.of(end.kind(), end.now());
            ends.merge(
                    sort,
                    end,
                    (old, more) -> old.doubt().isPresent() && more.doubt().isEmpty() ? more : old);
        }

        List<End> all() {
            return new ArrayList<>(ends.values());
        }
    }

    /** All ends of the packet's ways through this chain. */
    List<End> through(Chain chain, Circumstance start) {
        Start key = new Start(chain.name(), start);
        List<End> known = done.get(key);
        if (known != null) {
            return known;
        }
        if (!entered.add(chain.name())) {
            // The kernel takes no such rules; a listing from elsewhere may have anything.
            Place place = new Place(table.tool(), table.name(), chain.name(), 0, "");
            return List.of(lost(start, "a chain that leads to itself", place));
        }
        Ends ends = new Ends();
        Map<Circumstance, Optional<Doubt>> live = new LinkedHashMap<>();
        live.put(start, Optional.empty());
        for (int i = 0; i < chain.rules().size() && !live.isEmpty(); i++) {
            Map<Circumstance, Optional<Doubt>> next = new LinkedHashMap<>();
            OneRule rule = new OneRule(chain.rules().get(i), table.rule(chain, i), next, ends);
            live.forEach((now, doubt) -> rule.from(0, now, doubt));
            live = next.size() > MOST_CIRCUMSTANCES ? merged(next) : next;
        }
        live.forEach((now, doubt) -> ends.add(new End(Kind.THROUGH, now, Optional.empty(), doubt)));
        entered.remove(chain.name());
        done.put(key, ends.all());
        return ends.all();
    }

    private static End lost(Circumstance now, String construct, Place at) {
        return new End(Kind.LOST, now, Optional.of(at), Optional.of(new Doubt(construct, at)));
    }

    private static Map<Circumstance, Optional<Doubt>> merged(Map<Circumstance, Optional<Doubt>> many) {
        Map.Entry<Circumstance, Optional<Doubt>> any =
                many.entrySet().iterator().next();
        Map<Circumstance, Optional<Doubt>> one = new LinkedHashMap<>();
        one.put(new Circumstance(any.getKey().hook(), PacketMark.OPEN, Truth.MAYBE), any.getValue());
        return one;
    }

    /** The ways through one rule. */
    private final class OneRule {
        private final Rule rule;
        private final Place place;
        private final Map<Circumstance, Optional<Doubt>> next;
        private final Ends ends;

        OneRule(Rule rule, Place place, Map<Circumstance, Optional<Doubt>> next, Ends ends) {
            this.rule = rule;
            this.place = place;
            this.next = next;
            this.ends = ends;
        }

        void from(int step, Circumstance now, Optional<Doubt> doubt) {
            if (step == rule.steps().size()) {
                toNextRule(now, doubt);
                return;
            }
            Step current = rule.steps().get(step);
            if (current instanceof Step.Test test) {
                Condition condition = test.condition();
                Truth truth = condition.holds(packet, now);
                if (truth != Truth.YES) {
                    toNextRule(now, doubt);
                }
                if (truth != Truth.NO) {
                    from(step + 1, now, truth == Truth.YES ? doubt : doubt.or(() -> doubtOf(condition, now)));
                }
            } else if (current instanceof Step.Choose choose) {
                choose(choose.cases(), step, now, doubt);
            } else if (current instanceof Step.Do does) {
                act(does.action(), step, now, doubt);
            }
        }

        private Optional<Doubt> doubtOf(Condition condition, Circumstance now) {
            return Optional.of(new Doubt(condition.open(packet, now), place));
        }

        private void toNextRule(Circumstance now, Optional<Doubt> doubt) {
            next.merge(now, doubt, (old, more) -> old.isPresent() && more.isEmpty() ? more : old);
        }

        private void choose(List<Step.Case> cases, int step, Circumstance now, Optional<Doubt> doubt) {
            for (Step.Case one : cases) {
                Truth truth = one.condition().holds(packet, now);
                if (truth == Truth.YES) {
                    act(one.action(), step, now, doubt);
                    return;
                } else if (truth == Truth.MAYBE) {
                    act(one.action(), step, now, doubt.or(() -> doubtOf(one.condition(), now)));
                }
            }
            toNextRule(now, doubt);
        }

        private void act(Action action, int step, Circumstance now, Optional<Doubt> doubt) {
            if (action instanceof Action.Proceed) {
                from(step + 1, now, doubt);
            } else if (action instanceof Action.SetMark set) {
                from(step + 1, now.with(now.mark().changed(set.flip(), set.mask())), doubt);
            } else if (action instanceof Action.LoseMark) {
                from(step + 1, now.with(PacketMark.OPEN), doubt);
            } else if (action instanceof Action.NoTrack) {
                from(step + 1, now.notTracked(), doubt);
            } else if (action instanceof Action.Accept) {
                ends.add(new End(Kind.ACCEPTED, now, Optional.empty(), doubt));
            } else if (action instanceof Action.Drop) {
                ends.add(new End(Kind.DROPPED, now, Optional.of(place), doubt));
            } else if (action instanceof Action.Return) {
                ends.add(new End(Kind.THROUGH, now, Optional.empty(), doubt));
            } else if (action instanceof Action.Jump jump) {
                enter(jump.chain(), now).forEach(end -> {
                    End here = end.doubted(doubt);
                    if (here.kind() == Kind.THROUGH) {
                        from(step + 1, here.now(), here.doubt());
                    } else {
                        ends.add(here);
                    }
                });
            } else if (action instanceof Action.Goto jump) {
                enter(jump.chain(), now).forEach(end -> ends.add(end.doubted(doubt)));
            } else if (action instanceof Action.NotModelled unknown) {
                ends.add(lost(now, unknown.construct(), place).doubted(doubt));
            }
        }

        private List<End> enter(String name, Circumstance now) {
            Chain chain = table.chains().get(name);
            return chain == null
                    ? List.of(lost(now, "the chain " + name + ", which is not listed", place))
                    : through(chain, now);
        }
    }
}
