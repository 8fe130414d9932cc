package calico.preflight.cli.command;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.requirement.Check;
import calico.preflight.catalog.requirement.Level;
import calico.preflight.catalog.requirement.Requirement;
import calico.preflight.catalog.target.IpFamily;
import calico.preflight.catalog.target.Platform;
import calico.preflight.catalog.target.Profile;
import calico.preflight.catalog.target.Role;
import calico.preflight.catalog.target.Target;
import calico.preflight.facts.probe.flow.FlowResult;
import calico.preflight.facts.probe.flow.PlannedFlow;
import calico.preflight.facts.probe.flow.Traffic;
import calico.preflight.facts.probe.flow.Way;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which traffic the requirements of a target demand between this host and its peers. What a document merely has as default is
 * not demanded.
 *
 * @param byPeer the traffic with each peer
 * @param withoutPeer what is demanded too, but takes a peer that was not named
 */
record FlowPlan(Map<ProbePeer, List<PlannedFlow>> byPeer, List<FlowResult> withoutPeer) {

    private static final String ALL = "all";
    private static final String LOCAL = "local";
    private static final int IP_IN_IP = 4;

    /** The plan for these peers. */
    static FlowPlan of(ResolvedPack pack, Target target, List<ProbePeer> peers) {
        Map<ProbePeer, List<PlannedFlow>> byPeer = new LinkedHashMap<>();
        peers.forEach(peer -> byPeer.put(peer, new ArrayList<>()));
        FlowPlan plan = new FlowPlan(byPeer, new ArrayList<>());
        for (Requirement requirement : pack.requirements(target.profile())) {
            if (requirement.holdsFor(target)
                    && requirement.level() != Level.DEFAULT
                    && requirement.level() != Level.INFORMATIONAL
                    && requirement.check() instanceof Check.Port port) {
                plan.add(requirement, port, target);
            }
        }
        return plan;
    }

    /** All traffic that any requirement of any pack speaks of. */
    static Set<Traffic> ofAll(RuleBook book) throws InvalidRulesException {
        Set<Traffic> all = new HashSet<>();
        for (var header : book.packs()) {
            for (Platform platform : header.platforms()) {
                for (Requirement requirement :
                        book.resolve(header.id(), platform).requirements(Profile.PRACTICAL)) {
                    if (requirement.check() instanceof Check.Port port) {
                        all.addAll(traffic(port));
                    }
                }
            }
        }
        return all;
    }

    /** The IP versions that hosts of the target speak. */
    static Set<IpFamily> families(Target target) {
        return target.ipFamily() == IpFamily.DUAL
                ? EnumSet.of(IpFamily.IPV4, IpFamily.IPV6)
                : EnumSet.of(target.ipFamily());
    }

    private void add(Requirement requirement, Check.Port port, Target target) {
        if (port.hosts().equals(LOCAL)) {
            return;
        }
        Optional<Role> role = Arrays.stream(Role.values())
                .filter(known -> known.label().equals(port.hosts()))
                .findFirst();
        boolean served = port.hosts().equals(ALL)
                || role.filter(target.roles()::contains).isPresent();
        boolean both = port.direction().equals("both");
        for (IpFamily family : families(target)) {
            if (!isOf(requirement, port, family)) {
                continue;
            }
            if (served) {
                add(requirement, port, Way.IN, family, Optional.empty(), false);
            }
            if (role.isPresent() || both) {
                // A host that offers this itself need not reach another one that does.
                add(requirement, port, Way.OUT, family, role, served && !both);
            }
        }
    }

    private void add(
            Requirement requirement, Check.Port port, Way way, IpFamily family, Optional<Role> role, boolean optional) {
        List<ProbePeer> peers = byPeer.keySet().stream()
                .filter(peer -> peer.family() == family)
                .filter(peer -> role.isEmpty() || peer.roles().contains(role.get()))
                .toList();
        for (Traffic traffic : traffic(port)) {
            for (ProbePeer peer : peers) {
                List<PlannedFlow> flows = byPeer.getOrDefault(peer, List.of());
                flows.add(new PlannedFlow(requirement.id(), traffic, Set.of(way)));
            }
            if (peers.isEmpty() && !optional) {
                String wanted = role.map(offered -> "no peer with the role " + offered.label()
                                + " was named, as in --peers ADDRESS=" + offered.label())
                        .orElse("no peer of " + (family == IpFamily.IPV4 ? "IPv4" : "IPv6") + " was named");
                var missing = new FlowResult(requirement.id(), traffic, way, "", FlowResult.Result.NOT_TRIED, wanted);
                if (!withoutPeer.contains(missing)) {
                    withoutPeer.add(missing);
                }
            }
        }
    }

    /** Does the requirement speak of this IP version? The outer packets of IP in IP are those of IPv4. */
    private static boolean isOf(Requirement requirement, Check.Port port, IpFamily family) {
        if (port.protocol().equals(Traffic.Protocol.IPIP.label()) && family == IpFamily.IPV6) {
            return false;
        }
        List<String> said = requirement.appliesTo().getOrDefault("ipFamily", List.of(family.label()));
        return said.contains(family.label());
    }

    private static List<Traffic> traffic(Check.Port port) {
        if (port.protocol().equals(Traffic.Protocol.IPIP.label())) {
            return port.number() == IP_IN_IP
                    ? Traffic.of(port.protocol(), 0).stream().toList()
                    : List.of();
        }
        return IntStream.concat(IntStream.of(port.port()), port.ports().stream().mapToInt(Integer::intValue))
                .filter(number -> number != 0)
                .mapToObj(number -> Traffic.of(port.protocol(), number))
                .flatMap(Optional::stream)
                .toList();
    }
}
