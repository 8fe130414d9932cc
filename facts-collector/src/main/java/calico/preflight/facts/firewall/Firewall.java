package calico.preflight.facts.firewall;

import calico.preflight.facts.firewall.Decision.Dropped;
import calico.preflight.facts.firewall.Decision.NotUnderstood;
import calico.preflight.facts.firewall.Decision.Passes;
import calico.preflight.facts.firewall.Flow.IpFamily;
import calico.preflight.facts.firewall.Walk.Doubt;
import calico.preflight.facts.firewall.Walk.End;
import calico.preflight.facts.firewall.Walk.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All rules of a host that its kernel applies to packets, of whichever tool: a packet must get past all of them.
 *
 * <p>A packet comes with the mark 0. It is no fragment, has no extension header of IPv6, comes in by the interface that
 * answers to it leave by, and its addresses are not known but for what all hosts have in common.
 */
public final class Firewall {

    private static final Doubt BY_A_BRIDGE = new Doubt(
            "whether packets come by the device or bridge of the chain", new Place("nft", "", "", 0, "a base chain"));

    private final List<Table> tables;
    private final Set<Table> marking;

    private Firewall(List<Table> tables) {
        this.tables = List.copyOf(tables);
        this.marking = tables.stream().filter(Table::setsMarks).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Reads the rules.
     *
     * @throws MalformedRulesException where one of the listings is none, or not whole
     */
    public static Firewall of(Listings listings) throws MalformedRulesException {
        List<Table> tables = new ArrayList<>();
        tables.addAll(IptablesSave.parse("iptables-legacy", IpFamily.IPV4, listings.legacyIpv4()));
        tables.addAll(IptablesSave.parse("ip6tables-legacy", IpFamily.IPV6, listings.legacyIpv6()));
        tables.addAll(NftRuleset.parse(
                listings.nft(),
                Map.of(
                        IpFamily.IPV4,
                        IptablesSave.parse("iptables-nft", IpFamily.IPV4, listings.nftIpv4()),
                        IpFamily.IPV6,
                        IptablesSave.parse("ip6tables-nft", IpFamily.IPV6, listings.nftIpv6()))));
        return new Firewall(tables);
    }

    /** What becomes of this flow. */
    public Decision decide(Flow flow) {
        Optional<Decision> open = Optional.empty();
        boolean untracked = false;
        for (Packet packet : flow.packets()) {
            Way way = new Way(untracked ? packet.untracked() : packet);
            Decision decision = way.decision();
            if (decision instanceof Dropped) {
                return decision;
            }
            if (decision instanceof NotUnderstood && open.isEmpty()) {
                open = Optional.of(decision);
            }
            untracked |= way.untracked;
        }
        return open.orElseGet(Passes::new);
    }

    private record BaseChain(Table table, Chain chain, Hook hook) {}

    /** The way of one packet past all base chains. */
    private final class Way {
        private final Packet packet;
        private final List<End> drops = new ArrayList<>();
        private final List<End> losses = new ArrayList<>();
        private boolean untracked;

        Way(Packet packet) {
            this.packet = packet;
        }

        Decision decision() {
            Map<Circumstance, Optional<Doubt>> live = new LinkedHashMap<>();
            Circumstance start =
                    new Circumstance(new Hook(Hook.Point.INGRESS, 0, false, true), PacketMark.NONE, Truth.NO);
            live.put(start, Optional.empty());
            for (Hook.Point point : Hook.Point.of(packet.way())) {
                List<BaseChain> chains = at(point);
                for (BaseChain base : chains) {
                    boolean inAnyOrder = chains.stream()
                                            .filter(other -> other.hook().priority()
                                                    == base.hook().priority())
                                            .count()
                                    > 1
                            && chains.stream().anyMatch(other -> marking.contains(other.table()));
                    live = past(base, live, inAnyOrder);
                }
            }
            return decided(live);
        }

        private List<BaseChain> at(Hook.Point point) {
            return tables.stream()
                    .filter(table -> table.families().contains(packet.family()))
                    .flatMap(table -> table.chains().values().stream()
                            .flatMap(chain -> chain
                                    .hook()
                                    .filter(hook -> hook.point() == point)
                                    .map(hook -> new BaseChain(table, chain, hook))
                                    .stream()))
                    .sorted(Comparator.comparingInt(base -> base.hook().priority()))
                    .toList();
        }

        private Map<Circumstance, Optional<Doubt>> past(
                BaseChain base, Map<Circumstance, Optional<Doubt>> live, boolean inAnyOrder) {
            Map<Circumstance, Optional<Doubt>> next = new LinkedHashMap<>();
            Walk walk = new Walk(base.table(), packet);
            live.forEach((before, doubt) -> {
                // The kernel keeps chains of one priority in the order in which they were made, which no listing tells.
                Circumstance here = before.at(base.hook());
                Circumstance now = inAnyOrder ? here.with(PacketMark.OPEN) : here;
                Truth comes = comesBy(base.hook(), now);
                if (comes != Truth.YES) {
                    add(next, now, doubt);
                }
                if (comes != Truth.NO) {
                    Optional<Doubt> sure = comes == Truth.YES ? doubt : doubt.or(() -> Optional.of(BY_A_BRIDGE));
                    walk.through(base.chain(), now).forEach(end -> take(base, end.doubted(sure), next));
                }
            });
            return next;
        }

        private Truth comesBy(Hook hook, Circumstance now) {
            Truth sure = hook.sure() ? Truth.YES : Truth.MAYBE;
            if (!hook.nat()) {
                return sure;
            }
            return sure.and(
                    switch (now.state(packet)) {
                        case NEW -> Truth.YES;
                        case OPEN -> Truth.MAYBE;
                        default -> Truth.NO;
                    });
        }

        private void take(BaseChain base, End end, Map<Circumstance, Optional<Doubt>> next) {
            untracked |= end.now().untracked() != Truth.NO;
            if (end.kind() == Kind.LOST) {
                losses.add(end);
            } else if (end.kind() == Kind.DROPPED) {
                drops.add(end);
            } else if (end.kind() == Kind.THROUGH && !base.chain().accepts()) {
                Place policy = base.table().policy(base.chain());
                drops.add(new End(Kind.DROPPED, end.now(), Optional.of(policy), end.doubt()));
            } else {
                add(next, end.now(), end.doubt());
            }
        }

        private void add(Map<Circumstance, Optional<Doubt>> all, Circumstance now, Optional<Doubt> doubt) {
            all.merge(now, doubt, (old, more) -> old.isPresent() && more.isEmpty() ? more : old);
        }

        private Decision decided(Map<Circumstance, Optional<Doubt>> passing) {
            if (losses.isEmpty() && drops.isEmpty()) {
                return new Passes();
            }
            if (losses.isEmpty() && passing.isEmpty()) {
                End first = drops.stream()
                        .filter(drop -> drop.doubt().isEmpty())
                        .findFirst()
                        .orElse(drops.get(0));
                return new Dropped(first.at().orElseThrow());
            }
            List<Optional<Doubt>> doubts = new ArrayList<>();
            losses.forEach(loss -> doubts.add(loss.doubt()));
            drops.forEach(drop -> doubts.add(drop.doubt()));
            doubts.addAll(passing.values());
            Doubt doubt = doubts.stream().flatMap(Optional::stream).findFirst().orElse(BY_A_BRIDGE);
            return new NotUnderstood(doubt.construct(), doubt.at());
        }
    }
}
