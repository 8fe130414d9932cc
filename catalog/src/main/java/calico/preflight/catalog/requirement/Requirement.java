package calico.preflight.catalog.requirement;

import calico.preflight.catalog.target.Target;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One documented demand, resolved for one platform and version.
 *
 * @param id what reports and scripts call it, such as {@code kernel-module/ip_set}
 * @param title a few words, without a final period
 * @param appliesTo the condition on the target: option name to the values for which the requirement holds; all options must
 *     agree; empty: it always holds
 * @param check what is demanded
 * @param notes what the reader should know of the demand itself: contradictions between documents, defects of a page
 * @param remedy what to do where it is not met
 */
public record Requirement(
        String id,
        Level level,
        String title,
        SettledBy settledBy,
        Map<String, List<String>> appliesTo,
        Check check,
        Source source,
        List<String> notes,
        String remedy) {

    public Requirement {
        Map<String, List<String>> conditions = new LinkedHashMap<>();
        appliesTo.forEach((option, values) -> conditions.put(option, List.copyOf(values)));
        appliesTo = Collections.unmodifiableMap(conditions);
        notes = List.copyOf(notes);
    }

    /** The name of the check's kind, such as {@code kernel-module}. */
    public String kind() {
        return check.kind();
    }

    /** Does this requirement hold for the target? */
    public boolean holdsFor(Target target) {
        return agree(appliesTo, target.options());
    }

    /**
     * Does every condition agree with the options of a target?
     *
     * @param conditions option name to the values that agree
     * @param options as {@link Target#options()} gives them
     */
    public static boolean agree(Map<String, List<String>> conditions, Map<String, Set<String>> options) {
        return conditions.entrySet().stream().allMatch(condition -> condition.getValue().stream()
                .anyMatch(options.getOrDefault(condition.getKey(), Set.of())::contains));
    }

    /** The same with another remedy. */
    public Requirement withRemedy(String other) {
        return new Requirement(id, level, title, settledBy, appliesTo, check, source, notes, other);
    }
}
