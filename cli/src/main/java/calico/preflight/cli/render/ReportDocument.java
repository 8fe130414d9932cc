package calico.preflight.cli.render;

import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.requirement.Source;
import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.KubeProxy;
import calico.preflight.catalog.target.Role;
import calico.preflight.catalog.target.Target;
import calico.preflight.engine.fleet.Unreadable;
import calico.preflight.engine.report.Amendment;
import calico.preflight.engine.report.Evidence;
import calico.preflight.engine.report.Finding;
import calico.preflight.engine.report.Outcome;
import calico.preflight.engine.report.Report;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** A report as a document of the schema {@code calico-preflight/report/1}. */
public final class ReportDocument {

    /** The schema of reports. */
    public static final String REPORT_SCHEMA = "calico-preflight/report/1";
    /** The schema of one finding of a report, as {@code explain} gives it. */
    public static final String FINDING_SCHEMA = "calico-preflight/finding/1";

    private final JsonGenerator json;

    /** The parts of a report, for the documents that have some of them. */
    ReportDocument(JsonGenerator json) {
        this.json = json;
    }

    /**
     * The whole report.
     *
     * @param toolVersion the version of this program
     * @param waived the unknown findings that the caller allowed
     */
    public static Documents.Content of(Report report, String toolVersion, List<Finding> waived) {
        return json -> new ReportDocument(json).report(report, toolVersion, waived);
    }

    /** One finding. */
    public static Documents.Content of(Finding finding) {
        return json -> {
            json.writeStartObject();
            json.writeStringField("schema", FINDING_SCHEMA);
            new ReportDocument(json).fields(finding);
            json.writeEndObject();
        };
    }

    /**
     * The report of a host that could not be judged: of the form of any report, with no finding in it, and with the reason
     * ({@code unreadable}), which no other has.
     */
    public static Documents.Content ofUnreadable(
            Unreadable host, Target target, ResolvedPack pack, String toolVersion) {
        return json -> {
            ReportDocument document = new ReportDocument(json);
            json.writeStartObject();
            document.schema(REPORT_SCHEMA, toolVersion);
            json.writeNullField("collectedAt");
            document.target(target);
            document.pack(pack.id(), pack.digest(), pack.calico(), target);
            document.host(new HostSummary(
                    Optional.empty(), host.host().place(), Optional.empty(), Optional.empty(), Optional.empty()));
            json.writeStringField("outcome", Outcome.UNKNOWN.name());
            document.counts(any -> 0);
            document.texts("allowedUnknown", List.of());
            json.writeStringField("unreadable", host.reason());
            json.writeArrayFieldStart("findings");
            json.writeEndArray();
            json.writeEndObject();
        };
    }

