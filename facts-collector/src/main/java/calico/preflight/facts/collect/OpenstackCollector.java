package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Entry;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.InstalledPackages;
import calico.preflight.facts.parse.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Python 3 and what is installed of OpenStack. */
public final class OpenstackCollector implements Collector {

    private static final List<String> PROGRAM_DIRECTORIES =
            List.of("/usr/bin", "/usr/local/bin", "/bin", "/usr/libexec");
    private static final Pattern PYTHON3 = Pattern.compile("(?:platform-)?python3\\.([0-9]{1,3})");
    private static final Pattern RELEASE_NAME = Pattern.compile("\\(([A-Za-z]+)\\)\\s*$");
    private static final Pattern LIBRARY = Pattern.compile("python[23](\\.[0-9]{1,3})?");
    private static final int MOST_DIRECTORIES = 200;

    @Override
    public Set<String> facts() {
        return Set.of("python3.version", "openstack.packages", "openstack.python", "openstack.release");
    }

    @Override
    public List<Fact> collect(Look look, CollectionOptions options) {
        Set<String> pythons = new TreeSet<>();
        Observed<FactValue> packages = packages(look, pythons);
        return List.of(
                Look.fact("python3.version", python(look)),
                Look.fact("openstack.packages", packages),
                Look.fact("openstack.python", openstackPython(packages, pythons)),
                Look.fact("openstack.release", release(look, packages)));
    }

    private static Observed<FactValue> python(Look look) {
        int newest = -1;
        String newestPath = "";
        boolean listed = false;
        Optional<Observed<List<String>>> refused = Optional.empty();
        List<String> directories = new ArrayList<>(PROGRAM_DIRECTORIES);
        below(look, "/opt").forEach(directory -> directories.add(directory + "/bin"));
        below(look, "/opt/rh").forEach(directory -> directories.add(directory + "/root/usr/bin"));
        for (String directory : directories) {
            Observed<List<String>> names = look.names(directory);
            listed |= names.known().isPresent();
            refused = names.isUnknown() && directory.endsWith("/usr/bin") ? Optional.of(names) : refused;
            for (String name : names.known().orElse(List.of())) {
                String path = directory + "/" + name;
                Matcher matcher = PYTHON3.matcher(name);
                if (matcher.matches() && Integer.parseInt(matcher.group(1)) > newest && look.isFile(path)) {
                    newest = Integer.parseInt(matcher.group(1));
                    newestPath = path;
                }
            }
        }
        if (newest >= 0) {
            return Look.text("3." + newest, Origin.of(newestPath));
        }
        if (refused.isPresent()) {
            return refused.get().map(FactValue.Texts::new);
        }
        Optional<String> unnumbered = PROGRAM_DIRECTORIES.stream()
                .map(directory -> directory + "/python3")
                .filter(look::isFile)
                .findFirst();
        if (unnumbered.isPresent()) {
            return Observed.unknown("the program does not have its version in its name", Origin.of(unnumbered.get()));
        }
        return listed
                ? Observed.absent(Origin.of("/usr/bin"))
                : Observed.unknown("there are no programs to look at", Origin.of("/usr/bin"));
    }

    private static List<String> below(Look look, String directory) {
        return look.names(directory).known().orElse(List.of()).stream()
                .limit(MOST_DIRECTORIES)
                .map(name -> directory + "/" + name)
                .toList();
    }

    private static Observed<FactValue> packages(Look look, Set<String> pythons) {
        Map<String, Entry> entries = new TreeMap<>();
        PackagesOfHost packages = look.packages();
        for (PackagesOfHost.Listed listed : packages.all().known().orElse(List.of())) {
            String name = listed.installed().name();
            if (InstalledPackages.isOpenstack(name)) {
                entries.putIfAbsent(
                        name, Entry.from(listed.origin(), listed.installed().version()));
                if (name.startsWith("python3-")) {
                    pythons.add("3");
                } else if (name.startsWith("python-") || name.startsWith("python2-")) {
                    pythons.add("2");
                }
            }
        }
        boolean libraries = false;
        for (String directory : libraries(look)) {
            List<String> names = look.names(directory).known().orElse(List.of());
            libraries |= !names.isEmpty();
            for (String name : names) {
                InstalledPackages.python(name)
                        .filter(installed -> InstalledPackages.isOpenstack(installed.name()))
                        .ifPresent(installed -> {
                            entries.putIfAbsent(
                                    installed.name(),
                                    Entry.from(Origin.of(directory + "/" + name), installed.version()));
                            pythons.add(directory.contains("/python2") ? "2" : "3");
                        });
            }
        }
        if (!entries.isEmpty()) {
            return Observed.known(new FactValue.Table(entries), packages.all().origin());
        }
        if (packages.all() instanceof Observed.Unknown<?> unknown) {
            return Observed.unknown(
                    libraries ? unknown.why() + ", and no Python library of OpenStack is there" : unknown.why(),
                    unknown.origin());
        }
        return Observed.absent(packages.all().origin());
    }

    /** The directories of Python libraries: of the system, of Kolla's image, of OpenStack-Ansible's environments. */
    private static List<String> libraries(Look look) {
        List<String> roots =
                new ArrayList<>(List.of("/usr/lib", "/usr/lib64", "/usr/local/lib", "/var/lib/kolla/venv/lib"));
        Stream.of("/openstack/venvs", "/opt/stack", "/opt")
                .flatMap(directory -> below(look, directory).stream())
                .forEach(environment -> roots.add(environment + "/lib"));
        List<String> libraries = new ArrayList<>();
        for (String root : roots) {
            for (String name : look.names(root).known().orElse(List.of())) {
                if (LIBRARY.matcher(name).matches()) {
                    libraries.add(root + "/" + name + "/site-packages");
                    libraries.add(root + "/" + name + "/dist-packages");
                }
            }
        }
        // Sources that are installed for development keep their metadata beside them.
        libraries.addAll(below(look, "/opt/stack"));
        return libraries;
    }

    private static Observed<FactValue> openstackPython(Observed<FactValue> packages, Set<String> pythons) {
        if (packages.known().isEmpty()) {
            return packages;
        }
        return pythons.isEmpty()
                ? Observed.unknown("names and places of the packages do not tell", packages.origin())
                : Observed.known(new FactValue.Texts(List.copyOf(pythons)), packages.origin());
    }

    /** Only what the host itself calls it; which release has which version of nova is not known here. */
    private static Observed<FactValue> release(Look look, Observed<FactValue> packages) {
        Observed<String> ansible = look.text("/etc/openstack-release");
        Optional<Lines.Line> codename = ansible.known().flatMap(text -> Lines.assignment(text, "DISTRIB_CODENAME"));
        if (codename.isPresent() && !codename.get().text().isEmpty()) {
            return Look.text(
                    codename.get().text().toLowerCase(Locale.ROOT),
                    ansible.origin().at(codename.get().number()));
        }
        for (String path : List.of("/etc/rhosp-release", "/etc/rdo-release", "/etc/openstack-release")) {
            Observed<String> text = look.text(path, 4096);
            Matcher matcher = RELEASE_NAME.matcher(text.known().orElse(""));
            if (matcher.find()) {
                return Look.text(matcher.group(1).toLowerCase(Locale.ROOT), text.origin());
            }
        }
        return packages.known().isPresent()
                ? Observed.unknown("the host does not name it; its packages have versions", packages.origin())
                : packages;
    }
}
