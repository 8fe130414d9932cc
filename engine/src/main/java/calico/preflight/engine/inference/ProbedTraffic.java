package calico.preflight.engine.inference;

/**
 * What all {@link ProbedFlow}s of one requirement say together.
 *
 * @param id the requirement
 * @param outcome {@code passed}: all of them, each way that the requirement asks for; {@code blocked}: one is enough; {@code
 *     not-tried}: neither
 * @param ways for the reader: {@code from and to 10.0.0.2}, {@code to 10.0.0.2 did not arrive}, or why it was not tried
 */
public record ProbedTraffic(String id, String outcome, String ways) {}
