package calico.preflight.cli.render;

import calico.preflight.catalog.requirement.Source;
import calico.preflight.engine.report.Amendment;
import calico.preflight.engine.report.Evidence;
import calico.preflight.engine.report.Finding;
import calico.preflight.engine.report.Outcome;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Findings, each kept once and called by its number: as an array of the numbers of its texts, which is how the page reads
 * it.
 */
final class FindingTable {

    /** The outcomes by the number that stands for each. */
    static final List<Outcome> OUTCOMES = List.of(Outcome.values());

    private final TextTable texts;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> findings = new ArrayList<>();
    private long weight;

    FindingTable(TextTable texts) {
        this.texts = texts;
    }

    /**
     * The number of a finding, counted from 0.
     *
     * @param requirement the number of its requirement on the page
     */
    int number(int requirement, Finding finding) {
        String encoded = encoded(requirement, finding);
        Integer known = numbers.putIfAbsent(encoded, findings.size());
        if (known != null) {
            return known;
        }
        findings.add(encoded);
        weight += TextTable.weight(encoded);
        return findings.size() - 1;
    }

    /** About how many bytes of memory they take, without their texts. */
    long weight() {
        return weight;
    }

    /** The number that stands for an outcome. */
    static int numberOf(Outcome outcome) {
        return OUTCOMES.indexOf(outcome);
    }

    private String encoded(int requirement, Finding finding) {
        return "[" + requirement + "," + numberOf(finding.outcome()) + ","
                + array(Stream.of(
                        finding.reason(),
                        finding.expected(),
                        finding.requirement().remedy())) + ","
                + array(finding.evidence().stream().flatMap(FindingTable::parts)) + ","
                + array(finding.notes().stream()) + ","
                + array(finding.derivation().stream()) + ","
                + array(finding.amendedBy().stream().flatMap(FindingTable::parts)) + ","
                + array(finding.addedBy().stream()) + "]";
    }

    private static Stream<String> parts(Evidence evidence) {
        return Stream.of(evidence.fact(), evidence.value(), evidence.origin());
    }

    private static Stream<String> parts(Amendment amendment) {
        Source source = amendment.source();
        return Stream.of(
                amendment.advisory(),
                amendment.title(),
                amendment.from().name(),
                amendment.to().name(),
                amendment.because(),
                source.document(),
                source.url(),
                amendment.note());
    }

    private String array(Stream<String> all) {
        return all.map(text -> Integer.toString(texts.number(text))).collect(Collectors.joining(",", "[", "]"));
    }

    /** Writes them as an array, in the order of their numbers. */
    void writeTo(JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (String finding : findings) {
            json.writeRawValue(finding);
        }
        json.writeEndArray();
    }

    /** Writes numbers as an array. */
    static void write(JsonGenerator json, Collection<Integer> numbers) throws IOException {
        json.writeStartArray();
        for (int number : numbers) {
            json.writeNumber(number);
        }
        json.writeEndArray();
    }
}
