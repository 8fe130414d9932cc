package calico.preflight.cli.matrix;

import calico.preflight.catalog.target.CalicoVersion;

/**
 * A version of the matrix.
 *
 * @param version the one that was asked for
 * @param judgedAs the one whose requirements are judged: the same, or the nearest that is known
 */
public record Row(CalicoVersion version, CalicoVersion judgedAs) {}
