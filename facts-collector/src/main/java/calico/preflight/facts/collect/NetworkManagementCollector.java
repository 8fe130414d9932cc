package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.InstalledPackages;
import calico.preflight.facts.parse.Lines;
import calico.preflight.facts.parse.NetplanConfiguration;
import calico.preflight.facts.parse.NetworkManagerBuild;
import calico.preflight.facts.parse.NetworkManagerConfiguration;
import calico.preflight.facts.parse.NetworkManagerConfiguration.ConfigurationFile;
import calico.preflight.facts.parse.NetworkManagerConfiguration.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Who manages interfaces and firewalls: NetworkManager, systemd-networkd, firewalld, ufw, saved rules. */
public final class NetworkManagementCollector implements Collector {

    /** The second is that of the snap. */
    private static final List<String> UNITS =
            List.of("NetworkManager.service", "snap.network-manager.networkmanager.service");

    private static final String CONFIGURATION = "/etc/NetworkManager/NetworkManager.conf";
    private static final String OLD_CONFIGURATION = "/etc/NetworkManager/nm-system-settings.conf";
    private static final int MOST_FILES = 1_000;

    @Override
    public Set<String> facts() {
        return Set.of(
                "network-manager.installed",
                "network-manager.active",
                "network-manager.config",
                "systemd-networkd.active",
                "firewalld.active",
                "ufw.active",
                "nftables.active",
                "iptables.active");
    }

    @Override
    public List<Fact> collect(Look look, CollectionOptions options) {
        Services services = new Services(look, look.processes());
        Observed<FactValue> installed = installed(look, services);
        return List.of(
                Look.fact("network-manager.installed", installed),
                Look.fact("network-manager.active", services.active(Set.of("NetworkManager"), "", UNITS)),
                Look.fact("network-manager.config", configuration(look, installed)),
                Look.fact("systemd-networkd.active", networkd(look, services)),
                Look.fact(
                        "firewalld.active",
                        services.active(Set.of("firewalld"), "/usr/sbin/firewalld", List.of("firewalld.service"))),
                Look.fact("ufw.active", ufw(look, services)),
                Look.fact("nftables.active", services.enabled(List.of("nftables.service"))),
                Look.fact(
                        "iptables.active",
                        services.enabled(
                                List.of("iptables.service", "ip6tables.service", "netfilter-persistent.service"))));
    }

    private static Observed<FactValue> installed(Look look, Services services) {
        List<String> programs = List.of("/usr/sbin/NetworkManager", "/usr/bin/NetworkManager", "/sbin/NetworkManager");
        return services.installed(UNITS, programs)
                .map(origin -> Look.flag(true, origin))
                .or(() -> services.listed(UNITS))
                .orElseGet(() -> programDirectories(look)
                        ? Look.flag(false, Origin.of(programs.get(0)))
                        : Observed.unknown("there are no programs to look at", Origin.of("/usr/sbin")));
    }

    /**
     * A host without its program does not run it, however little of what runs can be seen. Some distributions start it by a
     * link that comes with the system: links of the administrator alone do not tell.
     */
    private static Observed<FactValue> networkd(Look look, Services services) {
        List<String> units = List.of("systemd-networkd.service");
        Observed<FactValue> active = services.active(Set.of("systemd-network"), "", units);
        List<String> programs = List.of("/usr/lib/systemd/systemd-networkd", "/lib/systemd/systemd-networkd");
        boolean system = Stream.of("/usr/lib", "/lib").anyMatch(look::isDirectory);
        if (!system && Services.nothingStarts(active)) {
            return Observed.unknown("there are no units to look at that came with the system", Services.LINKS);
        }
        boolean missing =
                programDirectories(look) && services.installed(units, programs).isEmpty();
        return active.isUnknown() && missing
                ? Look.flag(false, Origin.of(programs.get(0)))
                : startedByNetplan(look, active, missing);
    }

    /** The links that start it may be those that netplan makes whenever the host starts; a mask counts for them too. */
    private static Observed<FactValue> startedByNetplan(Look look, Observed<FactValue> active, boolean missing) {
        if (missing || look.showsRunningHost() || !Services.nothingStarts(active)) {
            return active;
        }
        Observed<Origin> netplan = new NetplanFiles(look).startingNetworkd();
        return netplan instanceof Observed.Unknown<Origin> unknown
                ? Observed.unknown(unknown.why(), unknown.origin())
                : netplan.known().map(origin -> Look.flag(true, origin)).orElse(active);
    }

    private static boolean programDirectories(Look look) {
        return Stream.of("/usr/sbin", "/usr/bin")
                .anyMatch(directory -> look.names(directory).known().isPresent());
    }

