package calico.preflight.cli.render;

import calico.preflight.catalog.target.Platform;
import calico.preflight.cli.matrix.Advice;
import calico.preflight.cli.matrix.Answer.Judged;
import calico.preflight.cli.matrix.Answer.NotOffered;
import calico.preflight.cli.matrix.Lack;
import calico.preflight.cli.matrix.Matrix;
import calico.preflight.cli.matrix.Mode;
import calico.preflight.cli.matrix.Row;
import calico.preflight.cli.matrix.Spot;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A matrix as a document of the schema {@code calico-preflight/matrix/1}.
 *
 * @param said what was said of the target beside versions and modes
 * @param allowed what was allowed to be unknown, as it was typed
 */
public record MatrixDocument(Matrix matrix, Platform platform, Map<String, List<String>> said, List<String> allowed) {

    /** The schema of the document. */
    public static final String SCHEMA = "calico-preflight/matrix/1";

    public MatrixDocument {
        said = new LinkedHashMap<>(said);
        allowed = List.copyOf(allowed);
    }

    /** The document. */
    public Documents.Content content(String toolVersion) {
        return json -> new Writer(json).write(toolVersion);
    }

    private final class Writer {
        private final JsonGenerator json;
        private final ReportDocument parts;

        Writer(JsonGenerator json) {
            this.json = json;
            this.parts = new ReportDocument(json);
        }

        void write(String toolVersion) throws IOException {
            json.writeStartObject();
            parts.schema(SCHEMA, toolVersion);
            json.writeStringField("platform", platform.label());
            json.writeObjectFieldStart("target");
            for (Map.Entry<String, List<String>> option : said.entrySet()) {
                parts.texts(option.getKey(), option.getValue());
            }
            json.writeEndObject();
            parts.texts("allowUnknown", allowed);
            json.writeArrayFieldStart("versions");
            for (Row row : matrix.rows()) {
                json.writeStartObject();
                json.writeStringField("calico", row.version().toString());
                json.writeStringField("judgedAs", row.judgedAs().toString());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeNumberField("exit", matrix.exit().code());
            json.writeArrayFieldStart("hosts");
            for (Matrix.OfHost host : matrix.hosts()) {
                host(host);
            }
            json.writeEndArray();
            advice(Advice.of(matrix));
            json.writeEndObject();
        }

        private void host(Matrix.OfHost host) throws IOException {
            json.writeStartObject();
            json.writeStringField("collectedAt", host.facts().collectedAt());
            parts.host(HostSummary.of(host.facts()));
            json.writeArrayFieldStart("cells");
            for (Spot spot : matrix.spots()) {
                json.writeStartObject();
                spot(spot);
                if (matrix.answer(host, spot) instanceof Judged judged) {
                    json.writeBooleanField("offered", true);
                    judged(judged);
                } else if (matrix.answer(host, spot) instanceof NotOffered no) {
                    json.writeBooleanField("offered", false);
                    json.writeStringField("reason", no.reason());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("needs");
            for (Matrix.Need need : matrix.needs(host)) {
                json.writeStartObject();
                lacks(need.failed());
                json.writeArrayFieldStart("cells");
                for (Spot spot : need.spots()) {
                    json.writeStartObject();
                    spot(spot);
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }

        private void spot(Spot spot) throws IOException {
            json.writeStringField("calico", spot.row().version().toString());
            mode(spot.mode());
        }

        private void mode(Mode mode) throws IOException {
            json.writeStringField("dataplane", mode.dataplane().label());
            json.writeStringField("encapsulation", mode.encapsulation().label());
        }

        private void judged(Judged judged) throws IOException {
            json.writeStringField("outcome", judged.outcome().name());
            json.writeNumberField("exit", judged.exit().code());
            json.writeNumberField("passed", judged.passed());
            parts.texts("failed", judged.failed().stream().map(Lack::id).toList());
            parts.texts("warned", judged.warned());
            parts.texts("unknown", judged.unknown());
            parts.texts("allowedUnknown", judged.allowed());
        }

        /** The remedies, each once, with the requirements that it is for. */
        private void lacks(List<Lack> lacks) throws IOException {
            parts.texts("failed", lacks.stream().map(Lack::id).toList());
            Map<String, List<String>> byRemedy = new LinkedHashMap<>();
            lacks.forEach(lack -> byRemedy.computeIfAbsent(lack.remedy(), any -> new ArrayList<>())
                    .add(lack.id()));
            json.writeArrayFieldStart("remedies");
            for (Map.Entry<String, List<String>> remedy : byRemedy.entrySet()) {
                json.writeStartObject();
                json.writeStringField("remedy", remedy.getKey());
                parts.texts("for", remedy.getValue());
                json.writeEndObject();
            }
            json.writeEndArray();
        }

        private void advice(Advice advice) throws IOException {
            json.writeObjectFieldStart("advice");
            parts.orNull("newest", advice.newest().map(row -> row.version().toString()));
            json.writeArrayFieldStart("modes");
            for (Map.Entry<Mode, Judged> runs : advice.runs().entrySet()) {
                json.writeStartObject();
                mode(runs.getKey());
                judged(runs.getValue());
                json.writeEndObject();
            }
            json.writeEndArray();
            Optional<Map.Entry<Spot, Judged>> next = advice.next();
            if (next.isPresent()) {
                json.writeObjectFieldStart("next");
                spot(next.get().getKey());
                lacks(next.get().getValue().failed());
                json.writeEndObject();
            } else {
                json.writeNullField("next");
            }
            json.writeEndObject();
        }
    }
}
