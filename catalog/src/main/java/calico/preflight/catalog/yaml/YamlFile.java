package calico.preflight.catalog.yaml;

import calico.preflight.catalog.Problem;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** One file that was read: its tree, its bytes, and where everything stands in it. */
public final class YamlFile {

    private final String name;
    private final JsonNode tree;
    private final Node root;
    private final byte[] bytes;

    YamlFile(String name, JsonNode tree, Node root, byte[] bytes) {
        this.name = name;
        this.tree = tree;
        this.root = root;
        this.bytes = bytes;
    }

    /** The path as the reader would type it. */
    public String name() {
        return name;
    }

    /** The content. */
    public JsonNode tree() {
        return tree;
    }

    /** The file's bytes, for digests. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** A problem with the value at this path; where there is no such value, with the nearest one around it. */
    public Problem at(List<?> path, String message) {
        return YamlReader.problem(name, find(path).value().getStartMark(), message);
    }

    /** A problem with the key at this path; that of a list's entry is the entry itself. */
    public Problem atKey(List<?> path, String message) {
        Spot spot = find(path);
        Node key = spot.key();
        return YamlReader.problem(name, (key == null ? spot.value() : key).getStartMark(), message);
    }

    /** The value at this path as it is written, where it is a single one. */
    String written(List<?> path) {
        return find(path).value() instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    /** The line of the value at this path, counted from 1. */
    public int line(List<?> path) {
        return find(path).value().getStartMark().getLine() + 1;
    }

    private Spot find(List<?> path) {
        Spot spot = new Spot(null, root);
        for (Object step : path) {
            Spot next = spot.child(step.toString());
            if (next == null) {
                return new Spot(null, spot.value());
            }
            spot = next;
        }
        return spot;
    }

    private record Spot(@Nullable Node key, Node value) {

        @Nullable
        Spot child(String step) {
            if (value instanceof MappingNode mapping) {
                for (NodeTuple entry : mapping.getValue()) {
                    if (entry.getKeyNode() instanceof ScalarNode scalar
                            && scalar.getValue().equals(step)) {
                        return new Spot(scalar, entry.getValueNode());
                    }
                }
            }
            if (value instanceof SequenceNode sequence && step.matches("\\d{1,6}")) {
                int index = Integer.parseInt(step);
                return index < sequence.getValue().size()
                        ? new Spot(null, sequence.getValue().get(index))
                        : null;
            }
            return null;
        }
    }
}
