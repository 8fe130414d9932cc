package calico.preflight.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.catalog.requirement.Source;
import calico.preflight.cli.Golden;
import calico.preflight.cli.Reports;
import calico.preflight.engine.report.Amendment;
import calico.preflight.engine.report.Finding;
import calico.preflight.engine.report.Outcome;
import calico.preflight.engine.report.Report;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportDocumentTest {

    private static final Report REPORT = Reports.of(
            Reports.module("ipip", Outcome.FAIL),
            Reports.port("bgp", Outcome.UNKNOWN),
            Reports.module("ip6_tables", Outcome.NOT_APPLICABLE));

    private static Documents.Content content(Report report) {
        return ReportDocument.of(report, "1.2.3", List.of(report.findings().get(1)));
    }

    @Test
    void json_has_the_fields_of_the_contract_in_their_order() {
        String json = new String(Documents.json(content(REPORT)), StandardCharsets.UTF_8);

        Golden.assertMatches("report.json", json);
    }

    @Test
    void yaml_says_the_same_as_json() throws IOException {
        byte[] yaml = Documents.yaml(content(REPORT));

        JsonNode fromYaml = new ObjectMapper(new YAMLFactory()).readTree(yaml);
        JsonNode fromJson = new ObjectMapper().readTree(Documents.json(content(REPORT)));
        assertThat(fromYaml).isEqualTo(fromJson);
        assertThat(fromYaml.at("/target/calico").isTextual()).isTrue();
    }

    @Test
    void what_an_advisory_changed_is_told_with_the_outcome_of_the_letter() throws IOException {
        Finding letter = Reports.module("xt_u32", Outcome.FAIL);
        Source page = new Source("A page", "", "https://example.org/");
        Amendment amendment =
                new Amendment("KI-u32", "it is not used", Outcome.FAIL, Outcome.WARN, "It was removed.", page, "");
        Finding amended = new Finding(
                letter.requirement(),
                Outcome.WARN,
                letter.reason(),
                letter.expected(),
                letter.evidence(),
                letter.notes(),
                letter.derivation(),
                List.of(amendment),
                Optional.of("KI-more"));

        JsonNode json = new ObjectMapper().readTree(Documents.json(ReportDocument.of(amended)));

        assertThat(json.path("outcome").asText()).isEqualTo("WARN");
        assertThat(json.at("/amendedBy/0/advisory").asText()).isEqualTo("KI-u32");
        assertThat(json.at("/amendedBy/0/from").asText()).isEqualTo("FAIL");
        assertThat(json.at("/amendedBy/0/to").asText()).isEqualTo("WARN");
        assertThat(json.at("/amendedBy/0/because").asText()).isEqualTo("It was removed.");
        assertThat(json.at("/amendedBy/0/source/url").asText()).isEqualTo("https://example.org/");
        assertThat(json.path("addedBy").asText()).isEqualTo("KI-more");
        JsonNode plain = new ObjectMapper().readTree(Documents.json(ReportDocument.of(letter)));
        assertThat(plain.has("amendedBy")).isFalse();
        assertThat(plain.has("addedBy")).isFalse();
    }

    @Test
    void the_same_report_gives_the_same_bytes() {
        assertThat(Documents.json(content(REPORT))).isEqualTo(Documents.json(content(REPORT)));
    }

    @Test
    void json_and_yaml_carry_no_control_characters() throws IOException {
        String hostile = "\u001b[2J\u009b\u202e \uD83D\uDE00 \u0000";
        Report report = Reports.of(hostile, Reports.showing(hostile), Reports.showing("x"));

        byte[] json = Documents.json(content(report));

        assertThat(new String(json, StandardCharsets.UTF_8).codePoints())
                .allMatch(character -> character == '\n' || (character >= ' ' && character < 0x7f));
        assertThat(new ObjectMapper().readTree(json).at("/host/name").asText()).isEqualTo(hostile);
        assertThat(new String(Documents.yaml(content(report)), StandardCharsets.UTF_8).codePoints())
                .allMatch(character -> character == '\n' || !Character.isISOControl(character));
    }
}
