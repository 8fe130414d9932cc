package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Entry;
import calico.preflight.facts.FactValue.Rows;
import calico.preflight.facts.FactValue.Table;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.NetworkManagerConfiguration.ConfigurationFile;
import calico.preflight.facts.parse.WickedInterfaces;
import calico.preflight.facts.source.HostSource.FileKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Network managers beside NetworkManager and systemd-networkd, and which interfaces they configure. */
public final class NetworkManagersCollector implements Collector {

    private static final String MANAGERS = "network.managers";
    private static final String WICKED = "wicked";
    private static final String WICKED_INTERFACES = "wicked.interfaces";

    private static final String IFCFG = "/etc/sysconfig/network";
    private static final String IFCONFIG = "/etc/wicked/ifconfig";
    private static final String NANNY = "/etc/wicked/nanny";
    private static final int MOST_FILES = 5_000;

    @Override
    public Set<String> facts() {
        return Set.of(MANAGERS, WICKED_INTERFACES);
    }

    @Override
    public List<Fact> collect(Look look, CollectionOptions options) {
        return List.of(Look.fact(MANAGERS, managers(look)), Look.fact(WICKED_INTERFACES, wickedInterfaces(look)));
    }

    /** The table of those that run; not known where that of one of them is not. */
    private static Observed<FactValue> managers(Look look) {
        Observed<FactValue> wicked = wicked(look);
        return wicked.map(runs ->
                new Table(Look.isFlag(wicked, true) ? Map.of(WICKED, Entry.from(wicked.origin(), "true")) : Map.of()));
    }

    private static Observed<FactValue> wicked(Look look) {
        Services services = new Services(look, look.processes());
        List<String> units = List.of("wicked.service", "wickedd.service");
        List<String> programs = List.of("/usr/sbin/wickedd", "/usr/sbin/wicked");
        boolean missing =
                look.hasPrograms() && services.installed(units, programs).isEmpty();
        return missing ? Look.flag(false, Origin.of(programs.get(0))) : services.active(Set.of("wickedd"), "", units);
    }

    private static Observed<Rows> wickedInterfaces(Look look) {
        Observed<List<ConfigurationFile>> ifcfg = files(look, IFCFG, WickedInterfaces::isInterfaceFile);
        Observed<List<ConfigurationFile>> xml = files(look, IFCONFIG, NetworkManagersCollector::isXml);
        Observed<List<ConfigurationFile>> nanny = files(look, NANNY, NetworkManagersCollector::isXml);
        for (Observed<List<ConfigurationFile>> files : List.of(ifcfg, xml, nanny)) {
            if (files instanceof Observed.Unknown<List<ConfigurationFile>> unknown) {
                return Observed.unknown(unknown.why(), unknown.origin());
            }
        }
        if (ifcfg.known().isEmpty() && xml.known().isEmpty()) {
            return look.isDirectory("/etc")
                    ? Observed.absent(Origin.of(IFCFG))
                    : Observed.unknown("there is no /etc to look at", Origin.of(IFCFG));
        }
        Optional<ConfigurationFile> policy =
                nanny.known().orElse(List.of()).stream().findFirst();
        return policy.isPresent()
                ? Observed.unknown(
                        "policies of its nanny are not understood here",
                        Origin.of(policy.get().path()))
                : WickedInterfaces.rows(
                        ifcfg.known().orElse(List.of()), xml.known().orElse(List.of()));
    }

    /** Where the distribution has a file of this name, as those of Red Hat have, it has no such directory. */
    private static Observed<List<ConfigurationFile>> files(Look look, String directory, Predicate<String> wanted) {
        boolean other = look.kind(directory)
                .known()
                .filter(kind -> kind != FileKind.DIRECTORY)
                .isPresent();
        return other ? Observed.absent(Origin.of(directory)) : look.files(directory, wanted, MOST_FILES);
    }

    private static boolean isXml(String name) {
        return name.endsWith(".xml");
    }
}
