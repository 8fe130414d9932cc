package calico.preflight.catalog.pack;

import calico.preflight.catalog.requirement.Check;
import calico.preflight.catalog.requirement.Requirement;
import calico.preflight.catalog.requirement.Source;
import calico.preflight.catalog.target.Target;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Something that the letter of the documents gets wrong, or a known issue that no document has, resolved for one platform
 * and version.
 *
 * @param id such as {@code KI-xt-u32}
 * @param title a few words, without a final period
 * @param because why, in one or two sentences
 * @param source where that is known from; its section is empty
 * @param note what else the reader should know; may be empty
 */
public record Advisory(String id, String title, String because, Source source, String note, Effect effect) {

    /** What an advisory does. */
    public sealed interface Effect {}

    /**
     * It changes outcomes of requirements.
     *
     * @param amends ids of requirements, or beginnings of ids that end in {@code *}
     * @param changes outcome by the letter to outcome in practice, by their names
     * @param appliesTo the condition on the target, as for requirements
     * @param unless where all of these agree with the target, nothing is changed; empty: no such exception
     * @param provided all of these must hold on the host
     * @param remedy what to do instead of what the requirement says; empty: the same
     */
    public record Amends(
            List<String> amends,
            Map<String, String> changes,
            Map<String, List<String>> appliesTo,
            Map<String, List<String>> unless,
            List<Condition> provided,
            String remedy)
            implements Effect {
        public Amends {
            amends = List.copyOf(amends);
            changes = Collections.unmodifiableMap(new LinkedHashMap<>(changes));
            appliesTo = Collections.unmodifiableMap(new LinkedHashMap<>(appliesTo));
            unless = Collections.unmodifiableMap(new LinkedHashMap<>(unless));
            provided = List.copyOf(provided);
        }

        /** Does it speak of this requirement? */
        public boolean speaksOf(String requirement) {
            return amends.stream().anyMatch(id -> covers(id, requirement));
        }

        /** Does it hold for the target? */
        public boolean holdsFor(Target target) {
            Map<String, Set<String>> options = target.options();
            return Requirement.agree(appliesTo, options) && (unless.isEmpty() || !Requirement.agree(unless, options));
        }

        /** The id itself ({@code interface-management/cali*} is one), or its beginning. */
        static boolean covers(String pattern, String id) {
            return pattern.equals(id)
                    || (pattern.endsWith("*") && id.startsWith(pattern.substring(0, pattern.length() - 1)));
        }
    }

    /**
     * It adds a requirement that no document has.
     *
     * @param provided the requirement matters only where all of these hold on the host
     */
    public record Adds(Requirement requirement, List<Condition> provided) implements Effect {
        public Adds {
            provided = List.copyOf(provided);
        }
    }

    /** What must hold on the host before an outcome is changed, or for a requirement to matter. */
    public sealed interface Condition {}

    /** The rules find that this check is met: of the kinds {@code kernel-module} and {@code fact}. */
    public record Met(Check check) implements Condition {}

    /**
     * Another requirement has one of these outcomes by the letter.
     *
     * @param outcomes by their names
     */
    public record Came(String requirement, List<String> outcomes) implements Condition {
        public Came {
            outcomes = List.copyOf(outcomes);
        }
    }

    /** Does what it changes or adds hold for the target? */
    public boolean holdsFor(Target target) {
        return amended().map(amends -> amends.holdsFor(target)).orElse(true)
                && added().map(requirement -> requirement.holdsFor(target)).orElse(true);
    }

    /** What it changes, where it changes something. */
    public Optional<Amends> amended() {
        return effect instanceof Amends amends ? Optional.of(amends) : Optional.empty();
    }

    /** What must hold on the host. */
    public List<Condition> provided() {
        return effect instanceof Adds adds
                ? adds.provided()
                : amended().map(Amends::provided).orElse(List.of());
    }

    /** The requirement that it adds, where it adds one. */
    public Optional<Requirement> added() {
        return effect instanceof Adds adds ? Optional.of(adds.requirement()) : Optional.empty();
    }
}
