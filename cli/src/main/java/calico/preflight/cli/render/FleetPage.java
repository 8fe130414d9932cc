package calico.preflight.cli.render;

import calico.preflight.catalog.requirement.Requirement;
import calico.preflight.catalog.requirement.Source;
import calico.preflight.engine.fleet.FleetFinding;
import calico.preflight.engine.fleet.FleetReport;
import calico.preflight.engine.fleet.FleetReport.Matrix;
import calico.preflight.engine.fleet.HostGroup;
import calico.preflight.engine.fleet.HostRef;
import calico.preflight.engine.report.Outcome;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a fleet as one HTML file that asks for no other: every host against every requirement, what to do, and the
 * findings of each host. The page itself is written by hand ({@code fleet-page/}); here it is given its data, and a policy
 * by which the browser runs that script and nothing else.
 */
public final class FleetPage {

    private static final String FOLDER = "/calico/preflight/cli/fleet-page/";
    private static final String PLACE_OF_DATA = "{{data}}";
    private static final String SCHEMA = "calico-preflight/fleet-page/1";

    private final FleetReport report;
    private final PagedHosts hosts;
    private final FleetVerdict verdict;
    private final String toolVersion;
    private final List<Requirement> requirements;

    /**
     * The page of this report.
     *
     * @param hosts the same hosts in the same order, with their findings
     * @param waivedBy the words by which hosts were allowed to leave something open; may be empty
     */
    public FleetPage(FleetReport report, PagedHosts hosts, String waivedBy, String toolVersion) {
        this.report = report;
        this.hosts = hosts;
        this.verdict = new FleetVerdict(report, waivedBy);
        this.toolVersion = toolVersion;
        this.requirements = new ArrayList<>(report.matrix().requirements());
        report.findings().forEach(across -> requirements.add(across.finding().requirement()));
    }

    /** Writes the file, and does not hold the whole of it while doing so. */
    public void writeTo(OutputStream out) throws IOException {
        String style = resource("page.css");
        String script = resource("page.js");
        String page = resource("page.html")
                .replace("{{policy}}", policy(style, script))
                .replace("{{title}}", verdict.title())
                .replace("{{style}}", style)
                .replace("{{script}}", script);
        int place = page.indexOf(PLACE_OF_DATA);
        out.write(page.substring(0, place).getBytes(StandardCharsets.UTF_8));
        Documents.embed(this::write, out);
        out.write(page.substring(place + PLACE_OF_DATA.length()).getBytes(StandardCharsets.UTF_8));
    }

    private static String policy(String style, String script) {
        return "default-src 'none'; style-src " + digest(style) + "; script-src " + digest(script)
                + "; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String resource(String name) {
        try (InputStream resource = FleetPage.class.getResourceAsStream(FOLDER + name)) {
            if (resource == null) {
                throw new IllegalStateException("the program is incomplete: it has no " + FOLDER + name);
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        new ReportDocument(json).schema(SCHEMA, toolVersion);
        json.writeStringField("title", verdict.title());
        json.writeStringField("verdict", verdict.sentence());
        json.writeStringField("target", HeadText.describe(report.target()));
        json.writeStringField(
                "rules",
                report.packId() + " " + report.packDigest()
                        + HeadText.standIn(report.judgedAs(), report.target(), ", "));
        new ReportDocument(json)
                .texts(
                        "outcomes",
                        FindingTable.OUTCOMES.stream().map(Outcome::name).toList());
        requirements(json);
        across(json);
        groups(json);
        hosts(json);
        // Behind all that has its texts and findings in them.
        json.writeFieldName("findings");
        hosts.findings().writeTo(json);
        json.writeFieldName("texts");
        hosts.texts().writeTo(json);
        json.writeEndObject();
    }

    private void requirements(JsonGenerator json) throws IOException {
        json.writeNumberField("columns", report.matrix().requirements().size());
        json.writeArrayFieldStart("requirements");
        for (Requirement requirement : requirements) {
            Source source = requirement.source();
            FindingTable.write(
                    json,
                    numbers(
                            requirement.id(),
                            requirement.title(),
                            requirement.level().label(),
                            source.document(),
                            source.section(),
                            source.url()));
        }
        json.writeEndArray();
    }

    private List<Integer> numbers(String... all) {
        return List.of(all).stream().map(hosts.texts()::number).toList();
    }

    private void across(JsonGenerator json) throws IOException {
        List<Integer> across = new ArrayList<>();
        for (FleetFinding one : report.findings()) {
            int requirement = report.matrix().requirements().size() + across.size();
            across.add(hosts.findings().number(requirement, one.finding()));
        }
        json.writeFieldName("across");
        FindingTable.write(json, across);
    }

    /** Of each group what fails and its remedy, by turns; its hosts name it themselves. */
    private void groups(JsonGenerator json) throws IOException {
        Map<String, Integer> byId = new HashMap<>();
        requirements.forEach(requirement -> byId.put(requirement.id(), byId.size()));
        json.writeArrayFieldStart("groups");
        for (HostGroup group : report.groups()) {
            List<Integer> failed = new ArrayList<>();
            for (HostGroup.Failure failure : group.failed()) {
                failed.add(Optional.ofNullable(byId.get(failure.id())).orElseThrow());
                failed.add(hosts.texts().number(failure.remedy()));
            }
            FindingTable.write(json, failed);
        }
        json.writeEndArray();
        json.writeNumberField("hostsOfOtherGroups", report.otherGroups());
    }

    private void hosts(JsonGenerator json) throws IOException {
        Matrix matrix = report.matrix();
        List<Integer> usual = hosts.usual();
        json.writeFieldName("usual");
        FindingTable.write(json, usual);
        json.writeArrayFieldStart("hosts");
        for (int i = 0; i < matrix.hosts(); i++) {
            HostRef host = matrix.host(i);
            json.writeStartArray();
            for (int number : numbers(host.name(), host.place())) {
                json.writeNumber(number);
            }
            json.writeNumber(FindingTable.numberOf(matrix.outcome(i)));
            json.writeNumber(matrix.group(i));
            FindingTable.write(json, hosts.about(i));
            FindingTable.write(json, hosts.unusual(i, usual));
            json.writeEndArray();
        }
        json.writeEndArray();
    }
}
