package calico.preflight.facts.parse;

/**
 * One value of a setting in a file.
 *
 * @param value without quotes
 * @param line where it stands, counted from 1
 */
public record Setting(String value, int line) {}
