package calico.preflight.cli.matrix;

import calico.preflight.engine.report.Finding;

/**
 * A requirement that is not met.
 *
 * @param id the requirement's
 * @param remedy what to do about it
 */
public record Lack(String id, String remedy) {

    static Lack of(Finding finding) {
        return new Lack(finding.id(), finding.requirement().remedy());
    }
}
