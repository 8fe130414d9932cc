package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Entry;
import calico.preflight.facts.FactValue.Rows;
import calico.preflight.facts.FactValue.Table;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.InstalledPackages;
import calico.preflight.facts.parse.NetworkdConfiguration;
import calico.preflight.facts.parse.NetworkdNetworks;
import calico.preflight.facts.parse.SystemdFile;
import calico.preflight.facts.parse.UdevLinks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** systemd, as far as it has to do with network devices: systemd-networkd and udev. */
public final class SystemdCollector implements Collector {

    private static final String VERSION = "systemd.version";
    private static final String NETWORKS = "systemd-networkd.networks";
    private static final String CONFIG = "systemd-networkd.config";
    private static final String LINKS = "udev.links";
    private static final String POLICY = "udev.mac-address-policy";

    private static final List<String> PROGRAMS = List.of("/usr/lib/systemd/systemd", "/lib/systemd/systemd");

    /** A library that is systemd's own, and has its version in its name. */
    private static final Pattern LIBRARY = Pattern.compile("libsystemd-shared-([0-9]+(?:\\.[0-9]+)*)[^/]*\\.so");

    @Override
    public Set<String> facts() {
        return Set.of(VERSION, NETWORKS, CONFIG, LINKS, POLICY);
    }

    @Override
    public List<Fact> collect(Look look, CollectionOptions options) {
        Observed<FactValue> version = version(look);
        Observed<Rows> links = new SystemdFiles(look).network(".link").map(UdevLinks::rows);
        List<Fact> facts = new ArrayList<>();
        facts.add(Look.fact(VERSION, version));
        facts.add(Look.fact(NETWORKS, new SystemdFiles(look).networks().map(NetworkdNetworks::rows)));
        facts.add(Look.fact(CONFIG, new SystemdFiles(look).main("networkd.conf").map(NetworkdConfiguration::table)));
        facts.add(Look.fact(LINKS, links));
        facts.addAll(policies(links, version));
        return facts;
    }

    /** The table, and beside it a fact of its own for each kind of devices of which it cannot be told. */
    private static List<Fact> policies(Observed<Rows> links, Observed<FactValue> version) {
        if (links.known().isEmpty()) {
            return List.of(Look.fact(POLICY, links.map(none -> new Table(Map.of()))));
        }
        List<Fact> facts = new ArrayList<>();
        Map<String, Entry> entries = new LinkedHashMap<>();
        UdevLinks.of(links.known().get()).policies(major(version)).forEach((kind, policy) -> {
            policy.known().ifPresent(entry -> entries.put(kind, entry));
            if (policy.isUnknown()) {
                facts.add(Look.fact(POLICY + "." + kind, policy.map(entry -> new FactValue.Text(entry.value()))));
            }
        });
        facts.add(Look.fact(POLICY, Observed.known(new Table(entries), links.origin())));
        return facts;
    }

    private static OptionalInt major(Observed<FactValue> version) {
        return version.known()
                .map(FactValue::toString)
                .map(SystemdFile::majorVersion)
                .orElse(OptionalInt.empty());
    }

    private static Observed<FactValue> version(Look look) {
        Map<String, String> libraries = new LinkedHashMap<>();
        libraryDirectories(look).forEach(directory -> look.names(directory)
                .known()
                .orElse(List.of())
                .forEach(name -> {
                    Matcher matcher = LIBRARY.matcher(name);
                    if (matcher.matches()) {
                        libraries.putIfAbsent(matcher.group(1), directory + "/" + name);
                    }
                }));
        if (libraries.size() == 1) {
            Map.Entry<String, String> only = libraries.entrySet().iterator().next();
            return Look.text(only.getKey(), Origin.of(only.getValue()));
        }
        Optional<String> program = PROGRAMS.stream().filter(look::isFile).findFirst();
        if (program.isEmpty() && libraries.isEmpty()) {
            return look.hasPrograms()
                    ? Observed.absent(Origin.of(PROGRAMS.get(0)))
                    : Observed.unknown("there are no programs to look at", Origin.of(PROGRAMS.get(0)));
        }
        return look.packages()
                .named(List.of("systemd"))
                .flatMap(listed -> InstalledPackages.upstream(listed.installed().version())
                        .map(version -> Look.text(version, listed.origin())))
                .orElseGet(() -> Observed.unknown(
                        "neither a library nor a package tells", Origin.of(program.orElse(PROGRAMS.get(0)))));
    }

    private static Stream<String> libraryDirectories(Look look) {
        return Stream.concat(
                Stream.of("/usr/lib/systemd", "/lib/systemd", "/usr/lib64/systemd"),
                look.names("/usr/lib").known().orElse(List.of()).stream()
                        .filter(name -> name.contains("-linux-gnu"))
                        .map(name -> "/usr/lib/" + name + "/systemd"));
    }
}
