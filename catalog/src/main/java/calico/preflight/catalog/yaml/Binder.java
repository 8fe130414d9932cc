package calico.preflight.catalog.yaml;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.Problem;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Binds trees to records, strictly: an unknown key fails, and so does a number where text is wanted, for {@code 3.10}
 * would become {@code 3.1}. What a file leaves out is empty in the record, never null.
 */
public final class Binder {

    private static final ObjectMapper MAPPER = mapper();

    private Binder() {}

    /** Binds a part of a file that stands at the path. */
    public static <T> T bind(YamlFile file, List<?> path, JsonNode part, Class<T> type) throws InvalidRulesException {
        try {
            return MAPPER.treeToValue(part, type);
        } catch (JsonMappingException e) {
            throw new InvalidRulesException(List.of(located(file, path, e)));
        } catch (JsonProcessingException e) {
            throw new InvalidRulesException(List.of(file.at(path, Wording.printable(e.getOriginalMessage()))));
        }
    }

    /** A JSON file of our own; here so that one mapper is enough, as each costs time to start. */
    static JsonNode read(InputStream json) throws IOException {
        return MAPPER.readTree(json);
    }

    /** A record as the tree that it would be read from. */
    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** Does any key have no value at all? Binding takes that for "left out"; in a file of rules it is a mistake. */
    public static boolean hasEmptyValue(JsonNode tree) {
        if (tree.isNull()) {
            return true;
        }
        for (JsonNode child : tree) {
            if (hasEmptyValue(child)) {
                return true;
            }
        }
        return false;
    }

    private static Problem located(YamlFile file, List<?> path, JsonMappingException e) {
        List<Object> steps = new ArrayList<>(path);
        e.getPath().stream()
                .flatMap(step -> Stream.<Object>of(step.getFieldName() == null ? step.getIndex() : step.getFieldName()))
                .forEach(steps::add);
        String first = e.getOriginalMessage().lines().findFirst().orElse("");
        return file.at(steps, "cannot be used: " + Wording.printable(first));
    }

    private static ObjectMapper mapper() {
        return JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .withCoercionConfig(LogicalType.Textual, config -> config.setCoercion(
                                CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .defaultSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY, Nulls.FAIL))
                .build();
    }
}
