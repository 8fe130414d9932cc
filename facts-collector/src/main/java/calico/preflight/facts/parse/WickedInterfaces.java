package calico.preflight.facts.parse;

import calico.preflight.facts.FactValue.Rows;
import calico.preflight.facts.InterfaceManagement;
import calico.preflight.facts.InterfaceManagement.State;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.NetworkManagerConfiguration.ConfigurationFile;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The interfaces that wicked configures (ifcfg(5) of wicked; the code is {@code client/suse/compat-suse.c} and
 * {@code client/read-config.c}): those that have a file of their own, and no others.
 */
public final class WickedInterfaces {

    private static final Origin DIRECTORY = Origin.of("/etc/sysconfig/network");
    private static final String PREFIX = "ifcfg-";

    /** Copies that packages, editors and people leave behind, which are passed over. */
    private static final List<String> COPIES =
            List.of("~", ".old", ".bak", ".orig", ".scpmbackup", ".rpmnew", ".rpmsave", ".rpmorig");

    /** The modes of an {@code ifcfg} file; any other word means manual, which is also the default. */
    private static final Set<String> MODES =
            Set.of("auto", "boot", "onboot", "on", "nfsroot", "hotplug", "ifplugd", "off");

    /** Interfaces with these modes wait until a person asks for them, or for ever. */
    private static final Set<String> NOT_TAKEN = Set.of("manual", "off");

    private static final int DEEPEST = 50;

    private final Rows rows;

    private WickedInterfaces(Rows rows) {
        this.rows = rows;
    }

    /** Those that {@link #rows} told. */
    public static WickedInterfaces of(Rows rows) {
        return new WickedInterfaces(rows);
    }

    /** Is a file of this name one that configures an interface? */
    public static boolean isInterfaceFile(String name) {
        return name.startsWith(PREFIX)
                && name.length() > PREFIX.length()
                && COPIES.stream().noneMatch(name::endsWith);
    }

    /**
     * Tells the interfaces, one a row: the {@code file} and {@code line}, the {@code name} (empty where the interface is
     * described in another way), and the {@code startmode}.
     *
     * @param ifcfg files called {@code ifcfg-NAME}
     * @param xml files of {@code /etc/wicked/ifconfig}
     */
    public static Observed<Rows> rows(List<ConfigurationFile> ifcfg, List<ConfigurationFile> xml) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (ConfigurationFile file : ifcfg) {
            Optional<Lines.Line> mode = Lines.assignment(file.text(), "STARTMODE");
            rows.add(row(
                    new Origin(file.path(), mode.map(Lines.Line::number).orElse(0)),
                    file.path().substring(file.path().lastIndexOf(PREFIX) + PREFIX.length()),
                    mode.map(Lines.Line::text).filter(MODES::contains).orElse("manual")));
        }
        for (ConfigurationFile file : xml) {
            Optional<Observed<Rows>> refused = Interfaces.read(file, rows);
            if (refused.isPresent()) {
                return refused.get();
            }
        }
        return Observed.known(new Rows(rows), DIRECTORY);
    }

    private static Map<String, String> row(Origin origin, String name, String mode) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("file", origin.where());
        row.put("line", Integer.toString(origin.line()));
        row.put("name", name);
        row.put("startmode", mode);
        return row;
    }

    /** One file of XML, which may hold several interfaces side by side without an element around them. */
    private static final class Interfaces {
        private final String path;
        private final List<Map<String, String>> rows;
        private final List<String> open = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private String name = "";
        private String mode = "boot";
        private int line;

        private Interfaces(String path, List<Map<String, String>> rows) {
            this.path = path;
            this.rows = rows;
        }

        static Optional<Observed<Rows>> read(ConfigurationFile file, List<Map<String, String>> into) {
            XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
            String wrapped = "<file>" + file.text().replaceFirst("^\\s*<\\?xml[^>]*>", "") + "</file>";
            try {
                XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(wrapped));
                Interfaces interfaces = new Interfaces(file.path(), into);
                while (reader.hasNext() && interfaces.open.size() <= DEEPEST) {
                    interfaces.event(reader.next(), reader);
                }
                return interfaces.open.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Observed.unknown("it is too deep", Origin.of(file.path())));
            } catch (XMLStreamException e) {
                int line =
                        e.getLocation() == null ? 0 : Math.max(e.getLocation().getLineNumber(), 0);
                return Optional.of(Observed.unknown("it is not valid XML", new Origin(file.path(), line)));
            }
        }

        private void event(int event, XMLStreamReader reader) {
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> start(reader);
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(reader.getText());
                case XMLStreamConstants.END_ELEMENT -> end();
                default -> {}
            }
        }

        private void start(XMLStreamReader reader) {
            open.add(reader.getLocalName());
            text.setLength(0);
            if (reader.getLocalName().equals("interface")) {
                line = reader.getLocation().getLineNumber();
                name = "";
                mode = "boot";
            } else if (isWithin("interface", "name") && reader.getAttributeCount() == 0) {
                line = reader.getLocation().getLineNumber();
            } else if (isWithin("interface", "name")) {
                // Described by what it is like, and not by its name.
                open.set(open.size() - 1, "");
            }
        }

        private void end() {
            if (isWithin("interface", "name")) {
                name = text.toString().strip();
            } else if (isWithin("control", "mode")) {
                mode = text.toString().strip();
            }
            if (open.remove(open.size() - 1).equals("interface")) {
                rows.add(row(new Origin(path, line), name, mode));
            }
            text.setLength(0);
        }

        private boolean isWithin(String outer, String inner) {
            return open.size() > 1
                    && open.get(open.size() - 1).equals(inner)
                    && open.get(open.size() - 2).equals(outer);
        }
    }

    /**
     * Does wicked leave the interfaces of this name alone?
     *
     * @param pattern a name such as {@code tunl0}, or several with {@code *} and {@code ?}, such as {@code cali*}
     */
    public InterfaceManagement management(String pattern) {
        NameGlob glob = NameGlob.pattern(pattern);
        return configured(State.MANAGED, row -> isTaken(row) && glob.matches(name(row)))
                .or(() -> configured(
                        State.UNDECIDED, row -> isTaken(row) && name(row).isEmpty()))
                .or(() -> configured(State.LEFT_ALONE, row -> glob.matches(name(row))))
                .orElseGet(() -> new InterfaceManagement(
                        State.LEFT_ALONE,
                        "it takes only interfaces that have a file of their own, and none of these has one",
                        DIRECTORY));
    }

    private Optional<InterfaceManagement> configured(State state, Predicate<Map<String, String>> wanted) {
        return rows.rows().stream().filter(wanted).findFirst().map(row -> {
            Origin origin = origin(row);
            String which = name(row).isEmpty() ? "an interface by what it is like" : name(row);
            return new InterfaceManagement(
                    state, origin + " configures " + which + " (start mode " + mode(row) + ")", origin);
        });
    }

    private static boolean isTaken(Map<String, String> row) {
        return !NOT_TAKEN.contains(mode(row));
    }

    private static String name(Map<String, String> row) {
        return row.getOrDefault("name", "");
    }

    private static String mode(Map<String, String> row) {
        return row.getOrDefault("startmode", "");
    }

    private static Origin origin(Map<String, String> row) {
        String line = row.getOrDefault("line", "");
        return new Origin(row.getOrDefault("file", ""), Lines.isNumber(line, 9) ? Integer.parseInt(line) : 0);
    }
}
