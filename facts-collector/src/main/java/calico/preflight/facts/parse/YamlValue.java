package calico.preflight.facts.parse;

import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * A value of a YAML file of the host, and the line at which it, or its key, begins. Words are taken as they are written,
 * without a type. A file that is too large, too deep or no YAML is unknown, with the line that is to blame.
 */
sealed interface YamlValue {

    /** The line, counted from 1. */
    int line();

    /** Named values, in the order of the file. */
    record Mapping(Map<String, YamlValue> entries, int line) implements YamlValue {
        Optional<YamlValue> entry(String key) {
            return Optional.ofNullable(entries.get(key));
        }
    }

    /** Several values. */
    record Sequence(List<YamlValue> items, int line) implements YamlValue {}

    /** A word, or any text. */
    record Scalar(String text, int line) implements YamlValue {}

    /** Nothing: an empty value, or {@code null}. */
    record Nothing(int line) implements YamlValue {}

    /** The one document of a file; absent where the file is empty. */
    static Observed<YamlValue> parse(String path, String text) {
        return new Reading(path).parse(text);
    }

    /** One file that is read, within the limits that keep a hostile one from taking memory or time. */
    final class Reading {
        private static final int MOST_CHARACTERS = 1 << 20;

        /** SnakeYAML takes time that grows with the square of a line's length. */
        private static final int LONGEST_LINE = 10_000;

        private static final int DEEPEST = 50;
        private static final int MOST_ALIASES = 50;
        private static final int MOST_VALUES = 100_000;

        private final String path;
        private int count;

        private Reading(String path) {
            this.path = path;
        }

        private Observed<YamlValue> parse(String text) {
            if (text.length() > MOST_CHARACTERS) {
                return Observed.unknown("it is too large for a configuration", Origin.of(path));
            }
            for (Lines.Line line : Lines.of(text)) {
                if (line.text().length() > LONGEST_LINE) {
                    return Observed.unknown("this line is too long", new Origin(path, line.number()));
                }
            }
            LoaderOptions options = new LoaderOptions();
            options.setNestingDepthLimit(DEEPEST);
            options.setMaxAliasesForCollections(MOST_ALIASES);
            try {
                Node root = new Composer(new ParserImpl(new StreamReader(text), options), new Resolver(), options)
                        .getSingleNode();
                return root == null
                        ? Observed.absent(Origin.of(path))
                        : Observed.known(value(root, line(root), 0), Origin.of(path));
            } catch (MarkedYAMLException e) {
                Mark mark = e.getProblemMark();
                return Observed.unknown(
                        "it is not valid YAML", new Origin(path, mark == null ? 0 : mark.getLine() + 1));
            } catch (YAMLException e) {
                return Observed.unknown("it is not valid YAML, or too large or too deep", Origin.of(path));
            }
        }

        private YamlValue value(Node node, int line, int depth) {
            if (++count > MOST_VALUES || depth > DEEPEST) {
                throw new YAMLException("too many values");
            }
            if (node instanceof MappingNode mapping) {
                Map<String, YamlValue> entries = new LinkedHashMap<>();
                for (NodeTuple entry : mapping.getValue()) {
                    Node key = entry.getKeyNode();
                    String name = key instanceof ScalarNode scalar ? scalar.getValue() : "";
                    YamlValue value = value(entry.getValueNode(), line(key), depth + 1);
                    if (name.isEmpty() || entries.putIfAbsent(name, value) != null) {
                        // Programs differ in which of two they take.
                        throw new MarkedKeyException(key.getStartMark());
                    }
                }
                return new Mapping(entries, line);
            }
            if (node instanceof SequenceNode sequence) {
                List<YamlValue> items = new ArrayList<>();
                for (Node item : sequence.getValue()) {
                    items.add(value(item, line(item), depth + 1));
                }
                return new Sequence(items, line);
            }
            return node instanceof ScalarNode scalar && !Tag.NULL.equals(node.getTag())
                    ? new Scalar(scalar.getValue(), line)
                    : new Nothing(line);
        }

        private static int line(Node node) {
            return node.getStartMark().getLine() + 1;
        }
    }

    /** A key that is no word, or that stands there a second time. */
    final class MarkedKeyException extends MarkedYAMLException {
        private static final long serialVersionUID = 1;

        private MarkedKeyException(Mark mark) {
            super("", mark, "a key that is no word, or there twice", mark);
        }
    }
}
