package calico.preflight.engine.inference;

import java.util.List;

/**
 * The check kind {@code fact}.
 *
 * @param comparison {@code any-of}, {@code none-of}, {@code at-least}, {@code at-most}, {@code contains}, {@code present} or {@code not-present}
 * @param wanted for the comparisons with texts
 * @param bound for the comparisons with versions and numbers
 * @param text the single text of {@code contains}, and what is wanted, for the reader
 * @param ifAbsent what a fact that is not there means: {@code met}, {@code unmet} or {@code unknown}
 */
public record ComparisonDemand(
        String id, String fact, String comparison, List<String> wanted, Version bound, String text, String ifAbsent)
        implements FactDemand {}
