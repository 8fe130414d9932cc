package calico.preflight.facts.parse;

import calico.preflight.facts.InterfaceManagement;
import calico.preflight.facts.InterfaceManagement.State;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.NetworkManagerConfiguration.Setting;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Decides for all names that a pattern stands for, at once and exactly: for every case of them ({@link NameCases}). */
final class ManagementDecision {

    private static final Origin CONFIGURATION = Origin.of("/etc/NetworkManager");

    /** A device section that has a say: it sets {@code managed}, or ends the search with {@code stop-match}. */
    private record Section(
            String name, Optional<Setting> matchDevice, Optional<DeviceMatch> match, boolean managed, Setting decides) {
        Ternary matches(Predicate<NameGlob> accepting) {
            return matchDevice.isEmpty()
                    ? Ternary.YES
                    : match.map(list -> list.contains(accepting)).orElse(Ternary.NO);
        }
    }

    private final NetworkManagerConfiguration configuration;
    private final boolean ordered;

    ManagementDecision(NetworkManagerConfiguration configuration, boolean ordered) {
        this.configuration = configuration;
        this.ordered = ordered;
    }

    InterfaceManagement of(String pattern) {
        SoftwareInterface kind = SoftwareInterface.of(pattern);
        Optional<Setting> unmanaged = configuration.setting("keyfile", "unmanaged-devices");
        DeviceMatch unmanagedList = DeviceMatch.of(unmanaged.map(Setting::value).orElse(""), kind);
        List<Section> sections = sections(kind);
        List<NameGlob> globs = new ArrayList<>();
        globs.add(NameGlob.pattern(pattern));
        globs.addAll(unmanagedList.globs());
        sections.forEach(section -> section.match().ifPresent(list -> globs.addAll(list.globs())));

        Map<State, InterfaceManagement> cases = new EnumMap<>(State.class);
        Map<State, String> examples = new EnumMap<>(State.class);
        boolean complete = NameCases.forEach(globs, (name, accepting) -> {
            InterfaceManagement decided = decide(unmanaged, unmanagedList, sections, accepting);
            if (cases.putIfAbsent(decided.state(), decided) == null) {
                examples.put(decided.state(), name);
            }
        });
        if (!complete) {
            return undecided("it has too many patterns to be decided", CONFIGURATION);
        }
        return summary(pattern, cases, examples);
    }

    private static InterfaceManagement summary(
            String pattern, Map<State, InterfaceManagement> cases, Map<State, String> examples) {
        InterfaceManagement managed = cases.get(State.MANAGED);
        InterfaceManagement leftAlone = cases.get(State.LEFT_ALONE);
        InterfaceManagement undecided = cases.get(State.UNDECIDED);
        if (managed != null) {
            return leftAlone == null
                    ? managed
                    : new InterfaceManagement(
                            State.MANAGED,
                            "only a part of " + pattern + " is left alone; an interface named "
                                    + examples.getOrDefault(State.MANAGED, "") + " is not: " + managed.why(),
                            leftAlone.origin());
        }
        if (undecided != null) {
            return undecided;
        }
        return leftAlone != null ? leftAlone : undecided("no interface can have such a name", CONFIGURATION);
    }

    private static InterfaceManagement undecided(String why, Origin origin) {
        return new InterfaceManagement(State.UNDECIDED, why, origin);
    }

    /** Those that have a say, in the order in which they are asked: {@code [device]} itself comes last. */
    private List<Section> sections(SoftwareInterface kind) {
        List<Section> sections = new ArrayList<>();
        configuration.sections().keySet().stream()
                .filter(name -> name.startsWith(NetworkManagerMerger.DEVICE))
                .filter(name -> !name.equals(NetworkManagerMerger.DEVICE))
                .forEach(name -> section(name, kind).ifPresent(sections::add));
        section(NetworkManagerMerger.DEVICE, kind).ifPresent(sections::add);
        return sections;
    }

    private Optional<Section> section(String name, SoftwareInterface kind) {
        Optional<Setting> managed = configuration
                .setting(name, "managed")
                .filter(setting -> KeyFileValues.string(setting.value()).isPresent());
        Optional<Setting> stop = configuration
                .setting(name, "stop-match")
                .filter(setting -> KeyFileValues.bool(setting.value()).orElse(false));
        Optional<Setting> matchDevice = configuration.setting(name, "match-device");
        // A value that is no yes or no counts as yes, and so does a section that only ends the search.
        boolean isManaged = managed.flatMap(setting -> KeyFileValues.string(setting.value()))
                .flatMap(KeyFileValues::bool)
                .orElse(true);
        return managed.or(() -> stop)
                .map(decides -> new Section(
                        name,
                        matchDevice,
                        matchDevice.map(setting -> DeviceMatch.of(setting.value(), kind)),
                        isManaged,
                        decides));
    }

    private InterfaceManagement decide(
            Optional<Setting> unmanaged,
            DeviceMatch unmanagedList,
            List<Section> sections,
            Predicate<NameGlob> accepting) {
        InterfaceManagement bySections = bySections(sections, 0, accepting);
        Ternary listed = unmanagedList.contains(accepting);
        Origin origin = unmanaged.map(Setting::origin).orElse(CONFIGURATION);
        if (listed == Ternary.YES) {
            return new InterfaceManagement(State.LEFT_ALONE, "unmanaged-devices of [keyfile] covers it", origin);
        }
        if (listed == Ternary.NO || bySections.state() == State.LEFT_ALONE) {
            return bySections;
        }
        return undecided(
                "unmanaged-devices of [keyfile] depends on more than the name: " + unmanagedList.openSpecs(), origin);
    }

    private InterfaceManagement bySections(List<Section> sections, int from, Predicate<NameGlob> accepting) {
        if (!ordered && sections.size() > 1) {
            return undecided("the order of its device sections is not recorded", CONFIGURATION);
        }
        Set<State> open = new LinkedHashSet<>();
        Optional<InterfaceManagement> firstOpen = Optional.empty();
        InterfaceManagement last =
                new InterfaceManagement(State.MANAGED, "nothing in the configuration leaves it alone", CONFIGURATION);
        for (Section section : sections.subList(from, sections.size())) {
            Ternary matches = section.matches(accepting);
            if (matches == Ternary.NO) {
                continue;
            }
            State state = section.managed() ? State.MANAGED : State.LEFT_ALONE;
            String says = "[" + section.name() + "] says "
                    + (section.managed() ? "that it is managed" : "that it is not managed");
            if (matches == Ternary.YES) {
                last = new InterfaceManagement(state, says, section.decides().origin());
                break;
            }
            if (open.isEmpty()) {
                firstOpen = Optional.of(undecided(
                        "[" + section.name() + "] depends on more than the name: "
                                + section.match().map(DeviceMatch::openSpecs).orElse(""),
                        section.matchDevice().orElse(section.decides()).origin()));
            }
            open.add(state);
        }
        open.add(last.state());
        return open.size() == 1 ? last : firstOpen.orElse(last);
    }
}
