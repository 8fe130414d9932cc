package calico.preflight.cli.matrix;

/** A version in a mode. */
public record Spot(Row row, Mode mode) {}
