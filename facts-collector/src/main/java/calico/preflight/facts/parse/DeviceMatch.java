package calico.preflight.facts.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A list of device matches ("Device List Format" of NetworkManager.conf(5)): an interface is in it if one entry matches
 * and no {@code except:} entry does; a list of {@code except:} entries alone means all others.
 */
final class DeviceMatch {

    /**
     * One entry.
     *
     * @param except does it take away?
     * @param name the interfaces that match by their name
     * @param byKind whether it matches by something other than the name, for the interfaces in question
     */
    private record Spec(boolean except, Optional<NameGlob> name, Ternary byKind, String text) {
        Ternary matches(Predicate<NameGlob> isIn) {
            return Ternary.of(name.filter(isIn).isPresent()).or(byKind);
        }
    }

    private final List<Spec> specs;

    private DeviceMatch(List<Spec> specs) {
        this.specs = specs;
    }

    /**
     * @param list the raw value of a configuration key
     * @param kind what is known of the interfaces in question
     */
    static DeviceMatch of(String list, SoftwareInterface kind) {
        List<Spec> specs = new ArrayList<>();
        for (String text : KeyFileValues.specs(list)) {
            boolean except = hasTag(text, "except:");
            specs.add(spec(except ? text.substring("except:".length()) : text, except, kind, text));
        }
        return new DeviceMatch(specs);
    }

    private static Spec spec(String match, boolean except, SoftwareInterface kind, String text) {
        if (match.equals("*")) {
            return new Spec(except, Optional.empty(), Ternary.YES, text);
        }
        if (hasTag(match, "interface-name:")) {
            String name = match.substring("interface-name:".length());
            NameGlob glob = name.startsWith("=")
                    ? NameGlob.literal(name.substring(1))
                    : NameGlob.pattern(name.startsWith("~") ? name.substring(1) : name);
            return new Spec(except, Optional.of(glob), Ternary.NO, text);
        }
        if (hasTag(match, "driver:")) {
            String driver = match.substring("driver:".length());
            // driver/version: the version cannot be seen.
            return new Spec(
                    except, Optional.empty(), driver.contains("/") ? Ternary.OPEN : kind.hasDriver(driver), text);
        }
        if (hasTag(match, "type:")) {
            return new Spec(except, Optional.empty(), kind.hasType(match.substring("type:".length())), text);
        }
        if (hasTag(match, "mac:") || hasTag(match, "dhcp-plugin:")) {
            return new Spec(except, Optional.empty(), Ternary.OPEN, text);
        }
        if (hasTag(match, "s390-subchannels:")) {
            Ternary open =
                    kind == SoftwareInterface.UNKNOWN || kind == SoftwareInterface.TAP ? Ternary.OPEN : Ternary.NO;
            return new Spec(except, Optional.empty(), open, text);
        }
        // A bare name or hardware address: taken literally, and never after except:.
        return new Spec(
                except,
                except ? Optional.empty() : Optional.of(NameGlob.literal(match)),
                !except && isHardwareAddress(match) ? Ternary.OPEN : Ternary.NO,
                text);
    }

    private static boolean hasTag(String spec, String tag) {
        return spec.regionMatches(true, 0, tag, 0, tag.length());
    }

    private static boolean isHardwareAddress(String text) {
        return text.toLowerCase(Locale.ROOT).matches("[0-9a-f]{1,2}([:-][0-9a-f]{1,2})+");
    }

    /** The patterns over names in this list. */
    List<NameGlob> globs() {
        return specs.stream().flatMap(spec -> spec.name().stream()).toList();
    }

    /** Is an interface in the list whose name these globs accept? */
    Ternary contains(Predicate<NameGlob> accepting) {
        if (specs.isEmpty()) {
            return Ternary.NO;
        }
        Ternary positive = Ternary.of(specs.stream().allMatch(Spec::except));
        Ternary negative = Ternary.NO;
        for (Spec spec : specs) {
            if (spec.except()) {
                negative = negative.or(spec.matches(accepting));
            } else {
                positive = positive.or(spec.matches(accepting));
            }
        }
        if (negative == Ternary.YES || positive == Ternary.NO) {
            return Ternary.NO;
        }
        return negative == Ternary.OPEN ? Ternary.OPEN : positive;
    }

    /** The entries that cannot be told to match or not. */
    String openSpecs() {
        return String.join(
                ", ",
                specs.stream()
                        .filter(spec -> spec.byKind() == Ternary.OPEN)
                        .map(Spec::text)
                        .toList());
    }
}
