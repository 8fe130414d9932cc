package calico.preflight.facts.collect;

import calico.preflight.facts.FactValue;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.PrintedUnits;
import calico.preflight.facts.parse.PrintedUnits.Unit;
import calico.preflight.facts.source.Printout;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Services of systemd, by its links: what starts with the host (systemd.unit(5)). */
final class Services {

    private static final String ADMINISTRATOR = "/etc/systemd/system";

    /** Where a unit that nothing starts was looked for. */
    static final Origin LINKS = Origin.of(ADMINISTRATOR);

    private static final List<String> VENDOR = List.of("/usr/lib/systemd/system", "/lib/systemd/system");

    private static final Set<String> NOT_RUNNING = Set.of("inactive", "failed");

    private final Look look;
    private final Processes processes;

    Services(Look look, Processes processes) {
        this.look = look;
        this.processes = processes;
    }

    /**
     * Is it running, where processes can be seen; otherwise, does it start with the host?
     *
     * @param script the path of its program where an interpreter runs it; empty if none does
     */
    Observed<FactValue> active(Set<String> processNames, String script, List<String> units) {
        Optional<Processes.Seen> process = processes.named(processNames);
        if (process.isPresent()) {
            return Look.flag(true, process.get().origin("comm"));
        }
        process = script.isEmpty() ? Optional.empty() : processes.running(script);
        if (process.isPresent()) {
            return Look.flag(true, process.get().origin("cmdline"));
        }
        if (processes.areComplete()) {
            return Look.flag(false, Origin.of("/proc/*/comm"));
        }
        Optional<Observed<Map<String, Unit>>> printed = look.kept(Printout.UNITS, PrintedUnits::loaded);
        if (printed.flatMap(Observed::known).isPresent()) {
            return active(printed.get(), units);
        }
        return look.showsRunningHost()
                ? Observed.unknown("not all processes can be seen", Origin.of("/proc/*/comm"))
                : enabled(units);
    }

    /** What systemd does not list is not active; what it is just starting, reloading or stopping is. */
    private static Observed<FactValue> active(Observed<Map<String, Unit>> printed, List<String> units) {
        return flag(printed, units, unit -> !NOT_RUNNING.contains(unit.state()));
    }

    /** Is there a file of one of these units? Nothing where no report kept what systemd lists of them. */
    Optional<Observed<FactValue>> listed(List<String> units) {
        return look.kept(Printout.UNIT_FILES, PrintedUnits::files)
                .filter(printed -> printed.known().isPresent())
                .map(printed -> flag(printed, units, unit -> true));
    }

    private static Observed<FactValue> flag(
            Observed<Map<String, Unit>> printed, List<String> units, Predicate<Unit> wanted) {
        Map<String, Unit> all = printed.known().orElse(Map.of());
        Optional<Unit> found = units.stream()
                .filter(all::containsKey)
                .map(all::get)
                .filter(wanted)
                .findFirst();
        return Look.flag(
                found.isPresent(),
                found.map(unit -> printed.origin().at(unit.line())).orElse(printed.origin()));
    }

    /** Is this what {@link #enabled} says of units that no link starts? One that is masked tells by its mask. */
    static boolean nothingStarts(Observed<FactValue> active) {
        return Look.isFlag(active, false)
                && active.origin().line() == LINKS.line()
                && active.origin().where().equals(LINKS.where());
    }

    /** Does one of these units start with the host? A unit that is masked, or only linked to and not there, does not. */
    Observed<FactValue> enabled(List<String> units) {
        Observed<List<String>> administrator = look.names(ADMINISTRATOR);
        if (administrator.known().isEmpty()) {
            return Answers.absentMeans("there are no unit links to look at", administrator)
                    .map(names -> new FactValue.Flag(false));
        }
        Origin origin = LINKS;
        for (String unit : units) {
            Optional<String> mask = look.link(ADMINISTRATOR + "/" + unit).filter(target -> target.equals("/dev/null"));
            if (mask.isPresent()) {
                origin = Origin.of(ADMINISTRATOR + "/" + unit);
                continue;
            }
            boolean vendor = VENDOR.stream()
                    .anyMatch(directory -> look.names(directory).known().isPresent());
            boolean there = Stream.concat(Stream.of(ADMINISTRATOR), VENDOR.stream())
                    .anyMatch(directory -> look.isFile(directory + "/" + unit));
            Optional<String> link = there || !vendor ? wanting(unit) : Optional.empty();
            if (link.isPresent() && !there) {
                return Observed.unknown(
                        "there are no units to look at that came with the system", Origin.of(link.get()));
            }
            if (link.isPresent()) {
                return Look.flag(true, Origin.of(link.get()));
            }
        }
        return Look.flag(false, origin);
    }

    private Optional<String> wanting(String unit) {
        return Stream.concat(Stream.of(ADMINISTRATOR), VENDOR.stream())
                .flatMap(directory -> look.names(directory).known().orElse(List.of()).stream()
                        .filter(name -> name.endsWith(".wants") || name.endsWith(".requires"))
                        .map(name -> directory + "/" + name))
                .filter(directory ->
                        look.names(directory).known().orElse(List.of()).contains(unit))
                .map(directory -> directory + "/" + unit)
                .findFirst();
    }

    /** Is there such a unit, or such a program? */
    Optional<Origin> installed(List<String> units, List<String> programs) {
        return Stream.concat(
                        programs.stream(),
                        Stream.concat(VENDOR.stream(), Stream.of(ADMINISTRATOR))
                                .flatMap(directory -> units.stream().map(unit -> directory + "/" + unit)))
                .filter(look::isFile)
                .findFirst()
                .map(Origin::of);
    }
}
