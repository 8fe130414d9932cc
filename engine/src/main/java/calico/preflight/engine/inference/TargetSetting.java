package calico.preflight.engine.inference;

import calico.preflight.engine.report.Evidence;

/**
 * The value of an option of the target.
 *
 * @param option its name, as in conditions
 */
public record TargetSetting(String option, String value) implements Evident {
    @Override
    public Evidence evidence() {
        return new Evidence("target." + option, value, "target options");
    }
}