    private static Observed<FactValue> ufw(Look look, Services services) {
        Observed<String> text = look.text("/etc/ufw/ufw.conf");
        if (text instanceof Observed.Absent<String>) {
            return look.isDirectory("/etc")
                    ? Look.flag(false, text.origin())
                    : Observed.unknown("there is no /etc to look at", text.origin());
        }
        if (text.isUnknown()) {
            return text.map(FactValue.Text::new);
        }
        Optional<Lines.Line> enabled = text.known().flatMap(content -> Lines.assignment(content, "ENABLED"));
        boolean yes =
                enabled.filter(line -> line.text().equalsIgnoreCase("yes")).isPresent();
        Origin origin = text.origin().at(enabled.map(Lines.Line::number).orElse(0));
        Observed<FactValue> unit = services.enabled(List.of("ufw.service"));
        return yes && Look.isFlag(unit, false) ? Look.flag(false, unit.origin()) : Look.flag(yes, origin);
    }

    private static Observed<FactValue> configuration(Look look, Observed<FactValue> installed) {
        List<Observed<?>> unreadable = new ArrayList<>();
        List<ConfigurationFile> system = directory(look, "/usr/lib/NetworkManager/conf.d", unreadable);
        List<ConfigurationFile> run = new ArrayList<>(directory(look, "/run/NetworkManager/conf.d", unreadable));
        Observed<NetplanConfiguration> netplan = new NetplanFiles(look).whenStarted();
        if (netplan.isUnknown()) {
            unreadable.add(netplan);
        }
        netplan.known().map(NetplanConfiguration::networkManagerFiles).ifPresent(run::addAll);
        List<ConfigurationFile> etc = directory(look, "/etc/NetworkManager/conf.d", unreadable);
        // The name that the file had before version 0.9 still goes first.
        Optional<ConfigurationFile> main =
                file(look, OLD_CONFIGURATION, unreadable).or(() -> file(look, CONFIGURATION, unreadable));
        Optional<ConfigurationFile> intern =
                file(look, "/var/lib/NetworkManager/NetworkManager-intern.conf", unreadable);
        if (!unreadable.isEmpty()) {
            Observed<?> first = unreadable.get(0);
            String why = first instanceof Observed.Unknown<?> unknown ? unknown.why() : "cannot be read";
            return Observed.unknown(why, first.origin());
        }
        boolean files = main.isPresent() || !(system.isEmpty() && run.isEmpty() && etc.isEmpty());
        if (!files && installed.isUnknown()) {
            return look.isDirectory("/etc")
                    ? Observed.absent(Origin.of(CONFIGURATION))
                    : Observed.unknown("there is no /etc to look at", Origin.of(CONFIGURATION));
        }
        if (!files && Look.isFlag(installed, false)) {
            return Observed.absent(Origin.of(CONFIGURATION));
        }
        return NetworkManagerConfiguration.merge(new Files(system, run, main, etc, intern), build(look))
                .map(NetworkManagerConfiguration::toTable);
    }

    private static List<ConfigurationFile> directory(Look look, String directory, List<Observed<?>> unreadable) {
        Observed<List<ConfigurationFile>> files = look.files(directory, name -> name.endsWith(".conf"), MOST_FILES);
        if (files.isUnknown()) {
            unreadable.add(files);
        }
        return files.known().orElse(List.of());
    }

    private static Optional<ConfigurationFile> file(Look look, String path, List<Observed<?>> unreadable) {
        Observed<String> text = look.text(path);
        if (text.isUnknown()) {
            unreadable.add(text);
        }
        return text.known().map(content -> new ConfigurationFile(path, content));
    }

    /** The version is in the name of the directory of its plugins, or in the package's. */
    private static NetworkManagerBuild build(Look look) {
        Stream<String> libraries = Stream.concat(
                Stream.of("/usr/lib64", "/usr/lib"),
                look.names("/usr/lib").known().orElse(List.of()).stream()
                        .filter(name -> name.contains("-linux-gnu"))
                        .map(name -> "/usr/lib/" + name));
        List<String> versions = libraries
                .map(library -> library + "/NetworkManager")
                .flatMap(directory -> look.names(directory).known().orElse(List.of()).stream()
                        .filter(name -> name.matches("[0-9]+\\.[0-9]+\\.[0-9]+.*"))
                        .filter(name -> look.isDirectory(directory + "/" + name)))
                .distinct()
                .toList();
        if (versions.size() == 1) {
            return NetworkManagerBuild.of(versions.get(0));
        }
        return look.dpkg().known().orElse(List.of()).stream()
                .filter(installed -> installed.name().equals("network-manager"))
                .flatMap(installed -> InstalledPackages.upstream(installed.version()).stream())
                .map(NetworkManagerBuild::of)
                .findFirst()
                .orElse(NetworkManagerBuild.UNKNOWN);
    }
}
