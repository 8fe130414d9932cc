package calico.preflight.cli.render;

import calico.preflight.catalog.target.Dataplane;
import calico.preflight.catalog.target.Encapsulation;
import calico.preflight.cli.matrix.Matrix;
import calico.preflight.cli.matrix.Mode;
import calico.preflight.cli.matrix.Row;
import calico.preflight.cli.matrix.Spot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Names many versions and modes in few words: {@code 3.0..3.9 iptables (none, ipip)}. */
record SpotWords(Matrix matrix) {

    /**
     * The words for some of these; one text for each range of versions that has the same modes.
     *
     * @param all a version of which all of these are among the spots is named without its modes
     */
    List<String> of(Collection<Spot> spots, Collection<Spot> all) {
        Map<String, List<Row>> byModes = new LinkedHashMap<>();
        for (Row row : matrix.rows()) {
            List<Mode> modes = modes(row, spots);
            if (!modes.isEmpty()) {
                byModes.computeIfAbsent(words(modes, modes(row, all)), any -> new ArrayList<>())
                        .add(row);
            }
        }
        List<String> words = new ArrayList<>();
        byModes.forEach((modes, rows) -> words.add((ranges(rows) + " " + modes).strip()));
        return words;
    }

    /** {@code 3.0..3.9, 3.12}: what follows on each other in the matrix is one range. */
    String ranges(List<Row> rows) {
        List<String> ranges = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i < rows.size(); i++) {
            boolean goesOn = i + 1 < rows.size()
                    && matrix.rows().indexOf(rows.get(i + 1)) == matrix.rows().indexOf(rows.get(i)) + 1;
            if (!goesOn) {
                ranges.add(range(rows.get(begin), rows.get(i)));
                begin = i + 1;
            }
        }
        return String.join(", ", ranges);
    }

    private static String range(Row first, Row last) {
        return first.equals(last) ? first.version().toString() : first.version() + ".." + last.version();
    }

    private List<Mode> modes(Row row, Collection<Spot> spots) {
        return matrix.modes().stream()
                .filter(mode -> spots.contains(new Spot(row, mode)))
                .toList();
    }

    /** {@code iptables (none, ipip), ebpf}: a dataplane alone is it with every encapsulation; nothing: all there are. */
    private static String words(List<Mode> modes, List<Mode> all) {
        if (modes.size() == all.size()) {
            return "";
        }
        Map<Dataplane, List<Encapsulation>> byDataplane = byDataplane(modes);
        Map<Dataplane, List<Encapsulation>> allByDataplane = byDataplane(all);
        return byDataplane.entrySet().stream()
                .map(entry -> entry.getKey().label()
                        + (entry.getValue().equals(allByDataplane.get(entry.getKey()))
                                ? ""
                                : " (" + labels(entry.getValue()) + ")"))
                .collect(Collectors.joining(", "));
    }

    private static Map<Dataplane, List<Encapsulation>> byDataplane(List<Mode> modes) {
        Map<Dataplane, List<Encapsulation>> byDataplane = new LinkedHashMap<>();
        modes.forEach(mode -> byDataplane
                .computeIfAbsent(mode.dataplane(), any -> new ArrayList<>())
                .add(mode.encapsulation()));
        return byDataplane;
    }

    private static String labels(List<Encapsulation> encapsulations) {
        return encapsulations.stream().map(Encapsulation::label).collect(Collectors.joining(", "));
    }
}