    private void report(Report report, String toolVersion, List<Finding> waived) throws IOException {
        json.writeStartObject();
        schema(REPORT_SCHEMA, toolVersion);
        json.writeStringField("collectedAt", report.host().collectedAt());
        target(report.target());
        pack(report);
        host(HostSummary.of(report.host()));
        outcome(report);
        texts("allowedUnknown", waived.stream().map(Finding::id).toList());
        json.writeArrayFieldStart("findings");
        for (Finding finding : report.findings()) {
            json.writeStartObject();
            fields(finding);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** The schema of the document, and the program that wrote it. */
    void schema(String schema, String toolVersion) throws IOException {
        json.writeStringField("schema", schema);
        json.writeObjectFieldStart("tool");
        json.writeStringField("name", "calico-preflight");
        json.writeStringField("version", toolVersion);
        json.writeEndObject();
    }

    /** The pack that judged. */
    void pack(Report report) throws IOException {
        pack(report.packId(), report.packDigest(), report.judgedAs(), report.target());
    }

    /** The pack that judges a target, by the requirements of this version. */
    void pack(String id, String digest, CalicoVersion judgedAs, Target target) throws IOException {
        json.writeObjectFieldStart("pack");
        json.writeStringField("id", id);
        json.writeStringField("digest", digest);
        if (!judgedAs.equals(target.calico())) {
            json.writeStringField("nearestTo", target.calico().toString());
        }
        json.writeEndObject();
    }

    /** The outcome of the whole, and how many findings have which. */
    void outcome(Report report) throws IOException {
        json.writeStringField("outcome", report.outcome().name());
        counts(report::count);
    }

    private void counts(ToIntFunction<Outcome> count) throws IOException {
        json.writeObjectFieldStart("summary");
        json.writeNumberField("pass", count.applyAsInt(Outcome.PASS));
        json.writeNumberField("warn", count.applyAsInt(Outcome.WARN));
        json.writeNumberField("fail", count.applyAsInt(Outcome.FAIL));
        json.writeNumberField("unknown", count.applyAsInt(Outcome.UNKNOWN));
        json.writeNumberField("notApplicable", count.applyAsInt(Outcome.NOT_APPLICABLE));
        json.writeEndObject();
    }

    /** What is to be run. */
    void target(Target target) throws IOException {
        json.writeObjectFieldStart("target");
        json.writeStringField("calico", target.calico().toString());
        json.writeStringField("platform", target.platform().label());
        json.writeStringField("networking", target.networking().label());
        json.writeStringField("encapsulation", target.encapsulation().label());
        texts("roles", target.roles().stream().map(Role::label).toList());
        json.writeStringField("dataplane", target.dataplane().label());
        json.writeStringField("datastore", target.datastore().label());
        json.writeStringField("ipFamily", target.ipFamily().label());
        json.writeStringField("bgp", target.bgp().label());
        json.writeBooleanField("typha", target.typha());
        json.writeBooleanField("wireguard", target.wireguard());
        orNull("kubeProxy", target.kubeProxy().map(KubeProxy::label));
        texts("features", target.features());
        json.writeStringField("profile", target.profile().label());
        json.writeEndObject();
    }

    /** The host. */
    void host(HostSummary host) throws IOException {
        json.writeObjectFieldStart("host");
        orNull("name", host.name());
        json.writeStringField("source", host.source());
        orNull("architecture", host.architecture());
        orNull("kernelRelease", host.kernelRelease());
        orNull("distribution", host.distribution());
        json.writeEndObject();
    }

    /** All there is to a finding, as fields of the object that was begun. */
    void fields(Finding finding) throws IOException {
        json.writeStringField("id", finding.id());
        json.writeStringField("title", finding.requirement().title());
        json.writeStringField("kind", finding.requirement().kind());
        json.writeStringField("level", finding.requirement().level().label());
        json.writeStringField("settledBy", finding.requirement().settledBy().label());
        json.writeStringField("outcome", finding.outcome().name());
        json.writeStringField("reason", finding.reason());
        json.writeStringField("expected", finding.expected());
        json.writeArrayFieldStart("evidence");
        for (Evidence evidence : finding.evidence()) {
            json.writeStartObject();
            json.writeStringField("fact", evidence.fact());
            json.writeStringField("value", evidence.value());
            json.writeStringField("origin", evidence.origin());
            json.writeEndObject();
        }
        json.writeEndArray();
        texts("notes", finding.notes());
        Source source = finding.requirement().source();
        json.writeObjectFieldStart("source");
        json.writeStringField("document", source.document());
        json.writeStringField("section", source.section());
        json.writeStringField("url", source.url());
        json.writeEndObject();
        texts("derivation", finding.derivation());
        json.writeStringField("remedy", finding.requirement().remedy());
        if (!finding.amendedBy().isEmpty()) {
            amendments(finding.amendedBy());
        }
        if (finding.addedBy().isPresent()) {
            json.writeStringField("addedBy", finding.addedBy().get());
        }
    }

    private void amendments(List<Amendment> amendments) throws IOException {
        json.writeArrayFieldStart("amendedBy");
        for (Amendment amendment : amendments) {
            json.writeStartObject();
            json.writeStringField("advisory", amendment.advisory());
            json.writeStringField("title", amendment.title());
            json.writeStringField("from", amendment.from().name());
            json.writeStringField("to", amendment.to().name());
            json.writeStringField("because", amendment.because());
            json.writeObjectFieldStart("source");
            json.writeStringField("title", amendment.source().document());
            json.writeStringField("url", amendment.source().url());
            json.writeEndObject();
            json.writeStringField("note", amendment.note());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** A list of texts. */
    void texts(String field, Collection<String> texts) throws IOException {
        json.writeArrayFieldStart(field);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    /** A text that may be missing. */
    void orNull(String field, Optional<String> text) throws IOException {
        if (text.isPresent()) {
            json.writeStringField(field, text.get());
        } else {
            json.writeNullField(field);
        }
    }
}
