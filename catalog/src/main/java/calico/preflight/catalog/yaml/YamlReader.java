package calico.preflight.catalog.yaml;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.Problem;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
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
 * Reads one YAML file into a tree. Plain words are read by the core schema of YAML 1.2, so {@code no} and {@code 1:30}
 * stay text. A file that is too large, too deep, no text, or no YAML is a problem with a place, whatever its bytes are.
 */
public final class YamlReader {

    /** The largest file that is read, in bytes. */
    public static final int MOST_BYTES = 1 << 20;

    /** SnakeYAML takes time that grows with the square of a line's length: 4 MB took 12 s. */
    private static final int LONGEST_LINE = 10_000;

    private static final int DEEPEST = 50;
    private static final int MOST_ALIASES = 50;
    private static final int MOST_NODES = 200_000;
    private static final int MOST_DIGITS = 15;

    private YamlReader() {}

    /**
     * Reads a file.
     *
     * @throws InvalidRulesException with all duplicate keys and strange tags, or the one mistake that stopped the parser
     */
    public static YamlFile read(Path path) throws InvalidRulesException {
        return parse(path.toString(), bytes(path, MOST_BYTES));
    }

    /** The bytes of a regular file that is not larger than the limit. */
    public static byte[] bytes(Path path, int limit) throws InvalidRulesException {
        // Not a device or a pipe, which may never end.
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw refused(path.toString(), "is not a regular file");
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw refused(path.toString(), "is larger than " + (limit >> 20) + " MB; that is no file of rules");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw refused(path.toString(), "there is no such file");
        } catch (IOException e) {
            throw refused(path.toString(), "cannot be read: " + e.getMessage());
        }
    }

    /** The text of bytes that must be UTF-8. */
    public static String text(String name, byte[] bytes) throws InvalidRulesException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refused(name, "is not UTF-8 text");
        }
    }

    /** Parses the bytes of a file; messages call it by the name. */
    public static YamlFile parse(String name, byte[] bytes) throws InvalidRulesException {
        String text = text(name, bytes);
        checkLines(name, text);
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MOST_BYTES);
        options.setNestingDepthLimit(DEEPEST);
        options.setMaxAliasesForCollections(MOST_ALIASES);
        try {
            Node root = new Composer(new ParserImpl(new StreamReader(text), options), new CoreSchema(), options)
                    .getSingleNode();
            if (root == null) {
                throw refused(name, "is empty");
            }
            Conversion conversion = new Conversion(name);
            JsonNode tree = conversion.tree(root, 0);
            if (!conversion.problems.isEmpty()) {
                throw new InvalidRulesException(conversion.problems);
            }
            return new YamlFile(name, tree, root, bytes);
        } catch (MarkedYAMLException e) {
            String message = "is not valid YAML: " + Wording.printable(String.valueOf(e.getProblem()));
            throw new InvalidRulesException(List.of(problem(name, e.getProblemMark(), message)));
        } catch (YAMLException e) {
            String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw refused(name, "is not valid YAML: " + Wording.printable(first));
        }
    }

    private static void checkLines(String name, String text) throws InvalidRulesException {
        int line = 1;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                line++;
                start = i + 1;
            } else if (i - start >= LONGEST_LINE) {
                String message = "this line has more than " + LONGEST_LINE + " characters; break it up";
                throw new InvalidRulesException(List.of(new Problem(name, line, 0, message)));
            }
        }
    }

    private static InvalidRulesException refused(String name, String message) {
        return new InvalidRulesException(List.of(new Problem(name, 0, 0, message)));
    }

    static Problem problem(String name, @Nullable Mark mark, String message) {
        return mark == null
                ? new Problem(name, 0, 0, message)
                : new Problem(name, mark.getLine() + 1, mark.getColumn() + 1, message);
    }

    /** From SnakeYAML's nodes to Jackson's; aliases are written out, so the number of nodes is bounded here. */
    private static final class Conversion {
        private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

        private final String name;
        private final List<Problem> problems = new ArrayList<>();
        private int count;

        Conversion(String name) {
            this.name = name;
        }

        JsonNode tree(Node node, int depth) throws InvalidRulesException {
            if (++count > MOST_NODES || depth > DEEPEST) {
                throw new InvalidRulesException(List.of(problem(
                        name,
                        node.getStartMark(),
                        "the file is too large or too deep once its aliases are written out")));
            }
            if (node instanceof MappingNode mapping && Tag.MAP.equals(node.getTag())) {
                return object(mapping, depth);
            }
            if (node instanceof SequenceNode sequence && Tag.SEQ.equals(node.getTag())) {
                ArrayNode array = NODES.arrayNode();
                for (Node item : sequence.getValue()) {
                    array.add(tree(item, depth + 1));
                }
                return array;
            }
            if (node instanceof ScalarNode scalar) {
                return scalar(scalar);
            }
            return strange(node);
        }

        private JsonNode object(MappingNode mapping, int depth) throws InvalidRulesException {
            ObjectNode object = NODES.objectNode();
            for (NodeTuple entry : mapping.getValue()) {
                if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                    problems.add(problem(name, entry.getKeyNode().getStartMark(), "a key must be text"));
                } else if (object.has(key.getValue())) {
                    problems.add(problem(
                            name,
                            key.getStartMark(),
                            "the key " + Wording.quoted(key.getValue()) + " stands here a second time"));
                } else {
                    object.set(key.getValue(), tree(entry.getValueNode(), depth + 1));
                }
            }
            return object;
        }

        private JsonNode scalar(ScalarNode scalar) {
            String text = scalar.getValue();
            Tag tag = scalar.getTag();
            try {
                if (Tag.STR.equals(tag)) {
                    return NODES.textNode(text);
                }
                if (Tag.INT.equals(tag) && text.length() <= MOST_DIGITS) {
                    long number = Long.parseLong(text);
                    return number == (int) number ? NODES.numberNode((int) number) : NODES.numberNode(number);
                }
                if (Tag.INT.equals(tag) || Tag.FLOAT.equals(tag)) {
                    return NODES.numberNode(Double.parseDouble(text));
                }
            } catch (NumberFormatException e) {
                return strange(scalar);
            }
            if (Tag.BOOL.equals(tag)) {
                return NODES.booleanNode(text.equalsIgnoreCase("true"));
            }
            return Tag.NULL.equals(tag) ? NODES.nullNode() : strange(scalar);
        }

        private JsonNode strange(Node node) {
            problems.add(problem(
                    name,
                    node.getStartMark(),
                    "the tag " + Wording.quoted(node.getTag().getValue()) + " is not allowed here; leave it out"));
            return NODES.nullNode();
        }
    }

    /** The core schema of YAML 1.2, without octal and hexadecimal numbers. */
    private static final class CoreSchema extends Resolver {
        private static final Pattern WORD = Pattern.compile("true|True|TRUE|false|False|FALSE");
        private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+");
        private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
        private static final Pattern NOTHING = Pattern.compile("~|null|Null|NULL|");

        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.BOOL, WORD, "tTfF", 5);
            addImplicitResolver(Tag.INT, WHOLE, "-+0123456789");
            addImplicitResolver(Tag.FLOAT, DECIMAL, "-+.0123456789");
            addImplicitResolver(Tag.NULL, NOTHING, "~nN\0", 4);
            addImplicitResolver(Tag.NULL, Pattern.compile(""), null);
        }
    }
}
