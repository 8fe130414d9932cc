package calico.preflight.facts.archive;

import calico.preflight.facts.source.HostCommand;
import calico.preflight.facts.source.Printout;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where reports of other tools keep what a host has at other places: files under names of their own, and what commands
 * printed. What a report copied of a host lies at its own path below the top of the report and needs no line here.
 */
enum ReportLayout {

    /** sos (github.com/sosreport/sos), versions 3 and 4: {@code sos/report/plugins/{host,kernel,rpm,networking,systemd}.py}. */
    SOSREPORT(
            "sos_commands",
            List.of(
                    new Stored("/etc/hostname", "sos_commands/host/hostname", Form.AS_IT_IS),
                    new Stored("/etc/hostname", "sos_commands/general/hostname", Form.AS_IT_IS),
                    new Stored("/proc/sys/kernel/osrelease", "sos_commands/kernel/uname_-a", Form.RELEASE_OF_UNAME),
                    new Stored("/proc/sys/kernel/arch", "sos_commands/kernel/uname_-a", Form.MACHINE_OF_UNAME),
                    new Stored("/proc/modules", "sos_commands/kernel/lsmod", Form.LSMOD)),
            List.of(
                    new Printed(HostCommand.RPM_PACKAGES, "installed-rpms", Form.RPM_NAMES),
                    new Printed(HostCommand.RPM_PACKAGES, "sos_commands/rpm/sh_-c_rpm_--nodigest_-qa", Form.RPM_NAMES)),
            List.of(
                    new Output(Printout.ADDRESSES, "sos_commands/networking/ip_-d_address"),
                    new Output(Printout.ADDRESSES, "sos_commands/networking/ip_address"),
                    new Output(Printout.ROUTES, "sos_commands/networking/ip_route_show_table_all"),
                    new Output(Printout.IPV6_ROUTES, "sos_commands/networking/ip_-6_route_show_table_all"),
                    new Output(Printout.SOCKETS, "sos_commands/networking/ss_-peaonmi"),
                    new Output(Printout.CONNECTIONS, "sos_commands/networking/netstat_-W_-neopa"),
                    new Output(Printout.SETTINGS, "sos_commands/kernel/sysctl_-a"),
                    new Output(Printout.UNITS, "sos_commands/systemd/systemctl_list-units"),
                    new Output(Printout.UNIT_FILES, "sos_commands/systemd/systemctl_list-unit-files"),
                    new Output(Printout.DEBIAN_PACKAGES, "installed-debs"),
                    new Output(Printout.DEBIAN_PACKAGES, "sos_commands/dpkg/dpkg_-l"),
                    new Output(Printout.IPTABLES_RULES, "sos_commands/firewall_tables/iptables-save"),
                    new Output(Printout.IPTABLES_RULES, "sos_commands/networking/iptables-save"),
                    new Output(Printout.IP6TABLES_RULES, "sos_commands/firewall_tables/ip6tables-save"),
                    new Output(Printout.IP6TABLES_RULES, "sos_commands/networking/ip6tables-save"))),

    /** {@code calicoctl node diags} (calicoctl/calicoctl/commands/node/diags.go), as far as it tells of the host. */
    CALICO_DIAGS(
            "ipv4_tables",
            List.of(new Stored("/etc/hostname", "hostname", Form.AS_IT_IS)),
            List.of(),
            List.of(
                    new Output(Printout.IPTABLES_RULES, "ipv4_tables"),
                    new Output(Printout.IP6TABLES_RULES, "ipv6_tables")));

    /** A file of the host that the report has elsewhere. */
    record Stored(String path, String place, Form form) {}

    /** What a command printed. */
    record Printed(HostCommand command, String place, Form form) {}

    /** What another command printed, kept as it is. */
    record Output(Printout printout, String place) {}

    /** What makes what was kept into what the host itself would give. */
    enum Form {
        AS_IT_IS {
            @Override
            String read(String text) {
                return text;
            }
        },
        /** {@code Linux NAME RELEASE #BUILD ... MACHINE GNU/Linux} (uname(1), all of it). */
        RELEASE_OF_UNAME {
            @Override
            String read(String text) {
                String[] words = text.strip().split("\\s+", 4);
                return words.length == 4 ? words[2] + "\n" : "";
            }
        },
        MACHINE_OF_UNAME {
            @Override
            String read(String text) {
                List<String> words = List.of(text.strip().split("\\s+"));
                return words.size() > 4 ? words.get(words.size() - 2) + "\n" : "";
            }
        },
        /** lsmod prints the first fields of {@code /proc/modules}, which all are Live, in columns below a heading. */
        LSMOD {
            @Override
            String read(String text) {
                return text.lines()
                        .map(line -> line.strip().split("\\s+"))
                        .filter(words -> words.length >= 3 && words[1].matches("[0-9]+"))
                        .map(words -> String.join(
                                " ",
                                words[0],
                                words[1],
                                words[2],
                                words.length > 3 ? words[3] + "," : "-",
                                "Live",
                                "0x0"))
                        .collect(Collectors.joining("\n", "", "\n"));
            }
        },
        /** {@code NAME-VERSION-RELEASE.ARCHITECTURE} and a date, for {@code NAME VERSION-RELEASE}. */
        RPM_NAMES {
            @Override
            String read(String text) {
                return text.lines()
                        .map(line -> line.strip().split("\\s+", 2)[0])
                        .flatMap(package_ -> nameAndVersion(package_).stream())
                        .collect(Collectors.joining("\n", "", "\n"));
            }
        };

        /** The text as the host would give it; empty where it is not of that form. */
        abstract String read(String text);

        private static Optional<String> nameAndVersion(String text) {
            int architecture = text.lastIndexOf('.');
            int release = text.lastIndexOf('-', architecture);
            int version = release < 0 ? -1 : text.lastIndexOf('-', release - 1);
            return architecture < 0 || version <= 0
                    ? Optional.empty()
                    : Optional.of(text.substring(0, version) + " " + text.substring(version + 1, architecture));
        }
    }

    private final String sign;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable, but the checker cannot see it
    private final List<Stored> files;

    @SuppressWarnings("ImmutableEnumChecker") // the same
    private final List<Printed> commands;

    @SuppressWarnings("ImmutableEnumChecker") // the same
    private final List<Output> outputs;

    ReportLayout(String sign, List<Stored> files, List<Printed> commands, List<Output> outputs) {
        this.sign = sign;
        this.files = files;
        this.commands = commands;
        this.outputs = outputs;
    }

    /** What such a report, and nothing else, has at its top. */
    String sign() {
        return sign;
    }

    /** Where a file of the host may be kept, in the order in which to look. */
    List<Stored> files(String path) {
        return files.stream().filter(stored -> stored.path().equals(path)).toList();
    }

    /** Where the output of a command may be kept, in the order in which to look. */
    List<Printed> outputs(HostCommand command) {
        return commands.stream().filter(printed -> printed.command() == command).toList();
    }

    /** Where what another command printed may be kept as it is, in the order in which to look. */
    List<String> places(Printout printout) {
        return outputs.stream()
                .filter(output -> output.printout() == printout)
                .map(Output::place)
                .toList();
    }

    /** What it is, for the reader. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
