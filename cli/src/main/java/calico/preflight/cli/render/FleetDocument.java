package calico.preflight.cli.render;

import calico.preflight.engine.fleet.FleetFinding;
import calico.preflight.engine.fleet.FleetReport;
import calico.preflight.engine.fleet.FleetReport.Matrix;
import calico.preflight.engine.fleet.HostGroup;
import calico.preflight.engine.fleet.HostList;
import calico.preflight.engine.fleet.HostRef;
import calico.preflight.engine.fleet.RequirementCount;
import calico.preflight.engine.fleet.Unreadable;
import calico.preflight.engine.report.Outcome;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/**
 * What came of a fleet as a document of the schema {@code calico-preflight/fleet/1}. Lists of hosts hold the first of them
 * beside the count of all.
 */
public final class FleetDocument {

    private static final String SCHEMA = "calico-preflight/fleet/1";

    /** How many groups, and hosts that could not be read, the document holds. */
    private static final int MOST_LISTED = 100;

    private final FleetReport report;
    private final String toolVersion;

    /** The document of this report. */
    public FleetDocument(FleetReport report, String toolVersion) {
        this.report = report;
        this.toolVersion = toolVersion;
    }

    /** What it holds. */
    public Documents.Content content() {
        return json -> {
            ReportDocument parts = new ReportDocument(json);
            json.writeStartObject();
            parts.schema(SCHEMA, toolVersion);
            parts.target(report.target());
            parts.pack(report.packId(), report.packDigest(), report.judgedAs(), report.target());
            json.writeStringField("outcome", report.outcome().name());
            summary(json);
            json.writeArrayFieldStart("findings");
            for (FleetFinding across : report.findings()) {
                json.writeStartObject();
                parts.fields(across.finding());
                hosts(json, "hosts", across.hosts());
                json.writeEndObject();
            }
            json.writeEndArray();
            requirements(json);
            groups(json);
            unreadable(json);
            json.writeEndObject();
        };
    }

    private void summary(JsonGenerator json) throws IOException {
        Matrix matrix = report.matrix();
        json.writeObjectFieldStart("summary");
        json.writeNumberField("hosts", matrix.hosts());
        json.writeNumberField("pass", matrix.count(Outcome.PASS));
        json.writeNumberField("warn", matrix.count(Outcome.WARN));
        json.writeNumberField("fail", matrix.count(Outcome.FAIL));
        json.writeNumberField("unknown", matrix.count(Outcome.UNKNOWN));
        json.writeNumberField("unreadable", matrix.unreadable());
        json.writeEndObject();
    }

    private void requirements(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("requirements");
        for (RequirementCount one : report.requirements()) {
            json.writeStartObject();
            json.writeStringField("id", one.requirement().id());
            json.writeStringField("title", one.requirement().title());
            json.writeStringField("level", one.requirement().level().label());
            json.writeNumberField("pass", one.count(Outcome.PASS));
            json.writeNumberField("warn", one.count(Outcome.WARN));
            json.writeNumberField("fail", one.count(Outcome.FAIL));
            json.writeNumberField("unknown", one.count(Outcome.UNKNOWN));
            json.writeNumberField("notApplicable", one.count(Outcome.NOT_APPLICABLE));
            hosts(json, "failed", one.failed());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void groups(JsonGenerator json) throws IOException {
        List<HostGroup> told = report.groups().stream().limit(MOST_LISTED).toList();
        json.writeArrayFieldStart("groups");
        for (HostGroup group : told) {
            json.writeStartObject();
            json.writeArrayFieldStart("failed");
            for (HostGroup.Failure failure : group.failed()) {
                json.writeStartObject();
                json.writeStringField("id", failure.id());
                json.writeStringField("remedy", failure.remedy());
                json.writeEndObject();
            }
            json.writeEndArray();
            hosts(json, "hosts", group.hosts());
            json.writeEndObject();
        }
        json.writeEndArray();
        int grouped = told.stream().mapToInt(group -> group.hosts().count()).sum();
        json.writeNumberField("hostsOfOtherGroups", report.matrix().count(Outcome.FAIL) - grouped);
    }

    private void unreadable(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("unreadableHosts");
        for (Unreadable host : report.unreadable().stream().limit(MOST_LISTED).toList()) {
            json.writeStartObject();
            json.writeStringField("place", host.host().place());
            json.writeStringField("reason", host.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void hosts(JsonGenerator json, String field, HostList hosts) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeNumberField("count", hosts.count());
        json.writeArrayFieldStart("first");
        for (HostRef host : hosts.shown()) {
            json.writeStartObject();
            json.writeStringField("name", host.name());
            json.writeStringField("place", host.place());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
