package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Rows;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.Modprobe;
import calico.preflight.facts.parse.Modprobe.Directive;
import calico.preflight.facts.parse.Modprobe.How;
import calico.preflight.facts.source.Content.Present;
import calico.preflight.facts.source.HostSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What keeps modules from loading: modprobe.d and the kernel command line. */
final class ModuleBlocks implements Collector {

    private static final String FACT = "kernel.modules.blocked";
    private static final String COMMAND_LINE = "/proc/cmdline";

    /** As kmod reads them: a file hides those of the same name in later directories. */
    private static final List<String> DIRECTORIES = List.of(
            "/etc/modprobe.d",
            "/run/modprobe.d",
            "/usr/local/lib/modprobe.d",
            "/usr/lib/modprobe.d",
            "/lib/modprobe.d");

    @Override
    public Set<String> facts() {
        return Set.of(FACT);
    }

    @Override
    public List<Fact> collect(Look look, CollectionOptions options) {
        return List.of(new Fact(FACT, look(look.host(), options)));
    }

    /** Unknown as soon as one file cannot be read: any module may be blocked in it. */
    private static Observed<FactValue> look(HostSource host, CollectionOptions options) {
        Origin origin = Origin.of("modprobe.d");
        if (host.showsRunningHost() && HostContainer.of(host).known().isPresent()) {
            return Observed.unknown("in a container, whose modprobe.d is not that of the host", origin);
        }
        if (!ModuleDirectories.isDirectory(host, "/etc")) {
            return Observed.unknown("there is no /etc to look in", origin);
        }
        Map<String, String> files = new TreeMap<>();
        for (String directory : DIRECTORIES) {
            Observed<List<String>> names = Answers.names(host, directory);
            if (names instanceof Observed.Unknown<List<String>> unknown) {
                return Observed.unknown(unknown.why(), unknown.origin());
            }
            names.known().orElse(List.of()).stream()
                    .filter(name -> name.endsWith(".conf"))
                    .forEach(name -> files.putIfAbsent(name, directory + "/" + name));
        }
        List<Map<String, String>> rows = new ArrayList<>();
        Set<String> installs = new HashSet<>();
        for (String file : files.values()) {
            if (host.link(file) instanceof Present<String> target
                    && target.value().equals("/dev/null")) {
                continue;
            }
            Observed<String> text = Answers.text(host, file);
            if (text instanceof Observed.Unknown<String> unknown) {
                return Observed.unknown(unknown.why(), unknown.origin());
            }
            for (Directive directive : Modprobe.parse(text.known().orElse(""))) {
                // the first install command that names a module is the one that runs
                if (directive.how() != How.INSTALL || installs.add(directive.module())) {
                    add(rows, directive, Origin.of(file));
                }
            }
        }
        if (KernelRelease.otherRunning(host, options).isEmpty()) {
            Observed<String> commandLine = Answers.text(host, COMMAND_LINE);
            if (commandLine instanceof Observed.Unknown<String> unknown) {
                return Observed.unknown(unknown.why(), unknown.origin());
            }
            Modprobe.parseCommandLine(commandLine.known().orElse(""))
                    .forEach(directive -> add(rows, directive, commandLine.origin()));
        }
        return Observed.known(new Rows(rows), origin);
    }

    private static void add(List<Map<String, String>> rows, Directive directive, Origin file) {
        if (directive.blocks()) {
            Map<String, String> row = new LinkedHashMap<>();
            row.put("module", directive.module());
            row.put("how", directive.how().label());
            row.put("origin", file.at(directive.line()).toString());
            rows.add(row);
        }
    }
}
