package calico.preflight.cli;

import static calico.preflight.cli.FleetHosts.fleet;
import static calico.preflight.cli.FleetHosts.host;
import static calico.preflight.cli.FleetHosts.mixedFleet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The file that {@code fleet -o html} writes, as a file: what it holds, and what could leave it. */
class FleetPageFileTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HOSTILE = "</script><img src=x onerror=alert(1)>\u2028<!--<script>\u202Eevil \u00fc";

    private static String between(String page, String begin, String end) {
        Matcher matcher = Pattern.compile(Pattern.quote(begin) + "(.*?)" + Pattern.quote(end), Pattern.DOTALL)
                .matcher(page);
        assertThat(matcher.find()).as(begin).isTrue();
        return matcher.group(1);
    }

    private static String data(String page) {
        return between(page, "<script type=\"application/json\" id=\"data\">", "</script>");
    }

    private static String hostileHost() {
        String name = HOSTILE.replace("\u2028", "\\u2028").replace("\u202E", "\\u202e");
        return host(name, "10.0.0.9", "6.1.0-50-amd64") + "\n";
    }

    /** A finding as a report has it, made of what the page holds. */
    private record Decoder(JsonNode page) {

        String text(JsonNode number) {
            return page.path("texts").get(number.asInt()).asText();
        }

        ObjectNode finding(int number) {
            JsonNode coded = page.path("findings").get(number);
            JsonNode requirement = page.path("requirements").get(coded.get(0).asInt());
            ObjectNode finding = JsonNodeFactory.instance.objectNode();
            finding.put("id", text(requirement.get(0)));
            finding.put("title", text(requirement.get(1)));
            finding.put("level", text(requirement.get(2)));
            finding.set("outcome", page.path("outcomes").get(coded.get(1).asInt()));
            finding.put("reason", text(coded.get(2).get(0)));
            finding.put("expected", text(coded.get(2).get(1)));
            ArrayNode evidence = finding.putArray("evidence");
            for (int i = 0; i < coded.get(3).size(); i += 3) {
                ObjectNode one = evidence.addObject();
                one.put("fact", text(coded.get(3).get(i)));
                one.put("value", text(coded.get(3).get(i + 1)));
                one.put("origin", text(coded.get(3).get(i + 2)));
            }
            ArrayNode notes = finding.putArray("notes");
            coded.get(4).forEach(note -> notes.add(text(note)));
            ObjectNode source = finding.putObject("source");
            source.put("document", text(requirement.get(3)));
            source.put("section", text(requirement.get(4)));
            source.put("url", text(requirement.get(5)));
            ArrayNode derivation = finding.putArray("derivation");
            coded.get(5).forEach(rule -> derivation.add(text(rule)));
            finding.put("remedy", text(coded.get(2).get(2)));
            ArrayNode amended = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < coded.get(6).size(); i += 8) {
                ObjectNode one = amended.addObject();
                one.put("advisory", text(coded.get(6).get(i)));
                one.put("title", text(coded.get(6).get(i + 1)));
                one.put("from", text(coded.get(6).get(i + 2)));
                one.put("to", text(coded.get(6).get(i + 3)));
                one.put("because", text(coded.get(6).get(i + 4)));
                ObjectNode from = one.putObject("source");
                from.put("title", text(coded.get(6).get(i + 5)));
                from.put("url", text(coded.get(6).get(i + 6)));
                one.put("note", text(coded.get(6).get(i + 7)));
            }
            if (!amended.isEmpty()) {
                finding.set("amendedBy", amended);
            }
            if (!coded.get(7).isEmpty()) {
                finding.put("addedBy", text(coded.get(7).get(0)));
            }
            return finding;
        }

        List<JsonNode> findings(JsonNode host) {
            List<JsonNode> all = new ArrayList<>();
            page.path("usual").forEach(number -> all.add(finding(number.asInt())));
            host.get(5)
                    .forEach(number -> all.set(
                            page.path("findings").get(number.asInt()).get(0).asInt(), finding(number.asInt())));
            return all;
        }
    }

    /** The findings of a report, without what the page does not tell. */
    private static List<JsonNode> told(JsonNode findings) {
        List<JsonNode> told = new ArrayList<>();
        findings.forEach(finding -> {
            ObjectNode rest = finding.deepCopy();
            rest.remove(List.of("kind", "settledBy", "hosts"));
            told.add(rest);
        });
        return told;
    }

    @Test
    void the_page_tells_every_finding_of_every_host_as_its_report_does() throws IOException {
        String folder = mixedFleet().toString();
        Run run = fleet("", "--profile", "practical", "-o", "html", folder);
        Decoder decoder = new Decoder(JSON.readTree(data(run.out())));
        List<JsonNode> reports = new ArrayList<>();
        for (String line : fleet("", "--profile", "practical", "-o", "ndjson", folder)
                .out()
                .lines()
                .toList()) {
            reports.add(JSON.readTree(line));
        }
        JsonNode summary = reports.remove(reports.size() - 1);

        assertThat(run.exit()).isEqualTo(3);
        assertThat(decoder.page().path("hosts")).hasSameSizeAs(reports);
        for (int i = 0; i < reports.size(); i++) {
            JsonNode host = decoder.page().path("hosts").get(i);
            if (reports.get(i).has("unreadable")) {
                assertThat(decoder.text(host.get(4).get(0)))
                        .isEqualTo(reports.get(i).path("unreadable").asText());
            } else {
                assertThat(decoder.text(host.get(0)))
                        .isEqualTo(reports.get(i).path("host").path("name").asText());
                assertThat(decoder.findings(host)).isEqualTo(told(reports.get(i).path("findings")));
            }
        }
        List<JsonNode> across = new ArrayList<>();
        decoder.page().path("across").forEach(number -> across.add(decoder.finding(number.asInt())));
        assertThat(across).isNotEmpty().isEqualTo(told(summary.path("findings")));
    }

    @Test
    void what_hosts_have_in_common_is_there_once() throws IOException {
        StringBuilder hosts = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            hosts.append(host("node" + i, "10.0.1." + i % 250, "6.1.0-50-amd64"))
                    .append('\n');
        }

        JsonNode page =
                JSON.readTree(data(fleet(hosts.toString(), "-o", "html", "-").out()));

        assertThat(page.path("hosts")).hasSize(300);
        assertThat(page.path("findings").size())
                .isLessThan(3 * page.path("requirements").size());
        assertThat(page.path("hosts"))
                .allSatisfy(host -> assertThat(host.toString()).hasSizeLessThan(80));
    }

    @Test
    void texts_of_hosts_stay_texts() throws IOException {
        Run run = fleet(hostileHost(), "-o", "html", "-");
        JsonNode page = JSON.readTree(data(run.out()));

        assertThat(run.exit()).isEqualTo(5);
        assertThat(data(run.out())).doesNotContain("<").isASCII();
        assertThat(page.path("texts")
                        .get(page.path("hosts").get(0).get(0).asInt())
                        .asText())
                .isEqualTo("</script><img src=x onerror=alert(1)>\\u2028<!--<script>\\u202eevil \u00fc");
        assertThat(run.out().replace(data(run.out()), "")).doesNotContain("onerror", "evil");
    }

    @Test
    void the_file_names_no_other_file() {
        Run run = fleet(hostileHost(), "-o", "html", "-");
        String skeleton = run.out().replace(data(run.out()), "");

        assertThat(skeleton)
                .doesNotContain(" src=", "<link", "url(", "@import", "@font-face", "innerHTML", "{{")
                .doesNotContainPattern("(?i)https?://");
    }

    @Test
    void the_policy_lets_only_this_script_and_this_style_be_used() throws NoSuchAlgorithmException {
        Run run = fleet(hostileHost(), "-o", "html", "-");
        String policy = between(run.out(), "http-equiv=\"Content-Security-Policy\" content=\"", "\"");

        assertThat(policy)
                .startsWith("default-src 'none';")
                .contains("script-src " + digest(between(run.out(), "<script>", "</script>")) + ";")
                .contains("style-src " + digest(between(run.out(), "<style>", "</style>")) + ";")
                .doesNotContain("unsafe", "*");
    }

    private static String digest(String text) throws NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    }

    @Test
    void the_same_fleet_gives_the_same_page() throws IOException {
        String folder = mixedFleet().toString();

        assertThat(fleet("", "-o", "html", folder).out())
                .isEqualTo(fleet("", "-o", "html", folder).out());
    }
}
