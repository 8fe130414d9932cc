package calico.preflight.facts.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Packages that are installed, by the lists of package managers and of Python. */
public final class InstalledPackages {

    /**
     * One package.
     *
     * @param line where the list names it
     */
    public record Installed(String name, String version, int line) {}

    private static final Set<String> OPENSTACK = Set.of(
            "aodh",
            "barbican",
            "ceilometer",
            "cinder",
            "cyborg",
            "designate",
            "glance",
            "gnocchi",
            "heat",
            "horizon",
            "ironic",
            "keystone",
            "magnum",
            "manila",
            "masakari",
            "mistral",
            "murano",
            "neutron",
            "nova",
            "octavia",
            "placement",
            "sahara",
            "senlin",
            "swift",
            "trove",
            "zaqar",
            "zun");

    private static final List<String> PYTHON = List.of("python3-", "python-", "python2-");

    private static final Pattern PYTHON_DISTRIBUTION = Pattern.compile(
            "([A-Za-z0-9][A-Za-z0-9._]*?(?:-[A-Za-z][A-Za-z0-9._]*?)*)-([0-9][A-Za-z0-9.!+_]*?)(?:-py[0-9.]+)?\\.(?:dist|egg)-info");

    /** The line below the names of the columns; as wide as a terminal, of 80 columns if there is none, before dpkg 1.18. */
    private static final String RULER = "+++-=";

    private static final int NARROW = 80;

    /** It stands near the end, so that a list without it is not whole. */
    private static final String ESSENTIAL = "util-linux";

    /** What is wanted, what is, and whether that is an error (dpkg-query(1)). */
    private static final Pattern PACKAGE_STATE = Pattern.compile("[uirph][ncHUFWti]R?");

    private InstalledPackages() {}

    /** Of {@code /var/lib/dpkg/status}: the stanzas whose status is {@code install ok installed} (or held). */
    public static List<Installed> dpkg(String status) {
        List<Installed> packages = new ArrayList<>();
        String name = "";
        String version = "";
        boolean installed = false;
        int line = 0;
        int number = 0;
        // The file has tens of thousands of lines: most say nothing here, and their first letter tells.
        for (int begin = 0, end; begin <= status.length(); begin = end + 1) {
            int feed = status.indexOf('\n', begin);
            end = feed < 0 ? status.length() : feed;
            number++;
            switch (begin == end ? ' ' : status.charAt(begin)) {
                case 'P' -> {
                    if (status.startsWith("Package:", begin)) {
                        name = status.substring(begin + "Package:".length(), end)
                                .strip();
                        line = number;
                    }
                }
                case 'V' -> {
                    if (status.startsWith("Version:", begin)) {
                        version = status.substring(begin + "Version:".length(), end)
                                .strip();
                    }
                }
                case 'S' -> {
                    if (status.startsWith("Status:", begin)) {
                        List<String> words = Lines.words(status.substring(begin + "Status:".length(), end));
                        installed = words.size() == 3
                                && words.get(1).equals("ok")
                                && words.get(2).equals("installed");
                    }
                }
                case ' ', '\t', '\r' -> {
                    if (isBlank(status, begin, end)) {
                        if (installed && !name.isEmpty() && !version.isEmpty()) {
                            packages.add(new Installed(name, version, line));
                        }
                        name = "";
                        version = "";
                        installed = false;
                    }
                }
                default -> {}
            }
        }
        if (installed && !name.isEmpty() && !version.isEmpty()) {
            packages.add(new Installed(name, version, line));
        }
        return packages;
    }

    private static boolean isBlank(String text, int begin, int end) {
        int at = begin;
        while (at < end && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at == end;
    }

    /**
     * Of what {@code dpkg -l} printed, those that are installed, be they held or not.
     *
     * @throws UnreadableOutputException where it is no such list, not whole, or was printed for a narrow terminal, which cuts
     *     names
     */
    public static List<Installed> dpkgList(String list) throws UnreadableOutputException {
        List<Installed> packages = new ArrayList<>();
        boolean ruled = false;
        for (Lines.Line line : PrintedText.lines(list)) {
            String text = line.text();
            List<String> words = Lines.words(text);
            if (!ruled) {
                ruled = text.startsWith(RULER);
                if (ruled && text.length() <= NARROW) {
                    throw new UnreadableOutputException("the list is so narrow that names are cut", line.number());
                }
            } else if (words.size() < 4 || !PACKAGE_STATE.matcher(words.get(0)).matches()) {
                throw UnreadableOutputException.notOf("dpkg -l", line);
            } else if (words.get(0).charAt(1) == 'i') {
                packages.add(new Installed(words.get(1).replaceFirst(":.*", ""), words.get(2), line.number()));
            }
        }
        if (packages.stream().noneMatch(one -> one.name().equals(ESSENTIAL))) {
            throw new UnreadableOutputException(
                    "the package " + ESSENTIAL + ", which every host of dpkg has, is not listed", 0);
        }
        return packages;
    }

    /** Of a list with {@code NAME VERSION} in each line, as {@code rpm -qa} is asked for. */
    public static List<Installed> rpm(String list) {
        List<Installed> packages = new ArrayList<>();
        for (Lines.Line line : Lines.of(list)) {
            List<String> words = Lines.words(line.text());
            if (words.size() == 2) {
                packages.add(new Installed(words.get(0), words.get(1), line.number()));
            }
        }
        return packages;
    }

    /** Of apk's list of what is installed (apk-db(5)): paragraphs in which {@code P:} is the name and {@code V:} the version. */
    public static List<Installed> apk(String installed) {
        List<Installed> packages = new ArrayList<>();
        String name = "";
        String version = "";
        int line = 0;
        for (Lines.Line at : Lines.of(installed + "\n\n")) {
            String text = at.text();
            if (text.isBlank()) {
                if (!name.isEmpty() && !version.isEmpty()) {
                    packages.add(new Installed(name, version, line));
                }
                name = "";
                version = "";
            } else if (text.startsWith("P:")) {
                name = text.substring(2).strip();
                line = at.number();
            } else if (text.startsWith("V:")) {
                version = text.substring(2).strip();
            }
        }
        return packages;
    }

    /** By the name of a metadata directory of Python, such as {@code nova-21.2.4.dist-info}; names are normalized. */
    public static Optional<Installed> python(String directory) {
        if (directory.length() > 200 || !directory.endsWith("-info")) {
            return Optional.empty();
        }
        Matcher matcher = PYTHON_DISTRIBUTION.matcher(directory);
        return matcher.matches()
                ? Optional.of(new Installed(
                        matcher.group(1).toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-"), matcher.group(2), 0))
                : Optional.empty();
    }

    /** Is it a part of OpenStack's services, whatever the distribution calls it? Their client programs are not. */
    public static boolean isOpenstack(String name) {
        if (name.startsWith("openstack-")) {
            return true;
        }
        String base = PYTHON.stream()
                .filter(name::startsWith)
                .findFirst()
                .map(prefix -> name.substring(prefix.length()))
                .orElse(name);
        if (base.endsWith("client") || base.endsWith("-doc") || base.endsWith("-lib") || base.equals("glance-store")) {
            return false;
        }
        int dash = base.indexOf('-');
        return base.startsWith("networking-") || OPENSTACK.contains(dash < 0 ? base : base.substring(0, dash));
    }

    /** The upstream version within that of a package: without epoch and without what the distribution adds. */
    public static Optional<String> upstream(String version) {
        Matcher matcher = Pattern.compile("(?:[0-9]+:)?v?([0-9]+(?:\\.[0-9]+)*).*", Pattern.DOTALL)
                .matcher(version.length() > 200 ? "" : version);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
