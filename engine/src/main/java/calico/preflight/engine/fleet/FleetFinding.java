package calico.preflight.engine.fleet;

import calico.preflight.engine.report.Finding;

/**
 * What a comparison across hosts came to.
 *
 * @param finding the same as on one host; the origin of its evidence names hosts
 * @param hosts those that differ from most, or share what each should have of its own
 */
public record FleetFinding(Finding finding, HostList hosts) {}
